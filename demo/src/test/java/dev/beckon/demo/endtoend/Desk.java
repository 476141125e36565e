package dev.beckon.demo.endtoend;

import dev.beckon.demo.DaytimeZone;
import dev.beckon.demo.stage.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Where somebody of the platform team sits: kubectl, the worker's program and MariaDB's, and what the pages leave to them, as variables. */
final class Desk {
    static final String CHAT = "@e2e_letters";
    static final String FRIEND = "e_watched_3";

    private static final List<String> DOMAINS = List.of("accounts", "invite", "parser", "content", "audit");
    private static final String ADMIN = "drill";
    private static final String HURRIED =
            "settings: {BECKON_PACE_SLICE: 20s, BECKON_PACE_PROGRESS: 1s, BECKON_PACE_LOOK: 3s, BECKON_PACE_RECHECK: 3s}, "
                    + "podAnnotations: {example.org/release: RELEASE}, ";

    private final Stage stage;
    private final Path folder;
    private final TypedHelm helm;
    private final Map<String, String> variables = new HashMap<>();

    private Desk(Stage stage, Path folder) {
        this.stage = stage;
        this.folder = folder;
        this.helm = new TypedHelm(folder, stage.environment().cluster().kubeconfig());
    }

    static Desk of(Stage stage, Path folder) throws IOException {
        Desk desk = new Desk(stage, folder);
        Files.createDirectories(folder.resolve("bin"));
        String ledger = stage.environment().database().url();
        desk.variables.putAll(Map.of(
                "LEDGER_URL",
                ledger,
                "REDIS_URL",
                stage.environment().redis().url(),
                "ADMIN",
                ADMIN,
                "ADMIN_PASSWORD",
                ADMIN,
                "API_ID",
                "17349",
                "API_HASH",
                "00112233445566778899aabbccddeeff",
                "PHONE",
                "+4915130000005",
                "CODE",
                "12345",
                "CHAT",
                CHAT,
                "USERNAME",
                FRIEND));
        desk.variables.put("TIME_ZONE", DaytimeZone.at(Instant.now()));
        desk.variables.putAll(Map.of(
                "BECKON_LEDGER_JDBC_URL", ledger,
                "BECKON_LEDGER_USERNAME", ADMIN,
                "BECKON_LEDGER_PASSWORD", ADMIN));
        Files.writeString(
                folder.resolve("backup.cnf"),
                "[client]\nhost=127.0.0.1\nport="
                        + stage.environment().database().port() + "\nuser=" + ADMIN + "\npassword=" + ADMIN
                        + "\nskip-ssl\n");
        program("worker", folder, """
                #!/bin/sh
                cd %s && exec %s @jvm.options -cp 'lib/*' dev.beckon.worker.Worker "$@"
                """.formatted(
                        Stage.checkout().resolve("worker-image/target/worker"),
                        ProcessHandle.current().info().command().orElseThrow()));
        return desk;
    }

    private static void program(String name, Path folder, String text) throws IOException {
        Path file = Files.writeString(folder.resolve("bin").resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** The environment was installed by its own means: of that nothing stays, and the administrator has the rights of docs/helm.md. */
    void forgetInstallation() throws SQLException {
        stage.kubectl("delete", "deployments,cronjobs", "--all", "-n", "beckon-system");
        stage.kubectl("delete", "namespace", "beckon-system", "--timeout=120s");
        for (String part : List.of("beckon-operator", "beckon-view", "beckon-edit")) {
            stage.kubectl("delete", "clusterrole,clusterrolebinding", part, "--ignore-not-found");
        }
        stage.kubectl(
                "delete",
                "customresourcedefinitions",
                "telegramaccounts.beckon.dev",
                "invitecampaigns.beckon.dev",
                "parserjobs.beckon.dev",
                "autopostschedules.beckon.dev");
        try (var admin = stage.environment().admin();
                var statement = admin.createStatement()) {
            for (String domain : DOMAINS) {
                statement.execute("DROP DATABASE beckon_" + domain);
            }
            for (String user : List.of("operator", "worker", "steward", "gateway")) {
                statement.execute("DROP USER 'beckon_" + user + "'@'%'");
            }
            statement.execute("CREATE USER '" + ADMIN + "'@'%' IDENTIFIED BY '" + ADMIN + "'");
            statement.execute("GRANT ALL PRIVILEGES ON `beckon\\_%`.* TO '" + ADMIN + "'@'%' WITH GRANT OPTION");
            statement.execute("GRANT CREATE USER ON *.* TO '" + ADMIN + "'@'%'");
        }
    }

    /**
     * The page's values with this machine's images, and an operator that hurries.
     *
     * @param release another one has other pods
     */
    void values(String yaml, String release) throws IOException {
        Files.writeString(
                folder.resolve("values.yaml"),
                yaml.replace("registry.example/", "")
                        .replace("tag: 0.1.0", "tag: dev")
                        .replace("operator: {", "operator: {" + HURRIED.replace("RELEASE", release)));
    }

    /** Types the block of a page's commands that has these words in it. */
    String type(String page, String words) throws IOException {
        passwords();
        return Documentation.type(
                stage,
                folder,
                Documentation.commands(page, words),
                variables,
                List.of(
                        folder.resolve("bin"),
                        Path.of("target/drill/database/base/bin").toAbsolutePath()));
    }

    void helm(String page, String words) {
        helm.type(Documentation.commands(page, words));
    }

    /** As docs/webhook.md has it: what docs/backup.md says of the gateway is for those who have one. */
    void gateway() throws IOException {
        Files.writeString(folder.resolve("gateway.password"), "of the gateway alone");
        Documentation.type(stage, folder, """
                kubectl create secret generic beckon-gateway -n beckon-system --from-literal=jdbc-url="$LEDGER_URL" \\
                  --from-literal=username=beckon_gateway --from-literal=password="$(cat gateway.password)" \\
                  --from-literal=redis-url="$REDIS_URL" --from-file=keys.json
                """, variables, List.of());
        helm.type(
                "helm upgrade beckon helm/beckon -n beckon-system --reset-then-reuse-values --set gateway.enabled=true"
                        + " --set gateway.image.tag=dev");
        stage.kubectl("rollout", "status", "deployment/beckon-gateway", "-n", "beckon-system", "--timeout=150s");
    }

    /** `worker migrate` is given all that were made so far. */
    private void passwords() throws IOException {
        for (String user : List.of("operator", "worker", "steward", "gateway", "exporter")) {
            Path file = folder.resolve(user + ".password");
            if (Files.exists(file)) {
                variables.put(
                        "BECKON_" + user.toUpperCase(Locale.ROOT) + "_PASSWORD",
                        Files.readString(file).strip());
            }
        }
    }
}
