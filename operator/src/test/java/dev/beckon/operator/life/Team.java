package dev.beckon.operator.life;

import static dev.beckon.operator.life.RealWorld.eventually;

import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.InviteCampaignStatus.State;
import dev.beckon.crd.ParserJob;
import dev.beckon.crd.ParserJobStatus;
import dev.beckon.crd.TelegramAccount;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A namespace with what a team has in it, and what a person sees there with kubectl. */
final class Team {
    private final KubernetesClient client;
    private final RealWorld world;
    private final String name;
    private final String namespace;

    /** A namespace with Telegram application and, if wanted, the worker's Secret. */
    Team(RealWorld world, String name, boolean withWorkerSecret) {
        this.world = world;
        this.client = world.client();
        this.name = name;
        this.namespace = world.cluster().namespace(name);
        world.cluster()
                .made(client.resource(new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(namespace)
                                .endMetadata()
                                .build())
                        .create());
        secret("tg-app", Map.of("api-id", "1", "api-hash", "x"));
        if (withWorkerSecret) {
            giveWorkerSecret();
        }
    }

    static Team ready(RealWorld world, String name) {
        Team team = new Team(world, name, true);
        team.account("alice");
        return team;
    }

    String namespace() {
        return namespace;
    }

    void giveWorkerSecret() {
        secret("beckon-worker", world.workerSecret());
    }

    void secret(String name, Map<String, String> data) {
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .addToStringData(data)
                        .build())
                .forceConflicts()
                .serverSideApply();
    }

    void account(String name) {
        create("""
                apiVersion: beckon.dev/v1alpha1
                kind: TelegramAccount
                metadata: {name: %s}
                spec:
                  apiCredentials: {secretRef: {name: tg-app}}
                  login: {method: QrCode}
                  limits: {invitesPerDay: 50, messagesPerDay: 50}
                """.formatted(name));
    }

    void accountByPhone(String name, String secret) {
        create("""
                apiVersion: beckon.dev/v1alpha1
                kind: TelegramAccount
                metadata: {name: %s}
                spec:
                  apiCredentials: {secretRef: {name: tg-app}}
                  login: {method: PhoneCode, secretRef: {name: %s}}
                """.formatted(name, secret));
    }

    /** A campaign of so many people who are nobody else's. */
    void campaign(String name, String script, int people) {
        create(manifest(name, script, people));
    }

    String manifest(String campaign, String script, int people) {
        String audience = world.written().audience(name.replace('-', '_') + "_" + campaign.replace('-', '_'), people);
        return """
                apiVersion: beckon.dev/v1alpha1
                kind: InviteCampaign
                metadata: {name: %s, namespace: %s}
                spec:
                  target: "@script_%s"
                  accounts: {names: [alice]}
                  audience: {inline: [%s]}
                  consent: {basis: OptIn, evidence: a test}
                """.formatted(campaign, namespace, script, audience);
    }

    /** Writes down each status the campaign is given, until closed. */
    Watch watched(String campaign, List<String> seen) {
        return client.resources(InviteCampaign.class)
                .inNamespace(namespace)
                .withName(campaign)
                .watch(new Watcher<>() {
                    @Override
                    public void eventReceived(Action action, InviteCampaign campaign) {
                        seen.add(Instant.now() + " " + Serialization.asJson(campaign.getStatus()));
                    }

                    @Override
                    public void onClose(WatcherException cause) {
                        seen.add("watch ended: " + cause);
                    }
                });
    }

    /** A campaign whose people come by webhook; its Secret is not made here. */
    Webhook webhook(String campaign, String script) {
        create("""
                apiVersion: beckon.dev/v1alpha1
                kind: InviteCampaign
                metadata: {name: %s}
                spec:
                  target: "@script_%s"
                  accounts: {names: [alice]}
                  audience: {webhook: {secretRef: {name: hook}}}
                  consent: {basis: OptIn, evidence: a test}
                """.formatted(campaign, script));
        return new Webhook(world, this, campaign);
    }

    List<Deployment> deployments(String campaign) {
        return client.apps()
                .deployments()
                .inNamespace(namespace)
                .withLabel("beckon.dev/campaign", campaign)
                .list()
                .getItems();
    }

    List<Pod> podsOf(String campaign) {
        return client.pods()
                .inNamespace(namespace)
                .withLabel("beckon.dev/campaign", campaign)
                .list()
                .getItems();
    }

    /** Whether a webhook campaign's Deployments are at zero and no pod is left. */
    boolean rests(String campaign) {
        return deployments(campaign).stream().allMatch(it -> it.getSpec().getReplicas() == 0)
                && podsOf(campaign).isEmpty();
    }

    void create(String manifest) {
        client.load(new java.io.ByteArrayInputStream(manifest.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .inNamespace(namespace)
                .create();
    }

    /** A parser of a chat whose worker follows the script. */
    void parser(String name, String script, String more) {
        create("""
                apiVersion: beckon.dev/v1alpha1
                kind: ParserJob
                metadata: {name: %s}
                spec:
                  source: "@script_%s"
                  account: {name: alice}
                  %s
                """.formatted(name, script, more));
    }

    ParserJob parser(String name) {
        return client.resources(ParserJob.class)
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    void becomes(String parser, ParserJobStatus.State state) {
        eventually(
                namespace + "/" + parser + " becomes " + state,
                () -> parser(parser).getStatus() != null
                        && parser(parser).getStatus().state() == state);
    }

    /** Jobs of a parser, by the operator or by its CronJob. */
    List<Job> parserJobs(String parser) {
        return client.batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .withLabel("beckon.dev/parser", parser)
                .list()
                .getItems();
    }

    InviteCampaign campaign(String name) {
        return client.resources(InviteCampaign.class)
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    TelegramAccount telegramAccount(String name) {
        return client.resources(TelegramAccount.class)
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    /** As {@code kubectl patch --type=merge} does. */
    void patch(String campaign, String merge) {
        client.resources(InviteCampaign.class)
                .inNamespace(namespace)
                .withName(campaign)
                .patch(PatchContext.of(PatchType.JSON_MERGE), merge);
    }

    void patchParser(String parser, String merge) {
        client.resources(ParserJob.class)
                .inNamespace(namespace)
                .withName(parser)
                .patch(PatchContext.of(PatchType.JSON_MERGE), merge);
    }

    /** Edits what the campaign writes to people. */
    void message(String campaign, String text) {
        patch(campaign, "{\"spec\":{\"message\":\"" + world.written().message(text) + "\"}}");
    }

    /** The posts of a schedule, by their names. */
    void posts(Map<String, String> posts) {
        world.written().posts(namespace, "posts", posts.values());
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("posts")
                        .endMetadata()
                        .withData(posts)
                        .build())
                .create();
    }

    void annotate(String campaign, String annotation, String value) {
        patch(campaign, "{\"metadata\":{\"annotations\":{\"" + annotation + "\":\"" + value + "\"}}}");
    }

    void becomes(String campaign, State state) {
        eventually(
                namespace + "/" + campaign + " becomes " + state,
                () -> campaign(campaign).getStatus() != null
                        && campaign(campaign).getStatus().state() == state);
    }

    /** Waits until a worker works on the campaign; a short one is done before its first progress is due to be written. */
    void works(String campaign) {
        eventually(
                namespace + "/" + campaign + " is worked on",
                () -> campaign(campaign).getStatus() != null
                        && (campaign(campaign).getStatus().state() == State.Importing
                                || campaign(campaign).getStatus().state() == State.Running));
    }

    /** Waits until a condition of a campaign has the reason. */
    void says(String campaign, String type, String status, String reason) {
        eventually(
                namespace + "/" + campaign + " says " + type + "=" + status + " (" + reason + ")",
                () -> condition(campaign, type)
                        .filter(it -> status.equals(it.getStatus()) && reason.equals(it.getReason()))
                        .isPresent());
    }

    Optional<Condition> condition(String campaign, String type) {
        InviteCampaign found = campaign(campaign);
        return found.getStatus() == null
                ? Optional.empty()
                : found.getStatus().conditions().stream()
                        .filter(it -> type.equals(it.getType()))
                        .findFirst();
    }

    List<Job> jobs(String campaign) {
        return client.batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .withLabel("beckon.dev/campaign", campaign)
                .list()
                .getItems();
    }

    long livePods() {
        return client.pods().inNamespace(namespace).list().getItems().stream()
                .filter(pod -> !"Succeeded".equals(pod.getStatus().getPhase())
                        && !"Failed".equals(pod.getStatus().getPhase()))
                .count();
    }

    /** Secrets that hold orders, and so people. */
    List<String> workOrders() {
        return client.secrets().inNamespace(namespace).list().getItems().stream()
                .filter(it -> it.getMetadata().getOwnerReferences() != null
                        && !it.getMetadata().getOwnerReferences().isEmpty())
                .map(Secret::getMetadata)
                .map(it -> it.getName())
                .toList();
    }

    /** Whether nobody of the campaign is left, and everybody was invited. */
    boolean allInvited(String campaign, int people) {
        var progress = campaign(campaign).getStatus().progress();
        return progress != null && progress.invited() == people && progress.total() == people;
    }

    /** How often a worker for the account of that name came, by task. */
    long came(String task, String account) {
        String uid = telegramAccount(account).getMetadata().getUid();
        return world.attendance().all().stream()
                .filter(line -> line.startsWith(task + " " + uid + " "))
                .count();
    }
}
