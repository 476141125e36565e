package dev.beckon.ledger.audience;

/** Why a line, or a whole file, can't be understood: a sentence that holds nothing of its content. */
final class InvalidLineException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidLineException(String sentence) {
        super(sentence, null, false, false);
    }
}
