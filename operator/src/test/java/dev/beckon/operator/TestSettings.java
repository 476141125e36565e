package dev.beckon.operator;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The operator's settings with their defaults. */
public final class TestSettings {
    private static final Settings DEFAULTS = with(Map.of());

    private TestSettings() {}

    public static Settings defaults() {
        return DEFAULTS;
    }

    public static Settings with(Map<String, String> changed) {
        Map<String, String> values = new HashMap<>(Map.of(
                "beckon.ledger.jdbc-url", "jdbc:mysql://localhost:1/",
                "beckon.ledger.username", "test",
                "beckon.ledger.password", "test"));
        values.putAll(changed);
        return new SmallRyeConfigBuilder()
                .withMapping(Settings.class)
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .withConverter(Duration.class, 200, new DurationConverter())
                .addDefaultInterceptors()
                .build()
                .getConfigMapping(Settings.class);
    }
}
