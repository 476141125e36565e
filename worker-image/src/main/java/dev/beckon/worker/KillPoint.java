package dev.beckon.worker;

import java.util.ServiceLoader;

/**
 * The named steps of a worker at which tests end the process, because each must be survived. In production nothing
 * listens and {@link #here} does nothing: a {@link Trap} exists only on a test's class path.
 */
public enum KillPoint {
    /** The work order is read, nothing was done. */
    BEFORE_IMPORT("before-import"),
    /** A part of the audience is in the ledger. */
    MID_IMPORT("mid-import"),
    /** The whole audience is in the ledger. */
    AFTER_IMPORT("after-import"),
    /** The account is ours, its session not unpacked. */
    AFTER_LEASE("after-lease"),
    /** The session is Ready, its unfinished business not looked at. */
    AFTER_READY("after-ready"),
    /** A campaign's invite link exists at Telegram and not in the ledger. */
    AFTER_LINK("after-link"),
    /** A person is claimed. */
    AFTER_CLAIM("after-claim"),
    /** The ledger knows that a phone number is about to become a contact. */
    BEFORE_CONTACT("before-contact"),
    /** A phone number is a contact of the account. */
    AFTER_CONTACT("after-contact"),
    /** The person is known to Telegram, no intent written. */
    AFTER_RESOLVE("after-resolve"),
    /** The intent is written, the call not made. */
    AFTER_INTENT("after-intent"),
    /** The call is on its way: a trap ends the process a moment later. */
    IN_CALL("in-call"),
    /** Telegram answered, the outcome is not written. */
    AFTER_CALL("after-call"),
    /** The outcome is written. */
    AFTER_OUTCOME("after-outcome"),
    /** An intent of a dead process is about to be settled. */
    BEFORE_SETTLEMENT("before-settlement"),
    /** An intent of a dead process is settled. */
    AFTER_SETTLEMENT("after-settlement"),
    /** Nobody is left of a campaign whose people come by webhook; the account is held and somebody listened for. */
    LISTENING("listening", Way.WEBHOOK),
    /** A parser has a page of people, nothing of it is written. */
    AFTER_PAGE("after-page", Way.PARSE),
    /** The page is written. */
    AFTER_APPEND("after-append", Way.PARSE),
    /** All pages are written, the dataset has no digest. */
    BEFORE_COMPLETE("before-complete", Way.PARSE),
    /** The dataset is complete, its file is begun. */
    MID_EXPORT("mid-export", Way.PARSE),
    /** The file is whole and not in its place. */
    BEFORE_RENAME("before-rename", Way.PARSE),
    /** A post has its turn, nothing was sent. */
    AFTER_TURN("after-turn", Way.PUBLISH),
    /** Telegram refused a post's formatting, and the ledger knows; it was not sent again. */
    AFTER_FALL_BACK("after-fall-back", Way.PUBLISH),
    /** Each target has its outcome, the run has not ended. */
    BEFORE_END("before-end", Way.PUBLISH),
    /** Telegram knows whose login it is and asks for the proof, such as a code; the ledger knows nothing. */
    AFTER_IDENTITY("after-identity", Way.LOGIN),
    /** Telegram took the code or password; nobody has the session but this process. */
    AFTER_CODE("after-code", Way.LOGIN),
    /** The account is logged in for the ledger, the lease still held. */
    AFTER_LOGGED_IN("after-logged-in", Way.LOGIN),
    /** Whoever holds the account heard that it is to stop, or that somebody waits for the account; it is about to close its session. */
    YIELDING("yielding", Way.HANDOVER),
    /** Telegram's client is closed, its files not saved. */
    BEFORE_SAVE("before-save"),
    /** The session is saved, the lease still held. */
    AFTER_SAVE("after-save"),
    /** Everything is released, no result written. */
    BEFORE_RESULT("before-result");

    /** What a test does at a step. */
    public interface Trap {
        /** Called as the run passes the step; may end the process. */
        void at(KillPoint step);
    }

    private static final Trap TRAP = ServiceLoader.load(Trap.class).findFirst().orElse(step -> {});

    /** Which kind of run passes a step. */
    public enum Way {
        /** A campaign's; some of its steps, such as {@link #AFTER_LEASE}, are those of other kinds, too. */
        INVITE,
        /** Only a campaign's whose people come by webhook; it passes most of the steps of {@link #INVITE}, too. */
        WEBHOOK,
        /** Only a parser's. */
        PARSE,
        /** Only a schedule's. */
        PUBLISH,
        /** Only a login's. */
        LOGIN,
        /** Any kind's that gives its account up before it is done. */
        HANDOVER
    }

    private final String label;
    private final Way way;

    KillPoint(String label) {
        this(label, Way.INVITE);
    }

    KillPoint(String label, Way way) {
        this.label = label;
        this.way = way;
    }

    public Way way() {
        return way;
    }

    /** The step's name in documents and settings. */
    public String label() {
        return label;
    }

    /** Called where the step is. */
    public void here() {
        TRAP.at(this);
    }
}
