package dev.beckon.operator.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.crd.InviteCampaign;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the operator's ServiceAccount must not do, tried with its own token on the real API server. */
@Tag("integration")
@Execution(ExecutionMode.CONCURRENT)
class OperatorRightsTest {
    private static final List<String> VERBS = List.of(
            "get",
            "list",
            "watch",
            "create",
            "update",
            "patch",
            "delete",
            "deletecollection",
            "impersonate",
            "bind",
            "escalate");

    /** What each verb of each resource is, as people have read it. {@code -Drights.write=true} writes it anew. */
    private static final Path LIST = Path.of("src/test/resources/dev/beckon/operator/life/operator-rights.txt");

    private static final RealWorld WORLD = RealWorld.get();
    private static final Team TEAM = team();
    private static final KubernetesClient OPERATOR = operator();

    private static Team team() {
        Team team = new Team(WORLD, "operator-rights", false);
        team.secret("somebody-elses", Map.of("password", "x"));
        // Its account is not there, and so nothing becomes of it.
        team.campaign("spring", "quick", 1);
        return team;
    }

    private static KubernetesClient operator() {
        Config config = Config.fromKubeconfig(WORLD.operatorKubeconfig().toFile());
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(config)
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }

    @AfterAll
    static void nobodyAndNoSecretStandsInWhatWasPrintedOrWritten() {
        OPERATOR.close();
        assertThat(new WorldLeaks(WORLD).findings()).isEmpty();
    }

    private static Arguments forbidden(String what, Consumer<KubernetesClient> attempt) {
        return Arguments.of(what, attempt);
    }

    static Stream<Arguments> attempts() {
        String namespace = TEAM.namespace();
        return Stream.of(
                forbidden(
                        "list Secrets of all namespaces",
                        it -> it.secrets().inAnyNamespace().list()),
                forbidden(
                        "list Secrets of a namespace",
                        it -> it.secrets().inNamespace(namespace).list()),
                forbidden(
                        "change a Secret",
                        it -> it.secrets()
                                .inNamespace(namespace)
                                .withName("somebody-elses")
                                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"stringData\":{\"password\":\"y\"}}")),
                forbidden(
                        "list ConfigMaps",
                        it -> it.configMaps().inNamespace(namespace).list()),
                forbidden(
                        "make a ConfigMap",
                        it -> it.resource(new ConfigMapBuilder()
                                        .withNewMetadata()
                                        .withName("x")
                                        .withNamespace(namespace)
                                        .endMetadata()
                                        .build())
                                .create()),
                forbidden(
                        "write a campaign's spec",
                        it -> it.resources(InviteCampaign.class)
                                .inNamespace(namespace)
                                .withName("spring")
                                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"suspend\":false}}")),
                forbidden(
                        "delete a campaign",
                        it -> it.resources(InviteCampaign.class)
                                .inNamespace(namespace)
                                .withName("spring")
                                .delete()),
                forbidden(
                        "make a pod",
                        it -> it.resource(new PodBuilder()
                                        .withNewMetadata()
                                        .withName("x")
                                        .withNamespace(namespace)
                                        .endMetadata()
                                        .withNewSpec()
                                        .addNewContainer()
                                        .withName("x")
                                        .withImage("x")
                                        .endContainer()
                                        .endSpec()
                                        .build())
                                .create()),
                forbidden(
                        "delete a pod",
                        it -> it.pods().inNamespace(namespace).withName("x").delete()),
                forbidden(
                        "read a pod's log",
                        it -> it.pods().inNamespace(namespace).withName("x").getLog()),
                forbidden("list nodes", it -> it.nodes().list()),
                forbidden("list namespaces", it -> it.namespaces().list()),
                forbidden(
                        "read another namespace than kube-system",
                        it -> it.namespaces().withName(namespace).get()),
                forbidden(
                        "make a namespace",
                        it -> it.resource(new NamespaceBuilder()
                                        .withNewMetadata()
                                        .withName("operator-rights-x")
                                        .endMetadata()
                                        .build())
                                .create()),
                forbidden(
                        "widen its own role",
                        it -> it.rbac()
                                .clusterRoles()
                                .withName(WORLD.cluster().namespace("beckon-operator"))
                                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"rules\":[]}")),
                forbidden(
                        "make a role",
                        it -> it.resource(new ClusterRoleBuilder()
                                        .withNewMetadata()
                                        .withName("operator-rights-x")
                                        .endMetadata()
                                        .addNewRule()
                                        .withApiGroups("*")
                                        .withResources("*")
                                        .withVerbs("*")
                                        .endRule()
                                        .build())
                                .create()),
                forbidden(
                        "make itself an administrator",
                        it -> it.resource(new ClusterRoleBindingBuilder()
                                        .withNewMetadata()
                                        .withName("operator-rights-x")
                                        .endMetadata()
                                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "cluster-admin")
                                        .addNewSubject(
                                                null,
                                                "ServiceAccount",
                                                "beckon-operator",
                                                WORLD.cluster().system())
                                        .build())
                                .create()),
                forbidden(
                        "make itself a namespace's administrator",
                        it -> it.resource(new RoleBindingBuilder()
                                        .withNewMetadata()
                                        .withName("x")
                                        .withNamespace(namespace)
                                        .endMetadata()
                                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "admin")
                                        .addNewSubject(
                                                null,
                                                "ServiceAccount",
                                                "beckon-operator",
                                                WORLD.cluster().system())
                                        .build())
                                .create()),
                forbidden(
                        "make a ServiceAccount",
                        it -> it.resource(new ServiceAccountBuilder()
                                        .withNewMetadata()
                                        .withName("x")
                                        .withNamespace(namespace)
                                        .endMetadata()
                                        .build())
                                .create()),
                forbidden(
                        "get another's token",
                        it -> it.serviceAccounts()
                                .inNamespace(namespace)
                                .withName("default")
                                .tokenRequest(new TokenRequest())),
                forbidden("act as an administrator", OperatorRightsTest::listAsAdministrator),
                forbidden(
                        "take a lease of another namespace",
                        it -> it.leases().inNamespace(namespace).list()),
                forbidden(
                        "see custom resource definitions",
                        it -> it.apiextensions()
                                .v1()
                                .customResourceDefinitions()
                                .list()));
    }

    private static void listAsAdministrator(KubernetesClient operator) {
        Config config = new ConfigBuilder(operator.getConfiguration())
                .withImpersonateUsername("admin")
                .withImpersonateGroups("system:masters")
                .build();
        try (KubernetesClient impersonating =
                new KubernetesClientBuilder().withConfig(config).build()) {
            impersonating.secrets().inAnyNamespace().list();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attempts")
    void theOperatorMayNot(String what, Consumer<KubernetesClient> attempt) {
        assertThatThrownBy(() -> attempt.accept(OPERATOR))
                .as(what)
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(e.getCode()).isEqualTo(403));
    }

    @Test
    void ofAllThatTheApiServerKnowsItMayWhatTheListSaysAndNothingElse() throws IOException {
        TreeSet<String> found = new TreeSet<>();
        for (Known resource : resources()) {
            List<String> may = new ArrayList<>();
            for (String verb : VERBS) {
                if (mayAnywhere(resource, verb)) {
                    may.add(verb);
                }
            }
            if (!may.isEmpty()) {
                found.add(resource.group + "/" + resource.name + ": " + String.join(" ", may));
            }
        }
        if (Boolean.getBoolean("rights.write")) {
            Files.write(LIST, found);
        }
        assertThat(found).containsExactlyElementsOf(Files.readAllLines(LIST));
    }

    private record Known(String group, String name) {}

    /** All resources and subresources, of all groups that are served. */
    private static List<Known> resources() {
        KubernetesClient admin = WORLD.client();
        List<Known> known = new ArrayList<>();
        admin.getApiResources("v1").getResources().forEach(it -> known.add(new Known("", it.getName())));
        admin.getApiGroups()
                .getGroups()
                .forEach(group -> group.getVersions().stream()
                        .flatMap(version -> admin.getApiResources(version.getGroupVersion()).getResources().stream())
                        .map(APIResource::getName)
                        .distinct()
                        .forEach(name -> known.add(new Known(group.getName(), name))));
        // Not served as resources of their own, and asked about all the same.
        known.addAll(List.of(new Known("", "users"), new Known("", "groups"), new Known("", "*"), new Known("*", "*")));
        return known;
    }

    private static boolean mayAnywhere(Known resource, String verb) {
        return OPERATOR.authorization()
                .v1()
                .selfSubjectAccessReview()
                .create(new SelfSubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withNewResourceAttributes()
                        .withGroup(resource.group)
                        .withResource(
                                resource.name.contains("/")
                                        ? resource.name.substring(0, resource.name.indexOf('/'))
                                        : resource.name)
                        .withSubresource(
                                resource.name.contains("/")
                                        ? resource.name.substring(resource.name.indexOf('/') + 1)
                                        : "")
                        .withVerb(verb)
                        .endResourceAttributes()
                        .endSpec()
                        .build())
                .getStatus()
                .getAllowed();
    }
}
