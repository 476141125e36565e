package dev.beckon.operator.event;

import dev.beckon.crd.Labels;
import dev.beckon.operator.worker.ChildNames;
import dev.beckon.operator.worker.Names;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Publishes notices as Events. An Event's name is made of what it says and of the state that it leaves behind, and it is
 * published before the new state is written: a pass that is repeated after a crash says nothing twice.
 */
@ApplicationScoped
public class Notices {
    private static final Logger LOG = Logger.getLogger(Notices.class);
    private static final int LONGEST_MESSAGE = 1024;

    private final KubernetesClient client;
    private final InstantSource clock;

    public Notices(KubernetesClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    /** @param from what tells the state before from any other state */
    public void publish(HasMetadata about, String from, List<Notice> notices) {
        notices.forEach(notice -> publish(about, from, notice));
    }

    private void publish(HasMetadata about, String from, Notice notice) {
        try {
            client.resource(event(about, from, notice, clock.instant())).create();
        } catch (KubernetesClientException e) {
            // An Event is a courtesy: the status says the same, and it must be written.
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                LOG.warnf("The event %s was not published: the API server answered %d", notice.reason(), e.getCode());
            }
        }
    }

    static Event event(HasMetadata about, String from, Notice notice, Instant now) {
        String digest = ChildNames.sha256(
                about.getMetadata().getUid() + "\n" + from + "\n" + notice.reason() + "\n" + notice.message());
        String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
        String message = notice.message()
                .substring(0, Math.min(LONGEST_MESSAGE, notice.message().length()));
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(about.getMetadata().getNamespace())
                .withName(about.getMetadata().getName() + "." + digest.substring(0, 16))
                .addToLabels(Labels.MANAGED_BY, Labels.MANAGER)
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion(about.getApiVersion())
                .withKind(about.getKind())
                .withNamespace(about.getMetadata().getNamespace())
                .withName(about.getMetadata().getName())
                .withUid(about.getMetadata().getUid())
                .endInvolvedObject()
                .withType(notice.warning() ? "Warning" : "Normal")
                .withReason(notice.reason())
                .withMessage(message)
                .withFirstTimestamp(time)
                .withLastTimestamp(time)
                .withCount(1)
                .withNewSource()
                .withComponent(Names.FIELD_MANAGER)
                .endSource()
                .withReportingComponent("beckon.dev/operator")
                .withReportingInstance("")
                .build();
    }
}
