package dev.beckon.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.crd.AutopostSchedule;
import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.ParserJob;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.demo.environment.Cluster;
import dev.beckon.demo.proof.UserFiles;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The campaigns, parsers and schedules of a namespace, and what belongs to them, read as a user would: by kubectl. */
public final class Campaigns {
    private static final JsonMapper JSON = new JsonMapper();

    private final Cluster cluster;
    private final String namespace;

    public Campaigns(Cluster cluster, String namespace) {
        this.cluster = cluster;
        this.namespace = namespace;
    }

    /** All campaigns. */
    public List<InviteCampaign> all() {
        return items("campaigns", InviteCampaign.class);
    }

    /** Likewise the parsers. */
    public List<ParserJob> parsers() {
        return items("parserjobs", ParserJob.class);
    }

    /** Likewise the schedules. */
    public List<AutopostSchedule> schedules() {
        return items("autopostschedules", AutopostSchedule.class);
    }

    /** All three at one moment, asked for by one process of kubectl: what is asked every other second. */
    public Everything everything() {
        List<JsonNode> items = items("campaigns,parserjobs,autopostschedules");
        return new Everything(
                of(items, InviteCampaign.class), of(items, ParserJob.class), of(items, AutopostSchedule.class));
    }

    /** Campaigns, parsers and schedules. */
    public record Everything(
            List<InviteCampaign> campaigns, List<ParserJob> parsers, List<AutopostSchedule> schedules) {}

    private static <T> List<T> of(List<JsonNode> items, Class<T> type) {
        return items.stream()
                .filter(item -> item.path("kind").asText().equals(type.getSimpleName()))
                .map(item -> Serialization.unmarshal(item.toString(), type))
                .toList();
    }

    /** The accounts that all of them share. */
    public List<TelegramAccount> accounts() {
        return items("telegramaccounts", TelegramAccount.class);
    }

    /** The files in Secrets and ConfigMaps, some of which hold audiences. */
    public UserFiles files() {
        return new UserFiles(items("secrets"), items("configmaps"));
    }

    private <T> List<T> items(String kind, Class<T> type) {
        return items(kind).stream()
                .map(item -> Serialization.unmarshal(item.toString(), type))
                .toList();
    }

    private List<JsonNode> items(String kind) {
        String json = cluster.kubectl("get", kind, "-n", namespace, "-o", "json");
        try {
            List<JsonNode> items = new ArrayList<>();
            JSON.readTree(json).get("items").forEach(items::add);
            return items;
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
