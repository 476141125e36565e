package dev.beckon.demo.stage;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives suites the {@link Stage}: started for the first one that asks, and stopped when the last has ended. */
public final class StageExtension implements ParameterResolver {
    private static final Namespace OURS = Namespace.create(StageExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Stage.class;
    }

    @Override
    public Stage resolveParameter(ParameterContext parameter, ExtensionContext context) {
        // JUnit closes what is AutoCloseable here, and the root's store last of all.
        return context.getRoot()
                .getStore(OURS)
                .computeIfAbsent(
                        Stage.class, _ -> Stage.start(Path.of("target/stage").toAbsolutePath()), Stage.class);
    }
}
