package dev.beckon.simulator.mtproto.tl;

/** A value that does not fit the schema, with the path of the field at fault, such as {@code updates.users[2].phone}. */
public final class TlException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String path;
    private final String problem;

    public TlException(String problem) {
        this("", problem);
    }

    private TlException(String path, String problem) {
        super(path.isEmpty() ? problem : path + ": " + problem, null, false, true);
        this.path = path;
        this.problem = problem;
    }

    /** The same problem, seen from the object around it. */
    TlException in(String outer) {
        String separator = path.isEmpty() || path.startsWith("[") ? "" : ".";
        return new TlException(outer + separator + path, problem);
    }
}
