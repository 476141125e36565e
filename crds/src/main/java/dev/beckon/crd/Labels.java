package dev.beckon.crd;

/** Names under {@code beckon.dev/} and the common labels that tie children to their owner. */
public final class Labels {
    public static final String GROUP = "beckon.dev";
    public static final String VERSION = "v1alpha1";
    /** The recommended label of Kubernetes; its value on all children is {@link #MANAGER}. */
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    public static final String MANAGER = "beckon";
    /** On children: the campaign's name. */
    public static final String CAMPAIGN = "beckon.dev/campaign";
    /** On children: the name of the parser job. */
    public static final String PARSER = "beckon.dev/parser";
    /** On children: the name of the autopost schedule. */
    public static final String AUTOPOST = "beckon.dev/autopost";
    /** On children: the account's name. */
    public static final String ACCOUNT = "beckon.dev/account";
    /**
     * Annotation by which a person says "I have looked at it, go on". Its value is the id of the tripped breaker in
     * {@code status.breaker.id}, so that each trip needs a decision of its own.
     */
    public static final String ACKNOWLEDGE = "beckon.dev/acknowledge";

    /**
     * Annotation by which a person gives the code that Telegram sent to the login that waits for it. A code opens nothing but this
     * login, and works once.
     */
    public static final String LOGIN_CODE = "beckon.dev/login-code";

    /**
     * Annotation by which a person has a schedule publish its next post now. Its value is any word that was not used before; each
     * works once.
     */
    public static final String PUBLISH_NOW = "beckon.dev/publish-now";

    /** Finalizer of an account that is to be logged out before it goes; never kept for longer than some minutes. */
    public static final String LOG_OUT = "beckon.dev/log-out";

    private Labels() {}
}
