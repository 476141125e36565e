package dev.beckon.operator.event;

/**
 * Something a person would want to know.
 *
 * @param warning whether somebody should look
 * @param reason a word in CamelCase
 * @param message one sentence that names no person
 */
public record Notice(boolean warning, String reason, String message) {
    /** Nobody needs to look. */
    public static Notice normal(String reason, String message) {
        return new Notice(false, reason, message);
    }

    /** Somebody should look. */
    public static Notice warning(String reason, String message) {
        return new Notice(true, reason, message);
    }
}
