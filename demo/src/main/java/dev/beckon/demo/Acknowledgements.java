package dev.beckon.demo;

import dev.beckon.crd.InviteCampaign;
import dev.beckon.demo.environment.Cluster;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a person does when a breaker tripped: looks, and acknowledges by annotation. The demo shows the command; when it
 * ends by itself, or the person presses Enter, it runs it.
 */
final class Acknowledgements {
    private final Cluster cluster;
    private final String namespace;
    private final boolean endsByItself;
    private final Set<String> shown = new HashSet<>();
    private final Set<String> given = new HashSet<>();

    Acknowledgements(Cluster cluster, String namespace, boolean endsByItself) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.endsByItself = endsByItself;
    }

    /** Looks at one campaign; {@code say} shows a line to the person. */
    void look(InviteCampaign campaign, Consumer<String> say) {
        if (campaign.getStatus() == null || campaign.getStatus().breaker() == null) {
            return;
        }
        String id = campaign.getStatus().breaker().id();
        String name = campaign.getMetadata().getName();
        String annotation = "beckon.dev/acknowledge=" + id;
        if (shown.add(id)) {
            say.accept("Campaign " + name + " waits for a person: "
                    + campaign.getStatus().breaker().reason());
            say.accept("$ kubectl annotate campaign " + name + " --overwrite " + annotation
                    + (endsByItself ? "" : "        # in another terminal, or press Enter here"));
        }
        if ((endsByItself || enterPressed()) && given.add(id)) {
            cluster.kubectl("annotate", "campaign", name, "-n", namespace, "--overwrite", annotation);
        }
    }

    private static boolean enterPressed() {
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
