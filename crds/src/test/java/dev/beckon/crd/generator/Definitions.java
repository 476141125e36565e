package dev.beckon.crd.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.crd.AutopostSchedule;
import dev.beckon.crd.GoDuration;
import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.ParserJob;
import dev.beckon.crd.TelegramAccount;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The CustomResourceDefinitions, generated from the model by fabric8 and completed by {@link SchemaCompletion}. */
final class Definitions {
    static final List<Class<? extends CustomResource<?, ?>>> KINDS =
            List.of(TelegramAccount.class, InviteCampaign.class, ParserJob.class, AutopostSchedule.class);

    private Definitions() {}

    /** By name, such as {@code invitecampaigns.beckon.dev}, in the order of {@link #KINDS}. */
    static Map<String, ObjectNode> generate() {
        Map<String, ObjectNode> definitions = new LinkedHashMap<>();
        for (Class<? extends CustomResource<?, ?>> kind : KINDS) {
            ObjectNode definition = fromFabric8(kind);
            SchemaCompletion.complete(definition, kind);
            definitions.put(definition.at("/metadata/name").asText(), definition);
        }
        return definitions;
    }

    private static ObjectNode fromFabric8(Class<? extends CustomResource<?, ?>> kind) {
        ObjectMapper mapper = new ObjectMapper();
        KubernetesSerialization serialization = new KubernetesSerialization(mapper, false);
        // After the constructor above, which registers a module that reads durations in ISO 8601.
        mapper.registerModule(GoDuration.module());
        Capture capture = new Capture();
        new CRDGenerator()
                .forCRDVersions("v1")
                .withObjectMapper(mapper, serialization)
                .withPostProcessor(capture)
                .withOutput(new Nowhere())
                .customResourceClasses(List.of(kind))
                .generate();
        JsonNode tree = mapper.valueToTree(capture.crd);
        return (ObjectNode) tree;
    }

    private static final class Capture implements CRDPostProcessor {
        private HasMetadata crd;

        @Override
        public HasMetadata process(HasMetadata generated, String crdSpecVersion) {
            crd = generated;
            return generated;
        }
    }

    private static final class Nowhere extends CRDGenerator.AbstractCRDOutput<OutputStream> {
        @Override
        protected OutputStream createStreamFor(String crdName) {
            return OutputStream.nullOutputStream();
        }
    }
}
