package dev.beckon.simulator.mtproto.tl;

/**
 * A field of a constructor.
 *
 * @param flags the flags field that tells whether this one is there, or null when it always is
 * @param bit its bit in that field
 */
record TlField(String name, TlType type, String flags, int bit) {

    boolean isConditional() {
        return flags != null;
    }

    boolean isFlags() {
        return type.kind() == TlType.Kind.FLAGS;
    }

    /** Reads {@code name:type} or {@code name:flags.3?type}. */
    static TlField parse(String text) {
        int colon = text.indexOf(':');
        String name = text.substring(0, colon);
        String type = text.substring(colon + 1);
        int question = type.indexOf('?');
        if (question < 0) {
            return new TlField(name, TlType.parse(type), null, 0);
        }
        int dot = type.indexOf('.');
        return new TlField(
                name,
                TlType.parse(type.substring(question + 1)),
                type.substring(0, dot),
                Integer.parseInt(type.substring(dot + 1, question)));
    }
}
