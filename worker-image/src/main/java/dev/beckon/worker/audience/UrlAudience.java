package dev.beckon.worker.audience;

import dev.beckon.ledger.audience.AudienceSource;
import dev.beckon.worker.BadInput;
import dev.beckon.worker.Ending;
import dev.beckon.worker.audience.Addresses.Reach;
import dev.beckon.worker.audience.GuardedResolver.ForbiddenAddress;
import dev.beckon.worker.settings.MountedFiles;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.InviteOrder.Audience;
import dev.beckon.workorder.Paths;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An audience behind a URL, streamed: nothing is kept in the pod. Bounded in size, time and redirects; each host it comes to is
 * asked only at addresses that may be asked. What can't be mended by waiting ends the run as a fault, the rest is tried again. A
 * download that is cut off, by the server or by our own wish, throws: its part is never taken for the whole.
 */
public final class UrlAudience implements AudienceSource {
    private static final Logger LOG = LoggerFactory.getLogger(UrlAudience.class);
    private static final String HEADER_KEY = "header";
    private static final int MOST_REDIRECTS = 5;
    private static final Duration AGAIN_AFTER = Duration.ofMinutes(5);
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    /** Too early, too many, or the server's own trouble: it may pass. */
    private static final Set<Integer> PASSING = Set.of(408, 425, 429, 500, 502, 503, 504);

    /** The reason of a file that can't be read as a whole. */
    private static final String REFUSED = "AudienceUnreadable";

    private static final String AWAY = "AudienceUnavailable";

    /**
     * How much and how long.
     *
     * @param bytes of the file; 1,000,000 people with phone and name are some 40 MB
     * @param silence of the server, before its answer and within it
     * @param total for the whole file
     */
    record Limits(long bytes, Duration silence, Duration total) {
        static final Limits USUAL = new Limits(256L << 20, Duration.ofSeconds(30), Duration.ofMinutes(10));
    }

    private final Location first;
    private final boolean allowPrivate;
    private final Optional<SecretHeader> header;
    private final Limits limits;
    private final InstantSource clock;
    private final Runnable look;

    private UrlAudience(
            Location first,
            boolean allowPrivate,
            Optional<SecretHeader> header,
            Limits limits,
            InstantSource clock,
            Runnable look) {
        this.first = first;
        this.allowPrivate = allowPrivate;
        this.header = header;
        this.limits = limits;
        this.clock = clock;
        this.look = look;
    }

    /**
     * The audience; nothing is fetched yet.
     *
     * @param look asked some times a second while the server is waited for, by whoever opens and reads; ends the download by what it
     *     throws
     * @throws BadInput when the URL or the mounted header is none
     */
    public static UrlAudience of(Audience.Url url, MountedFiles files, InstantSource clock, Runnable look) {
        return of(url, files, clock, look, Limits.USUAL);
    }

    static UrlAudience of(Audience.Url url, MountedFiles files, InstantSource clock, Runnable look, Limits limits) {
        Location first = Location.of(url.url())
                .orElseThrow(() -> new BadInput("spec.audience.url is no address of a file:"
                        + " write https://host/path, without a user name in it"));
        Optional<SecretHeader> header =
                files.value(Paths.AUDIENCE_HEADER, HEADER_KEY).map(SecretHeader::parse);
        if (header.isPresent() && !first.isEncrypted() && !url.allowPrivateAddresses()) {
            throw new BadInput(
                    "spec.audience.url: a header is a secret and goes over https only; over http only within the"
                            + " cluster, with allowPrivateAddresses");
        }
        return new UrlAudience(first, url.allowPrivateAddresses(), header, limits, clock, look);
    }

    /**
     * Asks for the file.
     *
     * @throws Ending.Now when it may not be asked for, can't be had, or whoever asks is to end
     */
    @Override
    public InputStream open() throws IOException {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(limits.silence)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .build();
        Meanwhile meanwhile = new Meanwhile(look);
        try {
            return meanwhile
                    .within(limits.total, () -> follow(client, meanwhile))
                    .orElseThrow(() -> away("can't be reached (too slow)", first));
        } catch (InterruptedException e) {
            end(client, meanwhile);
            Thread.currentThread().interrupt();
            throw stopped();
        } catch (RuntimeException e) {
            end(client, meanwhile);
            throw e;
        }
    }

    private static void end(HttpClient client, Meanwhile meanwhile) {
        meanwhile.close();
        client.shutdownNow();
    }

    private InputStream follow(HttpClient client, Meanwhile meanwhile) throws InterruptedException {
        Location target = first;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpResponse<InputStream> response = ask(client, target);
            if (!REDIRECTS.contains(response.statusCode())) {
                return body(client, meanwhile, target, response);
            }
            close(response);
            target = next(target, response);
        }
        throw refused("sends from one address to another more than " + MOST_REDIRECTS + " times", first);
    }

    private HttpResponse<InputStream> ask(HttpClient client, Location target) throws InterruptedException {
        if (!allowPrivate && Addresses.isOfTheCluster(target.host())) {
            throw forbidden(target);
        }
        HttpRequest.Builder request =
                HttpRequest.newBuilder(target.uri()).timeout(limits.silence).header("User-Agent", "Beckon");
        Optional<SecretHeader> secret = header.filter(_ -> target.isOfTheSameServer(first));
        secret.ifPresent(it -> it.on(request));
        boolean inClear = secret.isPresent() && !target.isEncrypted();
        try {
            GuardedResolver.guard(target.host(), reach(inClear));
            return client.send(request.build(), BodyHandlers.ofInputStream());
        } catch (ForbiddenAddress e) {
            throw inClear ? inClear(target) : forbidden(target);
        } catch (UnknownHostException e) {
            throw away("has no address", target);
        } catch (IOException e) {
            if (isForbidden(e)) {
                throw inClear ? inClear(target) : forbidden(target);
            }
            throw away("can't be reached (" + word(e) + ")", target);
        }
    }

    private Reach reach(boolean inClear) {
        if (inClear) {
            return Reach.PRIVATE_ONLY;
        }
        return allowPrivate ? Reach.PRIVATE_TOO : Reach.PUBLIC;
    }

    private Location next(Location from, HttpResponse<?> response) {
        Location to = response.headers()
                .firstValue("location")
                .flatMap(from::next)
                .orElseThrow(() -> refused("sends on to no address of a file", from));
        if (from.isEncrypted() && !to.isEncrypted()) {
            throw refused("sends on from https to http", from);
        }
        return to;
    }

    private InputStream body(
            HttpClient client, Meanwhile meanwhile, Location target, HttpResponse<InputStream> response) {
        int status = response.statusCode();
        if (status != 200) {
            close(response);
            throw PASSING.contains(status)
                    ? away("answers " + status, target)
                    : refused("answers " + status + ": check address and header", target);
        }
        if (response.headers()
                .firstValue("content-encoding")
                .filter(it -> !it.equals("identity"))
                .isPresent()) {
            close(response);
            throw refused("answers in an encoding that nobody asked for", target);
        }
        if (response.headers().firstValueAsLong("content-length").orElse(0) > limits.bytes) {
            close(response);
            throw tooLarge(target);
        }
        return new BoundedStream(
                response.body(),
                limits,
                meanwhile,
                () -> tooLarge(target),
                why -> away("ended before the whole file was there (" + why + ")", target),
                client::shutdownNow);
    }

    private static void close(HttpResponse<InputStream> response) {
        try {
            response.body().close();
        } catch (IOException e) {
            // Nothing of it is wanted.
            LOG.debug("An answer could not be closed", e);
        }
    }

    private static String word(IOException e) {
        return e.getClass().getSimpleName();
    }

    /** The client wraps what its look-up of a name threw. */
    private static boolean isForbidden(Throwable e) {
        return e != null && (e instanceof ForbiddenAddress || isForbidden(e.getCause()));
    }

    private Ending.Now forbidden(Location target) {
        return refused(
                "is, or leads to, an address of this pod, the cluster, a private network or a cloud's own services"
                        + (allowPrivate ? "" : "; allowPrivateAddresses admits the cluster and private networks"),
                target);
    }

    private static Ending.Now inClear(Location target) {
        return refused(
                "is no address of a private network that may be asked, and a header is a secret that goes over http to no other: write https",
                target);
    }

    private Ending.Now tooLarge(Location target) {
        return refused("gives more than " + (limits.bytes >> 20) + " MiB; split the list over campaigns", target);
    }

    private static Ending.Now refused(String what, Location target) {
        return Ending.fault(ExitCode.BAD_INPUT, REFUSED, "spec.audience.url: " + target + " " + what + ".")
                .now();
    }

    static Ending.Now stopped() {
        return Ending.yielded("Stopped", "Asked to stop before the audience was imported.")
                .now();
    }

    private Ending.Now away(String what, Location target) {
        return Ending.later(
                        ExitCode.OK,
                        clock.instant().plus(AGAIN_AFTER),
                        AWAY,
                        "spec.audience.url: " + target + " " + what + "; it is asked again in "
                                + AGAIN_AFTER.toMinutes() + " minutes.")
                .now();
    }
}
