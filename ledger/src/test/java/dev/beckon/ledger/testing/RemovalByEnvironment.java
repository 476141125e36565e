package dev.beckon.ledger.testing;

import dev.beckon.ledger.Safeguard;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes out the safeguards that the environment variable {@code BECKON_WITHOUT} names, separated by commas: {@code intent},
 * {@code lease}, {@code suppression}, {@code frequency-cap}. Other names are another part's and ignored here.
 */
public final class RemovalByEnvironment implements Safeguard.Removal {
    @Override
    public Set<Safeguard> removed() {
        return named(Optional.ofNullable(System.getenv("BECKON_WITHOUT")).orElse(""));
    }

    static Set<Safeguard> named(String names) {
        Set<String> wanted = Arrays.stream(names.split(","))
                .map(name -> name.strip().toUpperCase(Locale.ROOT).replace('-', '_'))
                .collect(Collectors.toSet());
        return Arrays.stream(Safeguard.values())
                .filter(safeguard -> wanted.contains(safeguard.name()))
                .collect(Collectors.toSet());
    }
}
