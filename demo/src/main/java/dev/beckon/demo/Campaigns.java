package dev.beckon.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.crd.InviteCampaign;
import dev.beckon.demo.environment.Cluster;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The campaigns of a namespace, read as a user would: by kubectl. */
public final class Campaigns {
    private static final JsonMapper JSON = new JsonMapper();

    private final Cluster cluster;
    private final String namespace;

    public Campaigns(Cluster cluster, String namespace) {
        this.cluster = cluster;
        this.namespace = namespace;
    }

    public List<InviteCampaign> all() {
        String json = cluster.kubectl("get", "campaigns", "-n", namespace, "-o", "json");
        try {
            List<InviteCampaign> campaigns = new ArrayList<>();
            for (JsonNode item : JSON.readTree(json).get("items")) {
                campaigns.add(Serialization.unmarshal(item.toString(), InviteCampaign.class));
            }
            return campaigns;
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
