package dev.beckon.ledger.parser;

/** What became of a page. */
public sealed interface PageResult {
    /** It is kept, and the position moved on. */
    record Kept(Dataset dataset) implements PageResult {}

    /** The run stands elsewhere: this page was written before, and its answer was lost. Go on from where it stands. */
    record StandsElsewhere(Dataset dataset) implements PageResult {}

    /** The account is another's now: stop. */
    record LeaseLost() implements PageResult {}
}
