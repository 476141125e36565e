package dev.beckon.operator.worker;

import dev.beckon.operator.condition.Reason;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether Secrets, ConfigMaps and claims that a worker mounts exist and have their keys. They are read by name when a worker is about
 * to start, never listed, watched or cached: their content is none of the operator's business, but for a webhook's token and a schedule's
 * posts, which are judged before a run is due.
 */
@ApplicationScoped
public class Files {
    /** A thousand campaigns that start together ask for the same Secret once. */
    private static final Duration REMEMBERED = Duration.ofSeconds(5);

    /** Of kubectl: the names only, for `describe` shows what a ConfigMap holds. */
    private static final String NAMES_OF_KEYS = " -o go-template='{{range $key, $value := .data}}{{$key}} {{end}}'";

    private static final int MOST_REMEMBERED = 1_000;

    private final KubernetesClient client;
    private final InstantSource clock;
    private final Map<Wanted, Instant> seen = new ConcurrentHashMap<>();

    public Files(KubernetesClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    /** Kinds of objects that hold files. */
    public enum Kind {
        Secret,
        ConfigMap,
        /** Has no keys. */
        PersistentVolumeClaim
    }

    /**
     * An object that must exist.
     *
     * @param keys all of which it must have
     * @param reason of the condition when it is not there
     * @param purpose completes "… is missing: it holds …"
     */
    public record Wanted(Kind kind, String namespace, String name, List<String> keys, Reason reason, String purpose) {}

    /** The first that is missing, if one is. */
    public Optional<Missing> firstMissing(List<Wanted> wanted) {
        return wanted.stream().map(this::missing).flatMap(Optional::stream).findFirst();
    }

    /** The version of a Secret, which changes with its content; absent when there is none, or it may not be got. */
    public Optional<String> version(String namespace, String name) {
        return secret(namespace, name).map(secret -> secret.getMetadata().getResourceVersion());
    }

    /**
     * A Secret whose content the operator itself needs: a webhook's, which no pod mounts; absent when there is none, or it may not be
     * got.
     */
    public Optional<Secret> secret(String namespace, String name) {
        return got(client.secrets().inNamespace(namespace).withName(name)::get);
    }

    /** A ConfigMap whose content the operator itself judges: a schedule's posts; absent when there is none, or it may not be got. */
    public Optional<ConfigMap> configMap(String namespace, String name) {
        return got(client.configMaps().inNamespace(namespace).withName(name)::get);
    }

    /** A namespace in which the operator has no rights is told of by {@link #firstMissing}; a retry of the pass would not help. */
    private static <T> Optional<T> got(Supplier<T> get) {
        try {
            return Optional.ofNullable(get.get());
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /**
     * Whether one of the objects was written since then. The operator may not watch them: this asks for each. What is in a volume is
     * not seen.
     */
    public boolean writtenSince(List<Wanted> objects, Instant since) {
        Instant from = since.truncatedTo(ChronoUnit.SECONDS);
        return objects.stream()
                .filter(it -> it.kind() != Kind.PersistentVolumeClaim)
                .flatMap(it -> writtenAt(it.kind(), it.namespace(), it.name()).stream())
                .anyMatch(at -> !at.isBefore(from));
    }

    /** When the object was last written by anyone, to the second; absent when there is none, or it does not say so. */
    private Optional<Instant> writtenAt(Kind kind, String namespace, String name) {
        Optional<? extends HasMetadata> found = switch (kind) {
            case Secret -> secret(namespace, name);
            case ConfigMap -> configMap(namespace, name);
            case PersistentVolumeClaim ->
                got(client.persistentVolumeClaims().inNamespace(namespace).withName(name)::get);
        };
        return found.map(HasMetadata::getMetadata).stream()
                .flatMap(meta -> meta.getManagedFields().stream())
                .flatMap(it -> Stream.ofNullable(it.getTime()))
                .map(Instant::parse)
                .max(Comparator.naturalOrder());
    }

    private Optional<Missing> missing(Wanted wanted) {
        Instant now = clock.instant();
        if (seen.getOrDefault(wanted, Instant.MIN).isAfter(now.minus(REMEMBERED))) {
            return Optional.empty();
        }
        Optional<Set<String>> keys;
        try {
            keys = keys(wanted);
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
                throw e;
            }
            return Optional.of(unreadable(wanted));
        }
        Optional<Missing> missing = judge(wanted, keys);
        if (missing.isEmpty()) {
            if (seen.size() >= MOST_REMEMBERED) {
                seen.clear();
            }
            seen.put(wanted, now);
        }
        return missing;
    }

    /** That it may not be got, if that is so; whether it is there is not asked. */
    public Optional<Missing> forbidden(Wanted wanted) {
        try {
            keys(wanted);
            return Optional.empty();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
                throw e;
            }
            return Optional.of(unreadable(wanted));
        }
    }

    private static Missing unreadable(Wanted wanted) {
        return new Missing(
                wanted.reason(),
                name(wanted) + " can't be read: the operator's ServiceAccount may not get it in this namespace.");
    }

    private static Optional<Missing> judge(Wanted wanted, Optional<Set<String>> keys) {
        if (keys.isEmpty()) {
            return Optional.of(new Missing(
                    wanted.reason(),
                    name(wanted) + " is missing: it holds " + wanted.purpose() + "." + remedy(wanted)));
        }
        List<String> absent =
                wanted.keys().stream().filter(key -> !keys.get().contains(key)).toList();
        return absent.isEmpty()
                ? Optional.empty()
                : Optional.of(new Missing(
                        wanted.reason(),
                        name(wanted) + " lacks " + (absent.size() == 1 ? "the key " : "the keys ")
                                + String.join(", ", absent) + ": it holds " + wanted.purpose() + ". `kubectl get "
                                + wanted.kind().name().toLowerCase(Locale.ROOT) + " " + wanted.name() + " -n "
                                + wanted.namespace() + NAMES_OF_KEYS + "` lists those that are there."));
    }

    /** A claim needs a size and a class: there is no line to type. */
    private static String remedy(Wanted wanted) {
        return wanted.kind() == Kind.PersistentVolumeClaim
                ? " Create it."
                : " Create it: " + command(wanted) + folder(wanted);
    }

    /** What a person types; keys that are file names come from files of that name. */
    private static String command(Wanted wanted) {
        String kind = wanted.kind() == Kind.Secret ? "secret generic" : "configmap";
        return wanted.keys().stream()
                .map(key -> key.contains(".") ? " --from-file=" + key : " --from-literal=" + key + "=VALUE")
                .collect(Collectors.joining(
                        "", "kubectl create " + kind + " " + wanted.name() + " -n " + wanted.namespace(), ""));
    }

    /** Whose keys are not ours to name, each file of a folder is a key. */
    private static String folder(Wanted wanted) {
        return wanted.keys().isEmpty() ? " --from-file=FOLDER" : "";
    }

    private Optional<Set<String>> keys(Wanted wanted) {
        return switch (wanted.kind()) {
            case Secret ->
                Optional.ofNullable(client.secrets()
                                .inNamespace(wanted.namespace())
                                .withName(wanted.name())
                                .get())
                        .map(Files::keys);
            case ConfigMap ->
                Optional.ofNullable(client.configMaps()
                                .inNamespace(wanted.namespace())
                                .withName(wanted.name())
                                .get())
                        .map(Files::keys);
            case PersistentVolumeClaim ->
                Optional.ofNullable(client.persistentVolumeClaims()
                                .inNamespace(wanted.namespace())
                                .withName(wanted.name())
                                .get())
                        .map(claim -> Set.of());
        };
    }

    private static Set<String> keys(Secret secret) {
        return union(secret.getData(), secret.getStringData());
    }

    private static Set<String> keys(ConfigMap map) {
        return union(map.getData(), map.getBinaryData());
    }

    private static Set<String> union(Map<String, String> first, Map<String, String> second) {
        Set<String> keys = new HashSet<>();
        Stream.of(Optional.ofNullable(first), Optional.ofNullable(second))
                .flatMap(Optional::stream)
                .forEach(map -> keys.addAll(map.keySet()));
        return keys;
    }

    private static String name(Wanted wanted) {
        return "The " + wanted.kind() + " " + wanted.name();
    }
}
