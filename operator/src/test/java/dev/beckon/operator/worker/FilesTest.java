package dev.beckon.operator.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.worker.Files.Kind;
import dev.beckon.operator.worker.Files.Wanted;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A namespace in which the operator has no rights, and an API server that has no answer. */
class FilesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Wanted SECRET =
            new Wanted(Kind.Secret, "foreign", "login", List.of("phone"), Reason.LoginSecretMissing, "the login");
    private static final Wanted POSTS =
            new Wanted(Kind.ConfigMap, "foreign", "posts", List.of(), Reason.ContentMissing, "posts");

    private final KubernetesMockServer server = new KubernetesMockServer(false);
    private KubernetesClient client;
    private Files files;

    @BeforeEach
    void start() {
        server.init();
        client = server.createClient();
        files = new Files(client, InstantSource.fixed(NOW));
    }

    @AfterEach
    void stop() {
        client.close();
        server.destroy();
    }

    private void answers(int code) {
        server.expect()
                .get()
                .withPath("/api/v1/namespaces/foreign/secrets/login")
                .andReturn(code, "{}")
                .always();
        server.expect()
                .get()
                .withPath("/api/v1/namespaces/foreign/configmaps/posts")
                .andReturn(code, "{}")
                .always();
    }

    @Test
    void whatMayNotBeReadIsToldOnceAndDoesNotFailThePass() {
        answers(403);
        assertThat(files.version("foreign", "login")).isEmpty();
        assertThat(files.configMap("foreign", "posts")).isEmpty();
        assertThat(files.writtenSince(List.of(SECRET, POSTS), NOW)).isFalse();
        assertThat(files.firstMissing(List.of(SECRET)))
                .hasValueSatisfying(
                        it -> assertThat(it.message())
                                .isEqualTo(
                                        "The Secret login can't be read: the operator's ServiceAccount may not get it in this namespace."));
    }

    @Test
    void anAnswerThatIsNoneIsNotTakenForAnAbsence() {
        answers(400);
        assertThatThrownBy(() -> files.version("foreign", "login")).isInstanceOf(KubernetesClientException.class);
        assertThatThrownBy(() -> files.configMap("foreign", "posts")).isInstanceOf(KubernetesClientException.class);
        assertThatThrownBy(() -> files.writtenSince(List.of(POSTS), NOW)).isInstanceOf(KubernetesClientException.class);
        assertThatThrownBy(() -> files.firstMissing(List.of(SECRET))).isInstanceOf(KubernetesClientException.class);
    }
}
