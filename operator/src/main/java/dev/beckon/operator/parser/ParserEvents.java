package dev.beckon.operator.parser;

import dev.beckon.crd.ParserJob;
import dev.beckon.operator.ledger.Subject;
import dev.beckon.operator.run.AccountUsers;
import dev.beckon.operator.worker.Owner;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** What has a parser looked at again. */
@ApplicationScoped
public class ParserEvents {
    private static final AccountUsers.Kind<ParserJob> KIND = new AccountUsers.Kind<>(
            Owner.Kind.PARSER, it -> it.getSpec().account().name(), Subject::parser);

    private final ParserWatch watch;
    private final AccountUsers users;

    public ParserEvents(ParserWatch watch, AccountUsers users) {
        this.watch = watch;
        this.users = users;
    }

    List<EventSource<?, ParserJob>> sources(EventSourceContext<ParserJob> context) {
        List<EventSource<?, ParserJob>> sources = new ArrayList<>(users.sources(KIND, context));
        sources.add(watch.source(context));
        return sources;
    }
}
