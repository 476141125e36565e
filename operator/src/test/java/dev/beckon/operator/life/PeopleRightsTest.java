package dev.beckon.operator.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people may do, asked of the real API server as {@code kubectl auth can-i --as} does. */
@Tag("integration")
@Execution(ExecutionMode.CONCURRENT)
class PeopleRightsTest {
    private static final Duration AGGREGATED = Duration.ofMinutes(1);
    private static final RealWorld WORLD = RealWorld.get();
    private static final Team TEAM = new Team(WORLD, "people-rights", false);

    @BeforeAll
    static void bindings() {
        for (String role : new String[] {"view", "edit"}) {
            WORLD.client()
                    .rbac()
                    .roleBindings()
                    .resource(new RoleBindingBuilder()
                            .withNewMetadata()
                            .withName(role)
                            .withNamespace(TEAM.namespace())
                            .endMetadata()
                            .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", role)
                            .addNewSubject("rbac.authorization.k8s.io", "User", role + "er", null)
                            .build())
                    .create();
        }
        // A controller of Kubernetes' adds our rules to its roles.
        await().atMost(AGGREGATED).until(() -> may("editer", "create", "invitecampaigns", ""));
        await().atMost(AGGREGATED).until(() -> may("viewer", "list", "invitecampaigns", ""));
    }

    @AfterAll
    static void nobodyAndNoSecretStandsInWhatWasPrintedOrWritten() {
        assertThat(new WorldLeaks(WORLD).findings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"telegramaccounts", "invitecampaigns", "parserjobs", "autopostschedules"})
    void whoMayViewANamespaceSeesAndWhoMayEditItChanges(String resources) {
        assertThat(may("viewer", "watch", resources, "")).isTrue();
        assertThat(may("viewer", "create", resources, "")).isFalse();
        assertThat(may("viewer", "delete", resources, "")).isFalse();
        assertThat(may("editer", "get", resources, "")).isTrue();
        assertThat(may("editer", "patch", resources, "")).isTrue();
        assertThat(may("editer", "deletecollection", resources, "")).isTrue();
        assertThat(may("stranger", "get", resources, "")).isFalse();
    }

    @Test
    void nobodyButTheOperatorWritesAStatus() {
        assertThat(may("editer", "patch", "invitecampaigns", "status")).isFalse();
        assertThat(may("editer", "update", "telegramaccounts", "finalizers")).isFalse();
        String operator = "system:serviceaccount:" + WORLD.cluster().system() + ":beckon-operator";
        assertThat(may(operator, "patch", "invitecampaigns", "status")).isTrue();
        assertThat(may(operator, "create", "invitecampaigns", "")).isFalse();
    }

    private static boolean may(String user, String verb, String resources, String subresource) {
        return WORLD.client()
                .authorization()
                .v1()
                .subjectAccessReview()
                .create(new SubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withUser(user)
                        .withNewResourceAttributes()
                        .withNamespace(TEAM.namespace())
                        .withGroup("beckon.dev")
                        .withResource(resources)
                        .withSubresource(subresource)
                        .withVerb(verb)
                        .endResourceAttributes()
                        .endSpec()
                        .build())
                .getStatus()
                .getAllowed();
    }
}
