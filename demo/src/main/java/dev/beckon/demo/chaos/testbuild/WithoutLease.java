package dev.beckon.demo.chaos.testbuild;

import dev.beckon.ledger.accounts.LeaseResult;
import dev.beckon.ledger.sql.Database;
import java.util.concurrent.Callable;
import net.bytebuddy.implementation.bind.annotation.Argument;
import net.bytebuddy.implementation.bind.annotation.FieldValue;
import net.bytebuddy.implementation.bind.annotation.SuperCall;

/** Whoever asks for an account gets it, whoever had it goes on, and no watchdog ends anybody. */
public final class WithoutLease {
    private WithoutLease() {}

    /** For taking the account: takes it from its holder. */
    public static LeaseResult acquire(
            @FieldValue("database") Database database,
            @Argument(0) String accountUid,
            @SuperCall Callable<LeaseResult> acquire)
            throws Exception {
        LeaseResult first = acquire.call();
        if (first instanceof LeaseResult.Acquired) {
            return first;
        }
        database.useTransaction(
                "steal lease",
                handle -> handle.createUpdate("UPDATE beckon_accounts.lease SET takeover_at = 0 WHERE account_id ="
                                + " (SELECT account_id FROM beckon_accounts.account WHERE account_uid = :uid)")
                        .bind("uid", accountUid)
                        .execute());
        return acquire.call();
    }

    /** For the question whether a lease is still one's own. */
    public static boolean isHeldBy() {
        return true;
    }

    /** For setting the watchdog's deadline. */
    public static void arm() {
        // Nothing is armed.
    }
}
