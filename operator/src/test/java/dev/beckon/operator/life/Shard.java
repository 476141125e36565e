package dev.beckon.operator.life;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * An operator for one namespace, as the chart installs several beside each other: its lease lies in a namespace of its own, and it has rights in the
 * one that it watches only.
 *
 * @param name of its pod
 * @param watched its namespace
 */
record Shard(RealWorld world, String name, String watched) {
    private static final String RIGHTS = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: HOME}
            ---
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: beckon-operator, namespace: HOME}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {name: beckon-operator, namespace: HOME}
            rules:
              - {apiGroups: [coordination.k8s.io], resources: [leases], verbs: [get, create, patch, update]}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: beckon-operator, namespace: HOME}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: beckon-operator}
            subjects: [{kind: ServiceAccount, name: beckon-operator, namespace: HOME}]
            ---
            # The rights of all namespaces, in one.
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: beckon-operator, namespace: WATCHED}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: beckon-operator}
            subjects: [{kind: ServiceAccount, name: beckon-operator, namespace: HOME}]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: HOME}
            rules:
              - {apiGroups: [""], resources: [namespaces], resourceNames: [kube-system], verbs: [get]}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: HOME}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: HOME}
            subjects: [{kind: ServiceAccount, name: beckon-operator, namespace: HOME}]
            """;

    private String home() {
        return name + "-system";
    }

    /** Gives it its rights. */
    void install() {
        String manifest = RIGHTS.replace("HOME", home()).replace("WATCHED", watched);
        world.client()
                .load(new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)))
                .serverSideApply();
    }

    OperatorProcess start() throws IOException, InterruptedException {
        Path kubeconfig = world.folder().resolve(name + ".kubeconfig");
        Files.writeString(kubeconfig, world.kubeconfigOfOperator(home()));
        return world.startOperator(
                name,
                Map.of(
                        "KUBECONFIG", kubeconfig.toString(),
                        "POD_NAMESPACE", home(),
                        "BECKON_WATCH_NAMESPACE", watched));
    }

    /** Who leads there. */
    String leader() {
        Lease lease = world.client()
                .leases()
                .inNamespace(home())
                .withName("beckon-operator")
                .get();
        return lease == null ? "" : String.valueOf(lease.getSpec().getHolderIdentity());
    }
}
