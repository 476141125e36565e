package dev.beckon.demo.stage;

import dev.beckon.demo.DaytimeZone;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A campaign as a person writes it.
 *
 * @param audience the source, as a YAML flow mapping
 */
public record CampaignYaml(
        String name, String namespace, String account, String target, String mode, String audience, String zone) {
    /** It sends links, so that whoever got one is no member afterwards and could be sent another. */
    public static CampaignYaml of(String name, String namespace, String account, String target) {
        return new CampaignYaml(
                name, namespace, account, target, "LinkOnly", "{inline: []}", DaytimeZone.at(Instant.now()));
    }

    /** A zone in which it is about two at night. */
    public static String nightZone() {
        int east = 2 - Instant.now().atOffset(ZoneOffset.UTC).getHour();
        int offset = east < -12 ? east + 24 : east;
        return "Etc/GMT" + (offset > 0 ? "-" : "+") + Math.abs(offset);
    }

    /** Who is in the resource itself. */
    public CampaignYaml people(String... usernames) {
        return audience(Arrays.stream(usernames)
                .map(name -> "{username: " + name + "}")
                .collect(Collectors.joining(", ", "{inline: [", "]}")));
    }

    /** With people from another source. */
    public CampaignYaml audience(String source) {
        return new CampaignYaml(name, namespace, account, target, mode, source, zone);
    }

    /** In another namespace. */
    public CampaignYaml in(String otherNamespace) {
        return new CampaignYaml(name, otherNamespace, account, target, mode, audience, zone);
    }

    /** For another chat. */
    public CampaignYaml target(String other) {
        return new CampaignYaml(name, namespace, account, other, mode, audience, zone);
    }

    /** In another mode. */
    public CampaignYaml mode(String other) {
        return new CampaignYaml(name, namespace, account, target, other, audience, zone);
    }

    /** In another time zone. */
    public CampaignYaml zone(String other) {
        return new CampaignYaml(name, namespace, account, target, mode, audience, other);
    }

    /** The manifest. */
    public String text() {
        return """
                apiVersion: beckon.dev/v1alpha1
                kind: InviteCampaign
                metadata: {name: %s, namespace: %s}
                spec:
                  target: "%s"
                  accounts: {names: [%s]}
                  audience: %s
                  consent: {basis: OptIn, evidence: asked at the door}
                  mode: %s
                  pacing:
                    delay: {min: 1s, max: 1s}
                    window: {start: "08:00", end: "22:00", timeZone: %s}
                """.formatted(name, namespace, target, account, audience, mode, zone);
    }
}
