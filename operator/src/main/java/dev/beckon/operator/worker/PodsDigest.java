package dev.beckon.operator.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.batch.v1.Job;

/** A digest of a Job with its pods as we want it, the same in every process: maps have no order of their own. Pure. */
final class PodsDigest {
    private static final int DIGITS = 16;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private PodsDigest() {}

    static String of(Job job) {
        try {
            String whole = JSON.writeValueAsString(job.getMetadata().getLabels())
                    + JSON.writeValueAsString(job.getMetadata().getAnnotations())
                    + JSON.writeValueAsString(job.getSpec());
            return ChildNames.sha256(whole).substring(0, DIGITS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An object that we built can always be written", e);
        }
    }
}
