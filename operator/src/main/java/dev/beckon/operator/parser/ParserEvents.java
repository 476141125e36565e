package dev.beckon.operator.parser;

import dev.beckon.crd.ParserJob;
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

/** What has a parser looked at again. */
@ApplicationScoped
public class ParserEvents {
    private static final AccountUsers.Kind<ParserJob> KIND = new AccountUsers.Kind<>(
            ParserJob.class, Owner.Kind.PARSER, it -> it.getSpec().account().name(), Subject::parser);

    private final AccountUsers users;
    private volatile Optional<Sources<ParserJob>> sources = Optional.empty();

    public ParserEvents(AccountUsers users) {
        this.users = users;
    }

    List<EventSource<?, ParserJob>> sources(EventSourceContext<ParserJob> context) {
        sources = Optional.of(users.sources(KIND, context));
        return sources.get().all();
    }

    /** All accounts of a namespace. */
    public List<TelegramAccount> accounts(String namespace) {
        return sources.map(it -> it.accounts(namespace)).orElse(List.of());
    }
}
