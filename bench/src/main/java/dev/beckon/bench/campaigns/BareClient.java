package dev.beckon.bench.campaigns;

import dev.beckon.bench.stage.Together;
import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.InviteCampaignStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The peer: makes for each campaign the Secret, the Job and the status that the operator made for a campaign of its own, and
 * decides nothing.
 */
final class BareClient {
    private final KubernetesClient client;
    private final Secret secret;
    private final Job job;
    private final InviteCampaignStatus status;

    /** @param model a campaign that the operator has launched */
    BareClient(KubernetesClient client, InviteCampaign model) {
        this.client = client;
        this.status = model.getStatus();
        this.job = client.batch()
                .v1()
                .jobs()
                .inNamespace(model.getMetadata().getNamespace())
                .withLabel("beckon.dev/campaign-uid", model.getMetadata().getUid())
                .list()
                .getItems()
                .getFirst();
        String order = job.getSpec().getTemplate().getSpec().getVolumes().stream()
                .filter(volume -> volume.getName().equals("work-order"))
                .findFirst()
                .orElseThrow()
                .getSecret()
                .getSecretName();
        this.secret = client.secrets()
                .inNamespace(model.getMetadata().getNamespace())
                .withName(order)
                .get();
    }

    void launch(List<PeerCampaign> campaigns) {
        Together.each(campaigns, this::launch);
    }

    private void launch(PeerCampaign campaign) {
        String name = "peer-" + campaign.getMetadata().getName();
        client.resource(new SecretBuilder(secret)
                        .withMetadata(child(campaign, name, secret))
                        .build())
                .create();
        Job made = new JobBuilder(job)
                .withMetadata(child(campaign, name, job))
                .withStatus(null)
                .build();
        made.getSpec().setSelector(null);
        made.getSpec()
                .getTemplate()
                .setMetadata(child(campaign, name, job.getSpec().getTemplate().getMetadata()));
        client.resource(made).create();
        PeerCampaign carrier = new PeerCampaign();
        carrier.setMetadata(new ObjectMetaBuilder()
                .withNamespace(campaign.getMetadata().getNamespace())
                .withName(campaign.getMetadata().getName())
                .build());
        carrier.setStatus(status);
        client.resource(carrier)
                .subresource("status")
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager("peer")
                        .withForce(true)
                        .build());
    }

    private static ObjectMeta child(PeerCampaign owner, String name, HasMetadata model) {
        return child(owner, name, model.getMetadata());
    }

    /** As many labels and annotations of the same size, with keys that the operator does not select by. */
    private static ObjectMeta child(PeerCampaign owner, String name, ObjectMeta model) {
        OwnerReference reference = new OwnerReferenceBuilder()
                .withApiVersion(owner.getApiVersion())
                .withKind(owner.getKind())
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build();
        return new ObjectMetaBuilder()
                .withNamespace(owner.getMetadata().getNamespace())
                .withName(name)
                .withLabels(renamed(model.getLabels()))
                .withAnnotations(renamed(model.getAnnotations()))
                .withOwnerReferences(reference)
                .build();
    }

    private static Map<String, String> renamed(Map<String, String> entries) {
        return entries == null
                ? Map.of()
                : entries.entrySet().stream()
                        .filter(it -> it.getKey().startsWith("beckon.dev/")
                                || it.getKey().startsWith("app."))
                        .collect(Collectors.toMap(
                                it -> it.getKey().replace(".dev/", ".peer/").replace("app.", "peer."),
                                Map.Entry::getValue));
    }
}
