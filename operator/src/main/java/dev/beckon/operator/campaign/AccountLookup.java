package dev.beckon.operator.campaign;

import dev.beckon.crd.TelegramAccount;
import java.util.List;

/** Where campaigns find accounts. */
@FunctionalInterface
public interface AccountLookup {
    /** All accounts of a namespace. */
    List<TelegramAccount> in(String namespace);
}
