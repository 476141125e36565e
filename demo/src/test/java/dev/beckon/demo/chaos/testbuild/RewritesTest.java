package dev.beckon.demo.chaos.testbuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.beckon.demo.chaos.Protection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.loading.ByteArrayClassLoader;
import net.bytebuddy.pool.TypePool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Notices a rename in the product that would make a chaos run without a protection prove nothing. */
class RewritesTest {
    private static final ClassLoader LOADER = RewritesTest.class.getClassLoader();
    private static final TypePool TYPES = TypePool.Default.of(LOADER);

    static Stream<String> words() {
        return Stream.concat(
                Stream.of(TestBuild.HURRY), Stream.of(Protection.values()).map(Protection::label));
    }

    @ParameterizedTest
    @MethodSource("words")
    void everyPlaceThatATestBuildChangesIsThereAndCanBeChanged(String word) throws Exception {
        List<Rewrite> rewrites = Rewrites.of(word);
        assertThat(rewrites).isNotEmpty();
        for (Rewrite rewrite : rewrites) {
            rewrite.require(TYPES);
            byte[] rewritten = rewritten(rewrite);
            assertThat(rewritten)
                    .isNotEqualTo(ClassFileLocator.ForClassLoader.read(Class.forName(rewrite.type(), false, LOADER)));
            // Initializing verifies the whole class.
            Class.forName(
                    rewrite.type(),
                    true,
                    new ByteArrayClassLoader.ChildFirst(LOADER, Map.of(rewrite.type(), rewritten)));
        }
    }

    private static byte[] rewritten(Rewrite rewrite) {
        DynamicType.Builder<?> builder = new ByteBuddy()
                .rebase(TYPES.describe(rewrite.type()).resolve(), ClassFileLocator.ForClassLoader.of(LOADER));
        try (DynamicType.Unloaded<?> made = rewrite.in(builder, TYPES).make()) {
            return made.getBytes();
        }
    }

    @Test
    void aRenamedMethodIsRefusedWithASentence() {
        Rewrite gone = new Rewrite.Method("dev.beckon.ledger.accounts.Leases", "isMine", 2, WithoutLease.class);
        assertThatIllegalStateException()
                .isThrownBy(() -> gone.require(TYPES))
                .withMessage("dev.beckon.ledger.accounts.Leases has no method isMine with 2 parameters any more:"
                        + " adapt the test build");
    }

    @Test
    void anotherNumberOfParametersIsAnotherMethod() {
        Rewrite gone = new Rewrite.Method("dev.beckon.ledger.accounts.Leases", "isHeldBy", 3, WithoutLease.class);
        assertThatIllegalStateException().isThrownBy(() -> gone.require(TYPES));
    }

    @Test
    void aRenamedClassOrConstantIsRefusedWithASentence() {
        Rewrite type = new Rewrite.Method("dev.beckon.ledger.Leases", "isHeldBy", 2, WithoutLease.class);
        assertThatIllegalStateException()
                .isThrownBy(() -> type.require(TYPES))
                .withMessageContaining("there is no class dev.beckon.ledger.Leases");
        Rewrite constant = new Rewrite.Constant("dev.beckon.worker.session.LiveSession", "LONGEST", Hurry.Calls.class);
        assertThatIllegalStateException()
                .isThrownBy(() -> constant.require(TYPES))
                .withMessageContaining("has no constant LONGEST");
    }
}
