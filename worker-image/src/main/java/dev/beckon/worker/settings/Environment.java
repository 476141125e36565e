package dev.beckon.worker.settings;

import dev.beckon.telegram.SessionOptions.Proxy;
import dev.beckon.worker.BadInput;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The environment variables a worker knows; docs/worker.md lists them.
 *
 * @param variables as {@link System#getenv()} gives them
 */
public record Environment(Map<String, String> variables) {

    /** Below which the files of {@link dev.beckon.workorder.Paths} are looked for. */
    public Path root() {
        return Path.of(value("BECKON_ROOT").orElse("/"));
    }

    /** Who holds the lease: pod name and uid, so that a pod of the same name is someone else. */
    public String holder() {
        Optional<String> name = value("POD_NAME");
        Optional<String> uid = value("POD_UID");
        return name.isPresent() && uid.isPresent()
                ? name.get() + "/" + uid.get()
                : "process-" + ProcessHandle.current().pid() + "/" + java.util.UUID.randomUUID();
    }

    /**
     * Which run this process is part of when its work order names none: the Job's uid, which all of its pods share.
     *
     * @throws BadInput when it is not set, or is no uid
     */
    public String runUid() {
        return value("BECKON_RUN_UID")
                .filter(uid -> uid.matches("[A-Za-z0-9._-]{1,64}"))
                .orElseThrow(() -> new BadInput("The work order names no run, and the environment variable"
                        + " BECKON_RUN_UID is no run's uid: the operator sets it; by hand, write one of up to 64 letters,"
                        + " digits, '.', '_' or '-'"));
    }

    /** The native library {@code libtdjson}: its path, or its name alone; where the image has it when not set. */
    public Path tdlibLibrary() {
        return Path.of(value("BECKON_TDLIB_LIBRARY").orElse("/opt/beckon/lib/libtdjson.so"));
    }

    /** The installation's egress, used by accounts that name none. */
    public Optional<Proxy> telegramProxy() {
        return value("BECKON_TELEGRAM_PROXY").map(Environment::proxy);
    }

    /** Whether a second start in the same pod has nothing to do but wait for the pod's removal: as in a Deployment's. */
    public boolean oneRunPerPod() {
        return flag("BECKON_ONE_RUN_PER_POD");
    }

    /** How long a worker without its lease may go without a sign of life: from 1 s to an hour. */
    public Duration startWithin() {
        try {
            long seconds = Long.parseLong(value("BECKON_START_SECONDS").orElse("300"));
            if (seconds >= 1 && seconds <= 3_600) {
                return Duration.ofSeconds(seconds);
            }
        } catch (NumberFormatException e) {
            throw new BadInput("The environment variable BECKON_START_SECONDS is no number", e);
        }
        throw new BadInput("The environment variable BECKON_START_SECONDS must be from 1 to 3600");
    }

    /** Whether to use Telegram's test data centres. */
    public boolean testDataCentre() {
        return flag("BECKON_TELEGRAM_TEST_DC");
    }

    private boolean flag(String name) {
        return switch (value(name).orElse("false")) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw new BadInput("The environment variable " + name + " must be true or false");
        };
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(variables.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static Proxy proxy(String text) {
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            // The value is left out: it may carry a password.
            throw notAProxy();
        }
        if (!"socks5".equals(uri.getScheme()) || uri.getHost() == null || uri.getPort() < 1) {
            throw notAProxy();
        }
        Optional<String[]> user = Optional.ofNullable(uri.getUserInfo()).map(info -> info.split(":", 2));
        return new Proxy(
                uri.getHost(),
                uri.getPort(),
                user.map(parts -> parts[0]),
                user.filter(parts -> parts.length == 2).map(parts -> parts[1]));
    }

    private static BadInput notAProxy() {
        return new BadInput("The environment variable BECKON_TELEGRAM_PROXY is no proxy: write socks5://host:port");
    }

    @Override
    public String toString() {
        return "Environment[" + variables.size() + " variables]";
    }
}
