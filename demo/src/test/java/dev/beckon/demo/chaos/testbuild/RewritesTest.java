package dev.beckon.demo.chaos.testbuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.beckon.demo.chaos.Protection;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.loading.ByteArrayClassLoader;
import net.bytebuddy.pool.TypePool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Notices a rename in the product that would make a chaos run without a protection prove nothing. */
class RewritesTest {
    private static final ClassLoader LOADER = RewritesTest.class.getClassLoader();
    private static final TypePool TYPES = TypePool.Default.of(LOADER);

    @TempDir
    Path folder;

    static Stream<List<Rewrite>> builds() {
        return Stream.concat(
                Stream.of(Rewrites.hurry(), Rewrites.limitless()),
                Stream.of(Protection.values()).map(Rewrites::without));
    }

    @ParameterizedTest
    @MethodSource("builds")
    void everyPlaceThatATestBuildChangesIsThereAndCanBeChanged(List<Rewrite> rewrites) throws Exception {
        Map<String, byte[]> classes = TestBuild.rewritten(rewrites).entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().replace('/', '.').replaceAll("\\.class$", ""), Map.Entry::getValue));
        assertThat(rewrites).isNotEmpty();
        for (Rewrite rewrite : rewrites) {
            Class<?> original = Class.forName(rewrite.type(), false, LOADER);
            assertThat(classes.get(rewrite.type())).isNotEqualTo(ClassFileLocator.ForClassLoader.read(original));
            // Initializing verifies the whole class.
            Class.forName(rewrite.type(), true, new ByteArrayClassLoader.ChildFirst(LOADER, classes));
        }
    }

    @ParameterizedTest
    @EnumSource(Protection.class)
    void aTestBuildHoldsTheRewrittenClassesAndWhatTheyCall(Protection protection) throws Exception {
        Path jar = folder.resolve("test-build.jar");
        TestBuild.write(jar, Optional.of(protection));
        try (JarFile read = new JarFile(jar.toFile())) {
            assertThat(read.stream().map(ZipEntry::getName))
                    .contains(
                            "META-INF/services/dev.beckon.worker.KillPoint$Trap",
                            "dev/beckon/demo/chaos/testbuild/StepTrap.class",
                            "dev/beckon/worker/session/LiveSession.class")
                    .containsAll(Rewrites.without(protection).stream()
                            .map(rewrite -> rewrite.type().replace('.', '/') + ".class")
                            .toList());
        }
    }

    @Test
    void aRenamedMethodIsRefusedWithASentence() {
        Rewrite gone = new Rewrite.Method("dev.beckon.ledger.accounts.Leases", "isMine", 2, WithoutLease.class);
        assertThatIllegalStateException()
                .isThrownBy(() -> TestBuild.rewritten(List.of(gone)))
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
