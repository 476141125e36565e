package dev.beckon.crd;

/**
 * Parts of CEL rules that several fields share. A format is judged by a CEL rule and not by {@code pattern}, because a rule
 * answers with a sentence and a pattern only with itself.
 */
final class Rules {
    /** A duration as Kubernetes writes it, at most 999,999 of each unit so that CEL's {@code duration()} can't overflow. */
    static final String DURATION = "self.matches('^([0-9]{1,6}[hms])+$')";

    static final String SECRET_NAME = "self.matches('^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$')";
    static final String SECRET_NAME_MESSAGE =
            "this is no name of a Kubernetes object: write lower-case letters, digits, - and . only, such as spring-guests";

    private Rules() {}
}
