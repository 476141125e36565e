package dev.beckon.operator.autopost;

import dev.beckon.crd.AutopostSchedule;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.operator.ledger.Subject;
import dev.beckon.operator.run.AccountUsers;
import dev.beckon.operator.run.AccountUsers.Sources;
import dev.beckon.operator.worker.Owner;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** What has a schedule looked at again. */
@ApplicationScoped
public class AutopostEvents {
    private static final AccountUsers.Kind<AutopostSchedule> KIND = new AccountUsers.Kind<>(
            AutopostSchedule.class,
            Owner.Kind.AUTOPOST,
            it -> it.getSpec().account().name(),
            Subject::autopost);

    private final AccountUsers users;
    private volatile Optional<Sources<AutopostSchedule>> sources = Optional.empty();

    public AutopostEvents(AccountUsers users) {
        this.users = users;
    }

    List<EventSource<?, AutopostSchedule>> sources(EventSourceContext<AutopostSchedule> context) {
        sources = Optional.of(users.sources(KIND, context));
        return sources.get().all();
    }

    /** All accounts of a namespace. */
    public List<TelegramAccount> accounts(String namespace) {
        return sources.map(it -> it.accounts(namespace)).orElse(List.of());
    }
}
