package dev.beckon.demo.chaos.testbuild;

import static net.bytebuddy.matcher.ElementMatchers.isTypeInitializer;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.implementation.MethodDelegation;
import net.bytebuddy.pool.TypePool;

/** One place of the product that a test build changes. What it names must be there: a rename must not make a run prove nothing. */
sealed interface Rewrite {
    /** The class that is rewritten. */
    String type();

    /** Rewrites the class. */
    DynamicType.Builder<?> in(DynamicType.Builder<?> builder, TypePool types);

    /** @throws IllegalStateException with a sentence when the class or its member is not there any more */
    void require(TypePool types);

    /**
     * Another method runs instead.
     *
     * @param parameters how many the method has
     * @param with has a static method of the same name
     */
    record Method(String type, String method, int parameters, Class<?> with) implements Rewrite {
        @Override
        public DynamicType.Builder<?> in(DynamicType.Builder<?> builder, TypePool types) {
            TypeDescription replacement = types.describe(with.getName()).resolve();
            return builder.method(named(method).and(takesArguments(parameters)))
                    .intercept(MethodDelegation.withDefaultConfiguration()
                            .filter(named(method))
                            .to(replacement));
        }

        @Override
        public void require(TypePool types) {
            boolean there = described(types, type).getDeclaredMethods().stream()
                    .anyMatch(
                            m -> m.getName().equals(method) && m.getParameters().size() == parameters);
            if (!there) {
                throw gone(type + " has no method " + method + " with " + parameters + " parameters");
            }
        }
    }

    /**
     * A constant has another value.
     *
     * @param advice is inlined at the end of the class's initializer
     */
    record Constant(String type, String field, Class<?> advice) implements Rewrite {
        @Override
        public DynamicType.Builder<?> in(DynamicType.Builder<?> builder, TypePool types) {
            return builder.visit(Advice.to(advice).on(isTypeInitializer()));
        }

        @Override
        public void require(TypePool types) {
            boolean there = described(types, type).getDeclaredFields().stream()
                    .anyMatch(f -> f.getName().equals(field));
            if (!there) {
                throw gone(type + " has no constant " + field);
            }
        }
    }

    private static TypeDescription described(TypePool types, String type) {
        TypePool.Resolution resolution = types.describe(type);
        if (!resolution.isResolved()) {
            throw gone("there is no class " + type);
        }
        return resolution.resolve();
    }

    private static IllegalStateException gone(String what) {
        return new IllegalStateException(what + " any more: adapt the test build");
    }
}
