package dev.beckon.ledger.accounts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The Telegram user behind an account, over all names it has here: its flood wait and its limitation bind all of them.
 *
 * @param telegramUserId absent until a login
 * @param state of the account itself, or {@code Limited} when any of the user's accounts is
 * @param coolDownUntil the latest of all the user's accounts
 */
public record TelegramUserRow(Optional<Long> telegramUserId, AccountState state, Instant coolDownUntil) {

    private record Row(long accountId, Optional<Long> user, AccountState state, long coolDownUntil) {}

    /** Locks the rows of the user until the end of the transaction: two names of one user count one after the other. */
    public static TelegramUserRow lock(Handle handle, long accountId) {
        // The id is a statement of its own to the database, read first: a condition for both would scan, and so wait
        // for
        // accounts that are not concerned; and a join would lock the rows of one user in two orders.
        List<Row> rows = rows(
                handle,
                "telegram_user_id = (SELECT own.telegram_user_id"
                        + " FROM beckon_accounts.account own WHERE own.account_id = :account)",
                accountId);
        if (rows.isEmpty()) {
            // Nobody knows whose it is.
            rows = rows(handle, "account_id = :account", accountId);
        }
        Row own = rows.stream()
                .filter(row -> row.accountId == accountId)
                .findFirst()
                .orElseThrow();
        boolean limited = rows.stream().anyMatch(row -> row.state == AccountState.Limited);
        long coolDown = rows.stream().mapToLong(Row::coolDownUntil).max().orElse(0);
        return new TelegramUserRow(
                own.user, limited ? AccountState.Limited : own.state, Instant.ofEpochMilli(coolDown));
    }

    private static List<Row> rows(Handle handle, String which, long accountId) {
        return handle.createQuery(
                        "SELECT account_id, telegram_user_id, state, cool_down_until FROM beckon_accounts.account"
                                + " WHERE " + which + " ORDER BY account_id FOR UPDATE")
                .bind("account", accountId)
                .map((row, context) -> new Row(
                        row.getLong("account_id"),
                        Optional.ofNullable(row.getObject("telegram_user_id", Long.class)),
                        AccountState.valueOf(row.getString("state")),
                        row.getLong("cool_down_until")))
                .list();
    }
}
