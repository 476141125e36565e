package dev.beckon.gateway;

import dev.beckon.ledger.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The start of the built gateway, to train it and to measure it; {@code scripts/gateway-start} runs this.
 *
 * <p>{@code train} lets some events in and refuses others, and writes the cache of loaded and linked classes (JEP 514).
 * {@code measure N} starts a gateway N times with the cache and N times without, in turn, and prints one line a figure,
 * {@code name=value}: the milliseconds from the start of the process until its first event is kept.
 */
public final class GatewayStart {
    private static final int EVENTS = 50;

    private GatewayStart() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("beckon-gateway-start-");
        try (House house = new House(TestDatabase.shared(), folder)) {
            House.Campaign campaign = house.campaign();
            switch (arguments[0]) {
                case "train" -> train(house, campaign);
                case "measure" -> measure(house, campaign, Integer.parseInt(arguments[1]));
                default -> throw new IllegalArgumentException("train, or measure N");
            }
        } finally {
            for (String file : List.of("gateway.log", "keys.json", "")) {
                Files.deleteIfExists(folder.resolve(file));
            }
        }
        // The shared database ends with the JVM.
        System.exit(0);
    }

    private static HttpResponse<String> post(GatewayProcess gateway, House.Campaign campaign, String body) {
        return gateway.send(HttpRequest.newBuilder(URI.create(gateway.address() + campaign.path()))
                .header("Authorization", "Bearer " + House.TOKEN)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private static void firstIsKept(GatewayProcess gateway, House.Campaign campaign) {
        String body = "{\"phone\":\"" + House.phone() + "\"}";
        while (post(gateway, campaign, body).statusCode() != 202) {
            Thread.onSpinWait();
        }
    }

    private static void train(House house, House.Campaign campaign) throws IOException {
        Files.deleteIfExists(GatewayProcess.CACHE);
        List<String> options = List.of("-XX:AOTCacheOutput=" + GatewayProcess.CACHE.getFileName());
        try (GatewayProcess gateway = GatewayProcess.start(house.log(), house.environment(Map.of()), options)) {
            firstIsKept(gateway, campaign);
            for (int i = 0; i < EVENTS; i++) {
                post(gateway, campaign, "{\"phone\":\"" + House.phone() + "\",\"event_id\":\"" + i / 2 + "\"}");
                post(gateway, campaign, "{\"phone\":\"nobody\"}");
                gateway.get(campaign.path() + "?phone=nobody");
            }
            gateway.get("/metrics");
        }
        if (!Files.exists(GatewayProcess.CACHE)) {
            throw new IllegalStateException("The JVM wrote no cache:\n" + Files.readString(house.log()));
        }
        System.out.printf(
                Locale.ROOT,
                "cache=%s mib=%.1f%n",
                GatewayProcess.CACHE,
                Files.size(GatewayProcess.CACHE) / (double) (1 << 20));
    }

    private static void measure(House house, House.Campaign campaign, int times) {
        List<Long> without = new ArrayList<>();
        List<Long> with = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            without.add(toFirstEvent(house, campaign, List.of()));
            with.add(toFirstEvent(house, campaign, List.of("-XX:AOTCache=" + GatewayProcess.CACHE.getFileName())));
        }
        print("gateway_start_plain", without);
        print("gateway_start_aot", with);
    }

    private static long toFirstEvent(House house, House.Campaign campaign, List<String> options) {
        long begin = System.nanoTime();
        try (GatewayProcess gateway = GatewayProcess.start(house.log(), house.environment(Map.of()), options)) {
            firstIsKept(gateway, campaign);
            return (System.nanoTime() - begin) / 1_000_000;
        }
    }

    private static void print(String name, List<Long> millis) {
        Collections.sort(millis);
        System.out.printf(
                Locale.ROOT,
                "%s_ms=%d min=%d max=%d runs=%d%n",
                name,
                millis.get(millis.size() / 2),
                millis.getFirst(),
                millis.getLast(),
                millis.size());
    }
}
