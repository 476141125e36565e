package dev.beckon.ledger.steward;

import dev.beckon.ledger.LedgerException;
import java.util.regex.Pattern;

/**
 * Why the list is changed by hand, and on whose word. Both stay in the audit for ever, so neither may hold a person's data.
 *
 * @param reason a word in CamelCase, such as {@code AskedByMail}
 * @param by who decided: a team or a ticket
 */
public record Decision(String reason, String by) {
    private static final Pattern REASON = Pattern.compile("[A-Z][A-Za-z0-9]{0,63}");
    private static final Pattern BY = Pattern.compile("[A-Za-z][A-Za-z0-9._/-]{0,63}");

    /** @throws LedgerException with a sentence when one of them has another form */
    public Decision {
        if (!REASON.matcher(reason).matches()) {
            throw new LedgerException("The reason is one word in CamelCase, at most 64 letters and digits, such as"
                    + " AskedByMail: it stays in the audit for ever.");
        }
        if (!BY.matcher(by).matches()) {
            throw new LedgerException("Who decided is a team or a ticket, such as support or SUP-1234: it begins with a"
                    + " letter, has at most 64 letters, digits, '.', '_', '/' and '-', and is no phone or address.");
        }
    }
}
