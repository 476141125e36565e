package dev.beckon.simulator.world;

import java.time.Duration;

/**
 * Telegram's refusal of a call: an {@code rpc_error} with its code and its text.
 *
 * @see <a href="https://core.telegram.org/api/errors">core.telegram.org/api/errors</a>
 */
public class RpcError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;

    /** @param text Telegram's own, such as PEER_FLOOD */
    public RpcError(int code, String text) {
        // A refusal is an answer, not a failure of the program: no stack trace.
        super(text, null, false, false);
        this.code = code;
    }

    /** {@code 420 FLOOD_WAIT_n}, in whole seconds, rounded up. */
    public static RpcError floodWait(Duration wait) {
        return new RpcError(420, "FLOOD_WAIT_" + seconds(wait));
    }

    /** {@code 420 SLOWMODE_WAIT_n}, in whole seconds, rounded up. */
    public static RpcError slowModeWait(Duration wait) {
        return new RpcError(420, "SLOWMODE_WAIT_" + seconds(wait));
    }

    private static long seconds(Duration wait) {
        return Math.max(1, wait.plusMillis(999).toSeconds());
    }

    public int code() {
        return code;
    }

    /** Telegram's text, for example {@code PEER_FLOOD}. */
    public String text() {
        return getMessage();
    }
}
