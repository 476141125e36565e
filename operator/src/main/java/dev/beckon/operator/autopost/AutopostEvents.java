package dev.beckon.operator.autopost;

import dev.beckon.crd.AutopostSchedule;
import dev.beckon.operator.ledger.Subject;
import dev.beckon.operator.run.AccountUsers;
import dev.beckon.operator.worker.Owner;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** What has a schedule looked at again. */
@ApplicationScoped
public class AutopostEvents {
    private static final AccountUsers.Kind<AutopostSchedule> KIND = new AccountUsers.Kind<>(
            Owner.Kind.AUTOPOST, it -> it.getSpec().account().name(), Subject::autopost);

    private final AccountUsers users;

    public AutopostEvents(AccountUsers users) {
        this.users = users;
    }

    List<EventSource<?, AutopostSchedule>> sources(EventSourceContext<AutopostSchedule> context) {
        return users.sources(KIND, context);
    }
}
