package dev.beckon.demo.environment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the built programs lie.
 *
 * @param localCluster the program that is Kubernetes and kubectl
 * @param worker the folder with the worker's class path
 * @param operator the operator's {@code quarkus-app} folder
 * @param gateway the gateway's {@code quarkus-app} folder
 * @param manifests the folders and files that install Beckon into a cluster: custom resources, then the operator
 * @param gatewayManifests those that install the gateway
 */
public record Programs(
        Path localCluster, Path worker, Path operator, Path gateway, Path crds, Path manifests, Path gatewayManifests) {

    /** Written by {@code scripts/operator-start train}. */
    private static final String AOT_CACHE = "app.aot";

    /** The programs built in a checkout. @throws IllegalStateException naming what is missing and how to build it */
    public static Programs of(Path checkout, Path localCluster) {
        Programs programs = new Programs(
                localCluster,
                checkout.resolve("worker-image/target/worker"),
                checkout.resolve("operator/target/quarkus-app"),
                checkout.resolve("gateway/target/quarkus-app"),
                checkout.resolve("crds/src/main/resources/crds"),
                checkout.resolve("operator/src/main/kubernetes"),
                checkout.resolve("gateway/src/main/kubernetes"));
        for (Path path :
                new Path[] {programs.localCluster, programs.worker, programs.operator, programs.gateway, programs.crds
                }) {
            if (!Files.exists(path)) {
                throw new IllegalStateException(path + " is missing: run `make build` first");
            }
        }
        return programs;
    }

    /** How a worker is started, but for its subcommand: with the cache of its classes when `make build` made one. */
    public List<String> workerCommand() {
        Path cache = worker.resolve("worker.aot");
        List<String> command = new ArrayList<>(List.of(JavaProgram.executable(), "@" + worker.resolve("jvm.options")));
        if (Files.exists(cache)) {
            command.add("-XX:AOTCache=" + cache);
        }
        command.addAll(List.of("-cp", worker + "/lib/*", "dev.beckon.worker.Worker"));
        return List.copyOf(command);
    }

    /** How the operator is started, in the folder {@link #operator}: with the cache of its training when there is one. */
    public List<String> operatorCommand() {
        return command(operator);
    }

    /** The same for the gateway. */
    List<String> gatewayCommand() {
        return command(gateway);
    }

    private static List<String> command(Path app) {
        List<String> command = new ArrayList<>(List.of(JavaProgram.executable(), "@jvm.options"));
        if (Files.exists(app.resolve(AOT_CACHE))) {
            command.add("-XX:AOTCache=" + AOT_CACHE);
        }
        command.addAll(List.of("-jar", "quarkus-run.jar"));
        return List.copyOf(command);
    }
}
