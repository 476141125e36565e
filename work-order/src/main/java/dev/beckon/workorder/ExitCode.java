package dev.beckon.workorder;

/** The worker's exit codes: a contract with the operator and with people who run a worker by hand. */
public enum ExitCode {
    /** Ended in order; the {@link RunResult} tells how. */
    OK(0),
    /** The command line is wrong. */
    USAGE(2),
    /** The work order or the audience can't be read: retrying does not help. */
    BAD_INPUT(10),
    /** Telegram says the campaign can't work as declared (no rights, no such chat). */
    CAMPAIGN_FAULT(11),
    /** The account's session is gone, or it never logged in. */
    LOGIN_REQUIRED(12),
    /** The account is limited or banned: a person must look at it. */
    ACCOUNT_LIMITED(13),
    /** The login was refused: wrong phone, code, password or token. */
    LOGIN_REFUSED(14),
    /** Another holder has the account's lease. */
    LEASE_HELD(20),
    /** The ledger can't be reached or is not migrated. */
    LEDGER_UNAVAILABLE(21),
    /** Telegram can't be reached. */
    TELEGRAM_UNAVAILABLE(22),
    /** A bug: the log has a stack trace. */
    INTERNAL(70);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
