package dev.beckon.operator.account;

import dev.beckon.crd.TelegramAccount;
import java.util.List;

/** Where accounts are found. */
@FunctionalInterface
public interface AccountLookup {
    /** All accounts of a namespace. */
    List<TelegramAccount> in(String namespace);
}
