package dev.beckon.operator.parser;

import dev.beckon.crd.ParserJob;
import java.util.Optional;

/** Where parsers are found. */
@FunctionalInterface
public interface ParserLookup {
    /** As the cluster has it. */
    Optional<ParserJob> find(String namespace, String name);
}
