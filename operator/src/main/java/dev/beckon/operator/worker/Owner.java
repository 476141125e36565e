package dev.beckon.operator.worker;

import dev.beckon.crd.Labels;
import dev.beckon.ledger.accounts.Priority;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The resource a run works for, by the way its reconciler is called. A login works for nobody but its account. */
public record Owner(Kind kind, String namespace, String name, String uid) {

    /** Kinds of resources that take turns on accounts. */
    public enum Kind {
        CAMPAIGN("campaign", "InviteCampaign", Labels.CAMPAIGN, Names.CAMPAIGN_UID, Priority.Invite),
        PARSER("parser job", "ParserJob", Labels.PARSER, Names.PARSER_UID, Priority.Parse),
        AUTOPOST("autopost schedule", "AutopostSchedule", Labels.AUTOPOST, Names.AUTOPOST_UID, Priority.Publish);

        private final String words;
        private final String resource;
        private final String nameLabel;
        private final String uidLabel;
        private final Priority priority;

        Kind(String words, String resource, String nameLabel, String uidLabel, Priority priority) {
            this.words = words;
            this.resource = resource;
            this.nameLabel = nameLabel;
            this.uidLabel = uidLabel;
            this.priority = priority;
        }

        /** In a sentence. */
        public String words() {
            return words;
        }

        /** Whose wish goes first. */
        public Priority priority() {
            return priority;
        }
    }

    /** The owner as a resource of that kind; empty for a {@code TelegramAccount}. */
    public static Optional<Owner> of(HasMetadata resource) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.resource.equals(resource.getKind()))
                .map(kind -> new Owner(
                        kind,
                        resource.getMetadata().getNamespace(),
                        resource.getMetadata().getName(),
                        resource.getMetadata().getUid()))
                .findFirst();
    }

    /** Whom a child's labels name. */
    static Optional<Owner> of(String namespace, Map<String, String> labels) {
        return Arrays.stream(Kind.values())
                .filter(kind -> labels.containsKey(kind.uidLabel))
                .map(kind ->
                        new Owner(kind, namespace, labels.getOrDefault(kind.nameLabel, ""), labels.get(kind.uidLabel)))
                .findFirst();
    }

    /** What its children carry. */
    Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(kind.nameLabel, name);
        labels.put(kind.uidLabel, uid);
        return labels;
    }

    /** By which its reconciler is called. */
    public ResourceID resource() {
        return new ResourceID(name, namespace);
    }

    /** Whether its work goes before that of the other. */
    public boolean isMoreUrgentThan(Owner other) {
        return kind.priority.rank() > other.kind.priority.rank();
    }
}
