package dev.beckon.simulator.mtproto.session;

/** A client's bytes that break MTProto's rules; the connection is closed. */
final class ProtocolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ProtocolException(String message) {
        super(message);
    }
}
