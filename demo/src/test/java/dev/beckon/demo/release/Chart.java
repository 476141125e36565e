package dev.beckon.demo.release;

import com.marcnuri.helm.Helm;
import dev.beckon.demo.stage.Stage;
import java.nio.file.Path;
import java.util.Map;

/** What a person does with the chart by Helm. */
record Chart(Path kubeconfig, Path valuesFile) {
    private static final int PATIENCE_SECONDS = 240;

    /** {@code helm install}. */
    void install(Map<String, Object> values) {
        new Helm(folder())
                .install()
                .withName(Release.NAME)
                .withNamespace(Release.SYSTEM)
                .withKubeConfig(kubeconfig)
                .withValuesFile(written(values))
                .withTimeout(PATIENCE_SECONDS)
                .call();
    }

    /** {@code helm upgrade}. */
    void upgrade(Map<String, Object> values) {
        new Helm(folder())
                .upgrade()
                .withName(Release.NAME)
                .withNamespace(Release.SYSTEM)
                .withKubeConfig(kubeconfig)
                .withValuesFile(written(values))
                .withTimeout(PATIENCE_SECONDS)
                .call();
    }

    /** {@code helm test}. */
    void test() {
        Helm.test(Release.NAME)
                .withNamespace(Release.SYSTEM)
                .withKubeConfig(kubeconfig)
                .withTimeout(PATIENCE_SECONDS)
                .call();
    }

    /** {@code helm uninstall}. */
    void uninstall() {
        Helm.uninstall(Release.NAME)
                .withNamespace(Release.SYSTEM)
                .withKubeConfig(kubeconfig)
                .call();
    }

    private static Path folder() {
        return Stage.checkout().resolve("helm/beckon");
    }

    private Path written(Map<String, Object> values) {
        return Release.write(valuesFile, Release.json(values));
    }
}
