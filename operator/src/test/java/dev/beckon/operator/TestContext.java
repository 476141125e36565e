package dev.beckon.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.dependent.managed.DefaultManagedWorkflowAndDependentResourceContext;
import io.javaoperatorsdk.operator.api.reconciler.dependent.managed.ManagedWorkflowAndDependentResourceContext;
import java.lang.reflect.Proxy;

/** The context of a pass that no framework called: its client, and what the pass keeps in it. */
public final class TestContext {
    private TestContext() {}

    /** Of one pass. */
    @SuppressWarnings("unchecked")
    public static <P extends HasMetadata> Context<P> of(KubernetesClient client) {
        ManagedWorkflowAndDependentResourceContext kept =
                new DefaultManagedWorkflowAndDependentResourceContext<>(null, null, null);
        return (Context<P>) Proxy.newProxyInstance(
                Context.class.getClassLoader(),
                new Class<?>[] {Context.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "managedWorkflowAndDependentResourceContext" -> kept;
                    case "getClient" -> client;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
