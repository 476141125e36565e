package dev.beckon.operator.account;

import dev.beckon.crd.TelegramAccount;
import dev.beckon.operator.SharedWatch;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Accounts, watched once for all controllers. */
@ApplicationScoped
public class AccountWatch extends SharedWatch<TelegramAccount> implements AccountLookup {
    @Override
    public List<TelegramAccount> in(String namespace) {
        return all(namespace).toList();
    }
}
