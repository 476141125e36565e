package dev.beckon.operator.life;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.crd.apiserver.RealCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;

/**
 * Where the lives happen: in a cluster of our own or, when {@code BECKON_TEST_KUBECONFIG} names one, in namespaces of our own
 * in that. Its pods must reach this machine's loopback address, where database, Redis and the tests listen: as another
 * local-cluster's do, or those of a node on this machine that share its network.
 */
final class LifeCluster {
    /** A kubeconfig. Empty for a cluster of our own. */
    static final String GIVEN = "BECKON_TEST_KUBECONFIG";

    /** In a given cluster that is no local-cluster: an image that starts the scripted worker. */
    static final String IMAGE = "BECKON_TEST_WORKER_IMAGE";

    private static final String SCRIPTED = "beckon/scripted-worker:test";

    /** The same worker as another release has it. */
    private static final String NEXT = "beckon/scripted-worker:next";

    private final RealCluster cluster;
    private final Optional<Path> given;
    private final String id = "b" + UUID.randomUUID().toString().substring(0, 4);
    private final String image;
    private final Optional<Path> images;
    private final List<HasMetadata> made = new ArrayList<>();

    private LifeCluster(RealCluster cluster, Optional<Path> given, String image, Optional<Path> images) {
        this.cluster = cluster;
        this.given = given;
        this.image = image;
        this.images = images;
    }

    /**
     * Starts or takes it.
     *
     * @param folder where a cluster of our own keeps its state, and files of ours
     * @param worker the scripted worker, as an entry of local-cluster's image table
     */
    static LifeCluster at(Path folder, ObjectNode worker) throws IOException, InterruptedException {
        Path state = Files.createDirectories(folder.resolve("cluster"));
        Path table = folder.resolve("images.yaml");
        Optional<Path> given = Optional.ofNullable(System.getenv(GIVEN))
                .filter(path -> !path.isBlank())
                .map(path -> Path.of(path).toAbsolutePath());
        if (given.isEmpty()) {
            write(table, new YAMLMapper().createObjectNode(), worker);
            return new LifeCluster(RealCluster.own(state, table), given, SCRIPTED, Optional.empty());
        }
        RealCluster cluster = RealCluster.given(given.get(), state);
        refuseIfInUse(cluster.client());
        Optional<String> image = Optional.ofNullable(System.getenv(IMAGE));
        if (image.isPresent()) {
            return new LifeCluster(cluster, given, image.get(), Optional.empty());
        }
        Path theirs = given.get().resolveSibling("images.yaml");
        if (!Files.exists(theirs)) {
            throw new IllegalStateException(
                    "The cluster of " + GIVEN + " is no local-cluster with an image table: say in " + IMAGE
                            + " which image there starts the scripted worker.");
        }
        write(table, (ObjectNode) new YAMLMapper().readTree(theirs.toFile()), worker);
        Path before = theirs.toRealPath();
        cluster.up(given.get().getParent(), table);
        return new LifeCluster(cluster, given, SCRIPTED, Optional.of(before));
    }

    private static void write(Path table, ObjectNode known, ObjectNode worker) throws IOException {
        known.withObject("images").set(SCRIPTED, worker);
        known.withObject("images").set(NEXT, worker);
        new YAMLMapper().writeValue(table.toFile(), known);
    }

    /** The operator acts in all namespaces: campaigns that are somebody's must not get into its hands. */
    private static void refuseIfInUse(KubernetesClient client) {
        List<HasMetadata> theirs = new ArrayList<>();
        try {
            theirs.addAll(client.resources(InviteCampaign.class)
                    .inAnyNamespace()
                    .list()
                    .getItems());
            theirs.addAll(client.resources(TelegramAccount.class)
                    .inAnyNamespace()
                    .list()
                    .getItems());
        } catch (KubernetesClientException e) {
            if (e.getCode() != 404) {
                throw e;
            }
        }
        client.apps().deployments().inAnyNamespace().list().getItems().stream()
                .filter(it -> it.getMetadata().getName().equals("beckon-operator"))
                .forEach(theirs::add);
        if (!theirs.isEmpty()) {
            HasMetadata first = theirs.getFirst();
            throw new IllegalStateException("The cluster of " + GIVEN + " is in use: it has " + first.getKind() + " "
                    + first.getMetadata().getNamespace() + "/"
                    + first.getMetadata().getName()
                    + ", and the operator under test acts in all namespaces. Choose another.");
        }
    }

    boolean own() {
        return given.isEmpty();
    }

    /** Skips a test that a given cluster can't have. */
    void ownFor(String reason) {
        Assumptions.assumeTrue(own(), () -> "Not in the cluster of " + GIVEN + ": " + reason);
    }

    KubernetesClient client() {
        return cluster.client();
    }

    /** A command of our own cluster's program; {@code kubectl} works with any cluster. */
    String command(String name, String... arguments) throws IOException, InterruptedException {
        return cluster.command(name, arguments);
    }

    /** The name that a namespace of that name has here. */
    String namespace(String name) {
        return own() ? name : id + "-" + name;
    }

    String system() {
        return namespace("beckon-system");
    }

    /** The image of the scripted worker. */
    String image() {
        return image;
    }

    /** The image of the next release, in a cluster whose images are ours. */
    String nextImage() {
        ownFor("it has one image of the scripted worker");
        return NEXT;
    }

    /**
     * Applies a manifest under names of our own. Not the Deployment: the tests start and kill the operator's processes themselves.
     */
    void apply(Path manifest) throws IOException {
        String text = Files.readString(manifest).replace("beckon-system", system());
        for (HasMetadata object : client().load(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                .items()) {
            if (object instanceof Deployment) {
                continue;
            }
            if (object instanceof ClusterRole || object instanceof ClusterRoleBinding) {
                object.getMetadata().setName(namespace(object.getMetadata().getName()));
            }
            if (object instanceof ClusterRoleBinding binding) {
                binding.getRoleRef().setName(namespace(binding.getRoleRef().getName()));
            }
            client().resource(object).forceConflicts().serverSideApply();
            // Kinds are left behind: to remove them removes all there are of them.
            if (!object.getKind().equals("CustomResourceDefinition")) {
                made.add(object);
            }
        }
    }

    /** To be removed at the end, with all that is in it. */
    void made(HasMetadata namespace) {
        synchronized (made) {
            made.add(namespace);
        }
    }

    /** Stops a cluster of our own; takes what is ours out of a given one. */
    void release() throws IOException, InterruptedException {
        if (given.isPresent()) {
            for (HasMetadata object : made.reversed()) {
                client().resource(object).delete();
            }
            if (images.isPresent()) {
                cluster.up(given.get().getParent(), images.get());
            }
        }
        cluster.stop();
    }
}
