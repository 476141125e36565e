package dev.beckon.ledger.content;

/** How far a run's post came in one target. */
public enum PublicationState {
    /** Still to be sent. */
    Pending,
    /** About to be sent, or sent by a worker who died before it heard of it: settled by asking Telegram. */
    Open,
    Published,
    /** Published without its formatting, which Telegram refused. */
    PlainText,
    Failed,
    /** Nobody can tell whether it is there: final for the machine. */
    OutcomeUnknown
}
