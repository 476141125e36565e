package dev.beckon.worker.message;

import dev.beckon.worker.BadInput;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A personal message with the placeholders {@code {{first_name}}}, {@code {{chat}}} (also {@code {{channel}}}, its old
 * name) and {@code {{link}}}. What is filled in is never read as a template again.
 *
 * <p>Lengths are in UTF-16 code units, of which Telegram's characters are never more; a template that could ever exceed
 * Telegram's 4,096 is refused at the start, so no single person's name can spoil a run.
 */
public final class MessageTemplate {
    /** Sent when a campaign that needs a message has none. */
    public static final String DEFAULT = "Hi {{first_name}}, here is the link to {{chat}}: {{link}}";

    /** Telegram's bound on a message's text. */
    public static final int MAX_LENGTH = 4096;

    /** Telegram's bound on a first name (64) and a chat title (128), and more than any invite link has. */
    private static final int MAX_NAME = 64;

    private static final int MAX_TITLE = 128;
    private static final int MAX_LINK = 128;

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*(\\w*)\\s*}}");
    private static final Set<String> KNOWN = Set.of("first_name", "chat", "channel", "link");

    private final String template;
    private final boolean hasLink;

    private MessageTemplate(String template, boolean hasLink) {
        this.template = template;
        this.hasLink = hasLink;
    }

    /**
     * Reads and checks a template.
     *
     * @throws BadInput for an unknown placeholder, an empty text or one that could become too long
     */
    public static MessageTemplate of(String text) {
        if (text.isBlank()) {
            throw new BadInput("The campaign's message is empty: write spec.message or leave it out");
        }
        Set<String> unknown = new TreeSet<>();
        boolean hasLink = false;
        Matcher matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            String name = matcher.group(1);
            if (!KNOWN.contains(name)) {
                unknown.add("{{" + name + "}}");
            }
            hasLink |= name.equals("link");
        }
        if (!unknown.isEmpty()) {
            throw new BadInput("The campaign's message has the unknown placeholder " + String.join(", ", unknown)
                    + ": known are {{first_name}}, {{chat}}, {{channel}} and {{link}}");
        }
        MessageTemplate template = new MessageTemplate(text, hasLink);
        int longest = template.fill("x".repeat(MAX_NAME), "x".repeat(MAX_TITLE), "x".repeat(MAX_LINK))
                .length();
        if (longest > MAX_LENGTH) {
            throw new BadInput(
                    "The campaign's message may become " + longest + " characters long with name, chat and link"
                            + " filled in, Telegram takes " + MAX_LENGTH + ": shorten spec.message");
        }
        return template;
    }

    /** Whether the text carries the invite link; a message in place of an invitation must. */
    public boolean hasLink() {
        return hasLink;
    }

    /** The text for one person. */
    public String render(Optional<String> firstName, String chatTitle, String link) {
        return fill(cut(firstName.orElse("").strip(), MAX_NAME), cut(chatTitle, MAX_TITLE), link);
    }

    private String fill(String firstName, String chat, String link) {
        // Without a name "Hi {{first_name}}, …" must read "Hi, …": the blank before the placeholder goes with it.
        String text = firstName.isEmpty() ? template.replaceAll("[ \\t]*\\{\\{\\s*first_name\\s*}}", "") : template;
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(m -> Matcher.quoteReplacement(
                        switch (m.group(1)) {
                            case "first_name" -> firstName;
                            case "chat", "channel" -> chat;
                            case "link" -> link;
                            default -> throw new IllegalStateException("checked when the template was read");
                        }))
                .strip();
    }

    /** Never cuts a surrogate pair in two. */
    private static String cut(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max);
    }

    @Override
    public String toString() {
        return "MessageTemplate[" + template.length() + " characters]";
    }
}
