package dev.beckon.operator;

import dev.beckon.operator.worker.Names;
import io.fabric8.kubernetes.client.Config;
import io.quarkus.kubernetes.client.KubernetesConfigCustomizer;
import jakarta.inject.Singleton;

/** The API server names the field manager of a created object after the client's user agent: one name for all we write. */
@Singleton
public class ClientIdentity implements KubernetesConfigCustomizer {
    @Override
    public void customize(Config config) {
        config.setUserAgent(Names.FIELD_MANAGER);
    }
}
