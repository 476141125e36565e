package dev.beckon.simulator.mtproto.tl;

/**
 * What a field, a vector's element or a method's result may hold.
 *
 * @param name of the boxed type ({@code InputPeer}) for {@link Kind#BOXED}, of the constructor for {@link Kind#BARE},
 *     else the schema's own word
 * @param shape whether it is one value or a vector of them
 */
record TlType(Kind kind, String name, Shape shape) {

    enum Kind {
        INT,
        LONG,
        DOUBLE,
        STRING,
        BYTES,
        INT128,
        INT256,
        BOOL,
        /** A set of bits that tell which conditional fields follow. */
        FLAGS,
        /** A conditional field without a body: the bit is the value. */
        TRUE,
        BOXED,
        BARE,
        /** Any method call ({@code !X}). */
        ANY
    }

    enum Shape {
        ONE,
        /** With the vector constructor's id before the count. */
        VECTOR,
        /** The count alone. */
        BARE_VECTOR
    }

    TlType element() {
        return new TlType(kind, name, Shape.ONE);
    }

    static TlType parse(String text) {
        if (text.startsWith("Vector<")) {
            return parseOne(inner(text), Shape.VECTOR);
        }
        if (text.startsWith("vector<")) {
            return parseOne(inner(text), Shape.BARE_VECTOR);
        }
        return parseOne(text, Shape.ONE);
    }

    private static String inner(String vector) {
        return vector.substring(vector.indexOf('<') + 1, vector.length() - 1);
    }

    private static TlType parseOne(String word, Shape shape) {
        Kind kind = switch (word) {
            case "int" -> Kind.INT;
            case "long" -> Kind.LONG;
            case "double" -> Kind.DOUBLE;
            case "string" -> Kind.STRING;
            case "bytes" -> Kind.BYTES;
            case "int128" -> Kind.INT128;
            case "int256" -> Kind.INT256;
            case "Bool" -> Kind.BOOL;
            case "#" -> Kind.FLAGS;
            case "true" -> Kind.TRUE;
            case "!X", "X" -> Kind.ANY;
            default -> isBare(word) ? Kind.BARE : Kind.BOXED;
        };
        return new TlType(kind, word, shape);
    }

    private static boolean isBare(String word) {
        return Character.isLowerCase(word.charAt(word.lastIndexOf('.') + 1));
    }

    @Override
    public String toString() {
        return shape == Shape.ONE ? name : "Vector<" + name + ">";
    }
}
