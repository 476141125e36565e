package dev.beckon.operator.worker;

import java.util.List;

/** Files of a Secret, ConfigMap or volume at a place in the pod. */
public record Mount(String volume, String path, Source source) {
    /** Where the files come from. */
    public sealed interface Source {}

    /** A Secret; {@code keys} are mounted, all of them when the list is empty. */
    public record FromSecret(String name, List<String> keys) implements Source {}

    public record FromConfigMap(String name, List<String> keys) implements Source {}

    /** A PersistentVolumeClaim, whole. */
    public record FromClaim(String name, boolean readOnly) implements Source {}

    /**
     * @param path in the pod
     * @param name of the PersistentVolumeClaim
     */
    public static Mount claim(String volume, String path, String name, boolean readOnly) {
        return new Mount(volume, path, new FromClaim(name, readOnly));
    }

    /**
     * @param path in the pod
     * @param keys to be mounted; none for all of them
     */
    public static Mount secret(String volume, String path, String name, String... keys) {
        return new Mount(volume, path, new FromSecret(name, List.of(keys)));
    }

    private boolean writable() {
        return source instanceof FromClaim claim && !claim.readOnly();
    }

    /** Whether the pod can only read it. */
    boolean readOnly() {
        return !writable();
    }

    /**
     * @param path in the pod
     * @param keys to be mounted; none for all of them
     */
    public static Mount configMap(String volume, String path, String name, String... keys) {
        return new Mount(volume, path, new FromConfigMap(name, List.of(keys)));
    }
}
