package dev.beckon.operator.worker;

/** What has an account while somebody waits for it. */
public sealed interface Holder {
    /** Another resource has it for a slice, or goes first. */
    record Another(Owner owner) implements Holder {}

    /** Something that is over by itself in a moment. */
    enum Brief implements Holder {
        /** A login whose worker still runs. */
        LOGIN,
        /** A pod whose Job has ended, or was deleted. */
        ENDING_POD,
        /** A start by somebody else whose Job is not seen yet. */
        STARTING,
        /** The watch on workers is broken: what another leader started just before is not known. */
        UNKNOWN
    }

    /** In a sentence, after the account's name. */
    default String words() {
        return switch (this) {
            case Another(Owner owner) -> owner.kind().words() + " " + owner.name() + " has its turn";
            case Brief.LOGIN -> "its login is just ending";
            case Brief.ENDING_POD -> "an earlier pod is still ending";
            case Brief.STARTING -> "another worker is just starting with it";
            case Brief.UNKNOWN -> "the watch on its workers is being renewed";
        };
    }
}
