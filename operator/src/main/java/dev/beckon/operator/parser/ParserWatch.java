package dev.beckon.operator.parser;

import dev.beckon.crd.ParserJob;
import dev.beckon.operator.SharedWatch;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Parsers, watched once for all controllers. */
@ApplicationScoped
public class ParserWatch extends SharedWatch<ParserJob> implements ParserLookup {
    @Override
    public Optional<ParserJob> find(String namespace, String name) {
        return one(namespace, name);
    }
}
