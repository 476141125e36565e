package dev.beckon.ledger.post;

/**
 * A schedule's posts can't be used as they are written. The message is one sentence: which post, what, and how to mend it; never what the
 * post says.
 */
public final class PostFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    public PostFault(String sentence) {
        super(sentence);
    }

    PostFault(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
