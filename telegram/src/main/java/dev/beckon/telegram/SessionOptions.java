package dev.beckon.telegram;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What an engine needs to open a session.
 *
 * @param apiId the application's id at my.telegram.org
 * @param apiHash the application's hash; a secret, never printed
 * @param directory where the session's files live; private to this process
 * @param proxy the one fixed egress, if any
 * @param testDataCentre whether to use Telegram's test data centres
 * @param callTimeout how long a call may take before it counts as {@link TelegramError.Unanswered}, asked again while one is on its way; above
 *     60 s unless somebody waits for the session, because TDLib hides flood waits of up to 60 s in one call
 */
public record SessionOptions(
        int apiId,
        String apiHash,
        Path directory,
        Optional<Proxy> proxy,
        boolean testDataCentre,
        Supplier<Duration> callTimeout) {

    /** A SOCKS5 proxy; the password is a secret. */
    public record Proxy(String host, int port, Optional<String> username, Optional<String> password) {
        @Override
        public String toString() {
            return "Proxy[" + host + ":" + port + "]";
        }
    }

    @Override
    public String toString() {
        return "SessionOptions[directory=" + directory + ", proxy=" + proxy + "]";
    }
}
