package dev.beckon.demo;

import dev.beckon.crd.TelegramAccount;
import dev.beckon.crd.TelegramAccountStatus.Login;
import dev.beckon.demo.proof.ControlDoor;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a person does when an account logs in by a QR code: holds a phone that is logged in to the account over it. In the demo
 * that phone is the simulator's, and the account is named as its person in the world file.
 */
final class Scans {
    private final ControlDoor telegram;
    private final InstantSource clock;
    private final Map<String, Instant> taken = new HashMap<>();
    private final Set<String> shown = new HashSet<>();
    private final Set<String> scanned = new HashSet<>();

    Scans(ControlDoor telegram, InstantSource clock) {
        this.telegram = telegram;
        this.clock = clock;
    }

    /** When Telegram took a scan, the newest one, by the account's name. */
    Map<String, Instant> taken() {
        return Map.copyOf(taken);
    }

    /** Looks at one account; {@code say} shows a line to the person. The link itself is a key to the account: nobody sees it. */
    void look(TelegramAccount account, Consumer<String> say) {
        Optional<Login> login = Optional.ofNullable(account.getStatus()).map(status -> status.login());
        Optional<String> link = login.map(Login::qrLink);
        if (link.isEmpty()) {
            return;
        }
        String name = account.getMetadata().getName();
        if (shown.add(name)) {
            say.accept("Account " + name + " waits for the scan of its QR code, which `kubectl logs job/"
                    + login.get().job() + "` draws. A phone of " + name + " scans it.");
        }
        if (!scanned.add(link.get())) {
            return;
        }
        if (telegram.scan(name, link.get())) {
            taken.put(name, clock.instant());
        } else {
            say.accept("The code was renewed meanwhile: the next one is scanned.");
        }
    }
}
