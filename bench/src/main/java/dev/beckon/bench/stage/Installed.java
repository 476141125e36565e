package dev.beckon.bench.stage;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What an installed Beckon needs besides: a namespace to work in, and the settings of an operator that is no pod. */
final class Installed {
    private Installed() {}

    /** A namespace with what campaigns and accounts in it refer to; the namespace default gets the same. */
    static void namespace(KubernetesClient client, String name) {
        client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        for (String namespace : List.of(name, "default")) {
            client.resource(new SecretBuilder()
                            .withNewMetadata()
                            .withNamespace(namespace)
                            .withName("tg-app")
                            .endMetadata()
                            .withStringData(Map.of("api-id", "12345", "api-hash", "0123456789abcdef0123456789abcdef"))
                            .build())
                    .create();
        }
        Secret worker = client.secrets()
                .inNamespace("default")
                .withName("beckon-worker")
                .get();
        worker.setMetadata(new ObjectMetaBuilder()
                .withNamespace(name)
                .withName("beckon-worker")
                .build());
        client.resource(worker).create();
    }

    /** The environment variables that the Deployment's pods have. */
    static Map<String, String> operatorVariables(KubernetesClient client, Path kubeconfig) {
        Map<String, String> secret =
                client
                        .secrets()
                        .inNamespace("beckon-system")
                        .withName("beckon-operator")
                        .get()
                        .getData()
                        .entrySet()
                        .stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                it -> new String(Base64.getDecoder().decode(it.getValue()), StandardCharsets.UTF_8)));
        Map<String, String> variables = new TreeMap<>();
        variables.put("KUBECONFIG", kubeconfig.toString());
        variables.put("POD_NAMESPACE", "beckon-system");
        variables.put("POD_NAME", "bench");
        variables.put("BECKON_LEDGER_JDBC_URL", secret.get("jdbc-url"));
        variables.put("BECKON_LEDGER_USERNAME", secret.get("username"));
        variables.put("BECKON_LEDGER_PASSWORD", secret.get("password"));
        variables.put("BECKON_REDIS_URL", secret.get("redis-url"));
        return variables;
    }
}
