package dev.beckon.worker.login;

import dev.beckon.worker.Workshop;
import dev.beckon.worker.session.HeldAccount;
import dev.beckon.worker.session.LiveSession;
import dev.beckon.workorder.LoginOrder;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Before a person is asked for anything: an account that was deleted and made again goes on with the session it had, unless it is
 * to be another Telegram user now.
 */
final class Readoption {
    private static final Logger LOG = LoggerFactory.getLogger(Readoption.class);
    private static final Duration STEP = Duration.ofMillis(500);

    /** A worker of the deleted account saves its session within its grace period, or its lease runs out. */
    private static final Duration PATIENCE = Duration.ofSeconds(75);

    private final Workshop workshop;
    private final LoginOrder order;
    private final Credentials credentials;

    Readoption(Workshop workshop, LoginOrder order, Credentials credentials) {
        this.workshop = workshop;
        this.order = order;
        this.credentials = credentials;
    }

    /** Takes the kept session over, if there is one. Whoever dies here leaves it with the one or the other account. */
    void tryWith(HeldAccount account) {
        // A bot's login asks nobody for anything, so its token decides; who scans a code has told no phone, unless the
        // Secret does.
        Optional<String> phone = credentials.fresh(Credentials.Key.PHONE);
        boolean wanted = switch (order.method()) {
            case BotToken -> false;
            case PhoneCode -> phone.isPresent();
            case QrCode -> true;
        };
        if (wanted) {
            tryWith(account, phone);
        }
    }

    private void tryWith(HeldAccount account, Optional<String> phone) {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            switch (workshop.ledger()
                    .keptSessions()
                    .adopt(
                            account.lease(),
                            order.account().namespace(),
                            order.account().name(),
                            phone)) {
                case ADOPTED -> {
                    LOG.info("Goes on with the session that the account of this name had before it was deleted");
                    return;
                }
                case NONE -> {
                    return;
                }
                case IN_USE -> {
                    if (System.nanoTime() > giveUp || workshop.stop().isRaised()) {
                        LOG.info("The session of the account that had this name before is still in use: logs in anew");
                        return;
                    }
                    workshop.stop().sleep(STEP);
                }
                case LEASE_LOST -> throw LiveSession.leaseLost(workshop);
            }
        }
    }
}
