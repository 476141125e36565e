package dev.beckon.demo;

import dev.beckon.crd.InviteCampaign;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What a person does when a breaker tripped: looks, and acknowledges by annotation. The demo shows the command; when it
 * ends by itself, or the person presses Enter, it runs it.
 */
final class Acknowledgements {
    private final String hint;
    private final BooleanSupplier agreed;
    private final BiConsumer<String, String> annotate;
    private final Set<String> shown = new HashSet<>();
    private final Set<String> given = new HashSet<>();

    /** @param annotate sets an annotation, {@code key=value}, at the campaign of a name */
    private Acknowledgements(String hint, BooleanSupplier agreed, BiConsumer<String, String> annotate) {
        this.hint = hint;
        this.agreed = agreed;
        this.annotate = annotate;
    }

    /** Of a demo that nobody looks at: each is given at once. */
    static Acknowledgements byThemselves(BiConsumer<String, String> annotate) {
        return new Acknowledgements("", () -> true, annotate);
    }

    /** @param enterPressed whether Enter was pressed since it was last asked */
    static Acknowledgements byAPerson(BooleanSupplier enterPressed, BiConsumer<String, String> annotate) {
        return new Acknowledgements("        # in another terminal, or press Enter here", enterPressed, annotate);
    }

    /**
     * Looks at one campaign; {@code say} shows a line to the person.
     *
     * @return whether it waits for the person, who has neither pressed Enter nor annotated it yet
     */
    boolean look(InviteCampaign campaign, Consumer<String> say) {
        if (campaign.getStatus() == null || campaign.getStatus().breaker() == null) {
            return false;
        }
        String id = campaign.getStatus().breaker().id();
        String name = campaign.getMetadata().getName();
        String annotation = "beckon.dev/acknowledge=" + id;
        if (shown.add(id)) {
            say.accept("Campaign " + name + " waits for a person: "
                    + campaign.getStatus().breaker().reason());
            say.accept("$ kubectl annotate campaign " + name + " --overwrite " + annotation + hint);
        }
        // The operator takes a moment to answer one that was given; Enter is for the next one by then.
        if (!given.contains(id) && agreed.getAsBoolean()) {
            given.add(id);
            annotate.accept(name, annotation);
        }
        return !given.contains(id) && !isAnnotated(campaign, id);
    }

    private static boolean isAnnotated(InviteCampaign campaign, String id) {
        return Optional.ofNullable(campaign.getMetadata().getAnnotations())
                .filter(annotations -> id.equals(annotations.get("beckon.dev/acknowledge")))
                .isPresent();
    }

    /** Whether Enter was pressed in this terminal since it was last asked. */
    static boolean enterPressed() {
        try {
            boolean pressed = System.in.available() > 0;
            if (pressed) {
                System.in.skipNBytes(System.in.available());
            }
            return pressed;
        } catch (IOException closed) {
            return false;
        }
    }
}
