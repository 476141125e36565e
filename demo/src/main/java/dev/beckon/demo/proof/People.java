package dev.beckon.demo.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.beckon.leakscan.Needles;
import dev.beckon.simulator.world.Profile;
import dev.beckon.simulator.world.WorldSeed;
import dev.beckon.simulator.worldfile.WorldFile;
import java.nio.file.Path;
import java.util.List;

/** Everybody a run is about, as what must not be found: who lives in its world, and who stands in an audience only. */
public final class People {
    /** What the simulator calls somebody of whom the world file has neither name nor username. */
    private static final String NAMELESS = "Person";

    private People() {}

    /** Adds who lives in a world file as the simulator itself reads it, so those that it generates too. */
    public static Needles ofWorld(Path world, Needles needles) {
        for (WorldSeed.PersonSeed person : WorldFile.read(world).people()) {
            Profile profile = person.profile();
            profile.phone().ifPresent(phone -> needles.with("a person's phone", phone));
            profile.username().ifPresent(username -> needles.with("a person's username", username));
            if (!profile.firstName().equals(NAMELESS)) {
                needles.with("a person's name", profile.firstName());
            }
            needles.with("a person's last name", profile.lastName());
            profile.password().ifPresent(password -> needles.with("a person's password", password));
            profile.botToken().ifPresent(token -> needles.with("the token of a bot", token));
        }
        return needles;
    }

    /**
     * Adds the audiences of campaigns: what stands in the resource, and every cell of the Secrets and ConfigMaps that it names.
     * Nothing of them needs to be in any world.
     *
     * @param files of all namespaces
     */
    public static Needles ofAudiences(List<JsonNode> campaigns, UserFiles files, Needles needles) {
        for (JsonNode campaign : campaigns) {
            JsonNode audience = campaign.at("/spec/audience");
            for (JsonNode person : audience.path("inline")) {
                needles.withAudience(person.path("phone").asText() + "\n"
                        + person.path("username").asText() + "\n"
                        + person.path("firstName").asText());
            }
            String namespace = campaign.at("/metadata/namespace").asText();
            JsonNode secret = audience.path("secretRef");
            files.inSecret(
                            namespace,
                            secret.path("name").asText(),
                            secret.path("key").asText())
                    .ifPresent(needles::withAudience);
            JsonNode map = audience.path("configMapRef");
            files.inConfigMap(
                            namespace,
                            map.path("name").asText(),
                            map.path("key").asText())
                    .ifPresent(needles::withAudience);
        }
        return needles;
    }

    /** The ConfigMaps that are no campaign's audience: in one that is, its people stand by the user's own will. */
    static List<JsonNode> butForAudiences(List<JsonNode> configMaps, List<JsonNode> campaigns) {
        return configMaps.stream()
                .filter(map -> campaigns.stream().noneMatch(campaign -> isAudience(map, campaign)))
                .toList();
    }

    private static boolean isAudience(JsonNode configMap, JsonNode campaign) {
        return configMap.at("/metadata/name").equals(campaign.at("/spec/audience/configMapRef/name"))
                && configMap.at("/metadata/namespace").equals(campaign.at("/metadata/namespace"));
    }
}
