package dev.beckon.operator;

import dev.beckon.operator.condition.ConditionType;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.condition.Verdict.Said;
import dev.beckon.operator.event.Notice;
import dev.beckon.operator.worker.ChildNames;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Annotations by which a person asks for something once, and which of them this process has seen to: an annotation stays on
 * its resource after it was carried out.
 */
@ApplicationScoped
public class HumanRequests {
    /**
     * On a campaign, tries people of unknown outcome again; the value is any word that was not used before. On a schedule, publishes a post
     * of unknown outcome again; the value is its name, for a second time with a slash and a word.
     */
    public static final String REQUEUE = "beckon.dev/requeue-unknown";
    /**
     * {@code <from>:<to>}: hands the pending people of one account to another, and those in flight if that account can't ask Telegram; for a
     * second time with a colon and any word behind it.
     */
    public static final String REASSIGN = "beckon.dev/reassign";

    private static final int DIGITS = 16;

    private final Map<Key, Seen> seen = new ConcurrentHashMap<>();

    private record Key(String uid, String annotation) {}

    /** @param decided whether it holds for good, and is no refusal that something else would have changed */
    private record Seen(String value, boolean decided) {}

    /** What a value is known by in a status or a name: itself, or its digest when it is no plain word. */
    public static String word(String value) {
        return value.matches("[A-Za-z0-9._-]{1,64}")
                ? value
                : "sha256." + ChildNames.sha256(value).substring(0, DIGITS);
    }

    /**
     * The resource's value of an annotation, if nobody has seen to it.
     *
     * @param before what the last status remembers of the annotation; null when nothing
     */
    public Optional<String> fresh(HasMetadata resource, String annotation, String before) {
        return value(resource, annotation)
                .filter(value -> !value.isBlank() && !word(value).equals(before))
                .filter(value -> !isDone(resource.getMetadata().getUid(), annotation, value));
    }

    /** What the next status remembers of the annotation: its value, once it was decided. */
    public String remembered(HasMetadata resource, String annotation, String before) {
        return Optional.ofNullable(seen.get(new Key(resource.getMetadata().getUid(), annotation)))
                .filter(it -> it.decided() && value(resource, annotation).equals(Optional.of(it.value())))
                .map(it -> word(it.value()))
                .orElse(before);
    }

    private static Optional<String> value(HasMetadata resource, String annotation) {
        return Optional.ofNullable(resource.getMetadata().getAnnotations()).map(it -> it.get(annotation));
    }

    /** Whether this process has seen to this value of the resource's annotation, and to no other since. */
    public boolean isDone(String uid, String annotation, String value) {
        return Optional.ofNullable(seen.get(new Key(uid, annotation)))
                .filter(it -> it.value().equals(value))
                .isPresent();
    }

    /** Keeps in mind, as long as this process lives, that the value was seen to: carried out or refused. */
    public void done(String uid, String annotation, String value) {
        seen.put(new Key(uid, annotation), new Seen(value, false));
    }

    /** Keeps in mind that the value was carried out, or refused for good: {@link #remembered} tells it. */
    public void decided(String uid, String annotation, String value) {
        seen.put(new Key(uid, annotation), new Seen(value, true));
    }

    /** The resource is gone. */
    public void forget(String uid) {
        seen.keySet().removeIf(it -> it.uid().equals(uid));
    }

    /** It was carried out. */
    public static Said told(String annotation, String value, Reason reason, String message) {
        return new Said(true, reason, annotation + "=" + value + ": " + message);
    }

    /** It can't be carried out. */
    public static Said refused(String annotation, String value, String message) {
        return new Said(false, Reason.AnnotationRefused, annotation + "=" + value + ": " + message);
    }

    /** What a person would want to know of their request: what became of it, once. */
    public static Optional<Notice> notice(List<Condition> before, List<Condition> now) {
        Optional<String> told = ConditionType.LastAction.in(before).map(Condition::getMessage);
        return ConditionType.LastAction.in(now)
                .filter(it -> !told.equals(Optional.ofNullable(it.getMessage())))
                .map(it -> new Notice("False".equals(it.getStatus()), it.getReason(), it.getMessage()));
    }
}
