package dev.beckon.operator.campaign;

import dev.beckon.crd.Audience;
import dev.beckon.crd.FileRef;
import dev.beckon.crd.ParserJob;
import dev.beckon.crd.SecretRef;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.worker.Files.Kind;
import dev.beckon.operator.worker.Files.Wanted;
import dev.beckon.operator.worker.Mount;
import dev.beckon.workorder.InviteOrder;
import dev.beckon.workorder.Paths;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What follows from where a campaign's people come from: the order's part, what its pods mount, what must be there. Pure. */
final class CampaignAudience {
    private static final String AUDIENCE = "audience";
    private static final String HEADER = "header";

    private CampaignAudience() {}

    /** Whether the audience comes from a source of this release. */
    static boolean isSupported(Audience audience) {
        return !audience.inline().isEmpty()
                || Stream.of(
                                audience.secretRef(),
                                audience.configMapRef(),
                                audience.volume(),
                                audience.url(),
                                audience.parserJobRef(),
                                audience.webhook())
                        .anyMatch(Objects::nonNull);
    }

    /**
     * As a work order names it.
     *
     * @param idleEnd how long a worker listens for the next one whom a webhook brings
     */
    static InviteOrder.Audience order(Audience audience, Optional<ParserJob> parser, Duration idleEnd) {
        if (!audience.inline().isEmpty()) {
            return new InviteOrder.Audience.Inline(
                    audience.inline().stream().map(CampaignAudience::person).toList());
        }
        if (audience.webhook() != null) {
            return new InviteOrder.Audience.Webhook(idleEnd);
        }
        if (audience.url() != null) {
            boolean allowed =
                    audience.urlOptions() != null && audience.urlOptions().allowPrivateAddresses();
            return new InviteOrder.Audience.Url(audience.url(), allowed);
        }
        if (audience.parserJobRef() != null) {
            // Empty only when the parser is gone: then the people are in the ledger, or nobody is started.
            return new InviteOrder.Audience.Parsed(
                    parser.map(it -> it.getMetadata().getUid()).orElse(""));
        }
        if (audience.volume() != null) {
            return new InviteOrder.Audience.File(
                    Paths.AUDIENCE + "/" + audience.volume().path());
        }
        FileRef file = audience.secretRef() != null ? audience.secretRef() : audience.configMapRef();
        return new InviteOrder.Audience.File(Paths.AUDIENCE + "/" + file.key());
    }

    private static InviteOrder.Person person(Audience.Person person) {
        return new InviteOrder.Person(
                Optional.ofNullable(person.phone()),
                Optional.ofNullable(person.username()),
                Optional.ofNullable(person.userId()),
                Optional.ofNullable(person.firstName()));
    }

    /** @param imported whether the people are in the ledger: then no server is asked for them any more */
    static List<Mount> mounts(Audience audience, boolean imported) {
        List<Mount> mounts = new ArrayList<>();
        if (audience.secretRef() != null) {
            FileRef file = audience.secretRef();
            mounts.add(Mount.secret(AUDIENCE, Paths.AUDIENCE, file.name(), file.key()));
        }
        if (audience.configMapRef() != null) {
            FileRef file = audience.configMapRef();
            mounts.add(Mount.configMap(AUDIENCE, Paths.AUDIENCE, file.name(), file.key()));
        }
        if (audience.volume() != null) {
            mounts.add(Mount.claim(AUDIENCE, Paths.AUDIENCE, audience.volume().claimName(), true));
        }
        headerSecret(audience, imported)
                .ifPresent(name -> mounts.add(Mount.secret("audience-header", Paths.AUDIENCE_HEADER, name, HEADER)));
        return mounts;
    }

    /** What a worker mounts of it and must find. */
    static List<Wanted> prerequisites(String namespace, Audience audience, boolean imported) {
        List<Wanted> wanted = new ArrayList<>();
        file(namespace, audience).ifPresent(wanted::add);
        if (audience.volume() != null) {
            wanted.add(new Wanted(
                    Kind.PersistentVolumeClaim,
                    namespace,
                    audience.volume().claimName(),
                    List.of(),
                    Reason.VolumeMissing,
                    "the campaign's audience"));
        }
        headerSecret(audience, imported)
                .ifPresent(name -> wanted.add(new Wanted(
                        Kind.Secret,
                        namespace,
                        name,
                        List.of(HEADER),
                        Reason.AudienceMissing,
                        "the header that is sent when the audience is loaded")));
        return wanted;
    }

    /** The object that holds the audience's file, if it is one of the cluster. */
    static Optional<Wanted> file(String namespace, Audience audience) {
        return Optional.ofNullable(audience.secretRef())
                .map(it -> file(Kind.Secret, namespace, it))
                .or(() -> Optional.ofNullable(audience.configMapRef()).map(it -> file(Kind.ConfigMap, namespace, it)));
    }

    private static Wanted file(Kind kind, String namespace, FileRef file) {
        return new Wanted(
                kind, namespace, file.name(), List.of(file.key()), Reason.AudienceMissing, "the campaign's audience");
    }

    private static Optional<String> headerSecret(Audience audience, boolean imported) {
        return Optional.ofNullable(audience.urlOptions())
                .filter(options -> !imported)
                .map(Audience.UrlOptions::headerSecretRef)
                .map(SecretRef::name);
    }

    /** Tells an audience from any other. */
    static String identity(Audience audience) {
        return inline(audience) + audience.secretRef() + audience.configMapRef() + elsewhere(audience);
    }

    /** Nothing for the older sources, whose digests are on Jobs that an older release made. */
    private static String elsewhere(Audience audience) {
        return Stream.of(
                        audience.volume(),
                        audience.url(),
                        audience.urlOptions(),
                        audience.parserJobRef(),
                        audience.webhook())
                .flatMap(Stream::ofNullable)
                .map(Object::toString)
                .collect(Collectors.joining());
    }

    /** People print without what names them, so the digest takes their parts one by one. */
    private static String inline(Audience audience) {
        StringBuilder people = new StringBuilder();
        audience.inline()
                .forEach(it -> people.append(it.phone())
                        .append('\n')
                        .append(it.username())
                        .append('\n')
                        .append(it.userId())
                        .append('\n')
                        .append(it.firstName())
                        .append('\n'));
        return people.toString();
    }
}
