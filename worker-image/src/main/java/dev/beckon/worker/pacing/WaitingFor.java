package dev.beckon.worker.pacing;

/** Why the next act lies in the future, as shown in a campaign's {@code status.waitingFor}. */
public enum WaitingFor {
    /** The drawn pause between two people. */
    Pause("the pause between two people"),
    /** Outside the contact window. */
    QuietHours("the contact window to open"),
    /** Telegram told the account to wait. */
    FloodWait("Telegram's flood wait to end"),
    /** Telegram told the account to wait in this chat. */
    SlowMode("the chat's slow mode"),
    /** The account's own limit in any 24 hours. */
    DailyLimit("the account's limit of any 24 hours"),
    /** The campaign's limit for the chat in any 24 hours. */
    ChatLimit("the chat's limit of any 24 hours"),
    /** All that is left are people whose attempt is repeated later. */
    Retry("the next attempt of people who could not be reached yet"),
    /** All that is left are people whom the frequency cap keeps back: they were contacted lately, by whatever campaign. */
    FrequencyCap("people who were contacted lately, by this campaign or another"),
    /** An act of a worker that died is not settled before Telegram must have seen it. */
    Settlement("an act of an earlier worker to be settled"),
    /** An administrator has to let the account into the chat. */
    JoinApproval("an administrator to let the account into the chat"),
    /** Another campaign works with the account. */
    Account("the account, which another worker uses");

    private final String words;

    WaitingFor(String words) {
        this.words = words;
    }

    /** Completes "waits for …". */
    public String words() {
        return words;
    }
}
