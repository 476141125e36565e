package dev.beckon.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequestsTest {
    private static final String LINE =
            "apiserver_flowcontrol_dispatched_requests_total{flow_schema=\"%s\",priority_level=\"workload-low\"} %d\n";

    private static String metrics(int jobs, int secrets, int renewals) {
        return LINE.formatted("operator-create-jobs", jobs)
                + LINE.formatted("operator-get-secrets", secrets)
                + LINE.formatted("operator-patch-invitecampaigns.status", 3)
                + LINE.formatted("operator-patch-leases", renewals)
                + LINE.formatted("service-accounts", 99);
    }

    @Test
    void onlyTheOperatorsAreCountedAndTheLeaseApart() {
        Requests requests = Requests.of(metrics(2, 6, 30));

        assertThat(requests.of(Requests.Effect.READ)).isEqualTo(6);
        assertThat(requests.of(Requests.Effect.WRITE)).isEqualTo(5);
        assertThat(requests.of(Requests.Effect.LEASE)).isEqualTo(30);
        assertThat(requests.work()).isEqualTo(11);
    }

    @Test
    void whatCameSinceIsToldForEachOfSoMany() {
        Requests since = Requests.of(metrics(4, 6, 60)).since(Requests.of(metrics(2, 6, 30)));

        assertThat(since.each(4)).containsOnlyKeys("create jobs").containsEntry("create jobs", 0.5);
    }

    /** A request belongs to the first that fits: one for all resources stands behind those for one. */
    @Test
    void eachKindIsAFlowOfItsOwnAndTheGeneralOnesComeLast() {
        Set<String> names = new HashSet<>();
        Set<String> precedences = new HashSet<>();
        String schemas = Requests.schemas("beckon-system", "beckon-operator");
        String[] documents = schemas.substring(4).split("---\n");
        for (String document : documents) {
            HasMetadata schema = Serialization.unmarshal(document, HasMetadata.class);
            assertThat(schema.getKind()).isEqualTo("FlowSchema");
            names.add(schema.getMetadata().getName());
            precedences.add(document.lines()
                    .filter(line -> line.contains("matchingPrecedence"))
                    .findFirst()
                    .orElseThrow());
        }
        assertThat(names).hasSameSizeAs(documents);
        assertThat(precedences).hasSameSizeAs(documents);
        assertThat(schemas.indexOf("name: operator-get-secrets}"))
                .isLessThan(schemas.indexOf("name: operator-get-others}"));
        assertThat(schemas.indexOf("name: operator-patch-leases}"))
                .isLessThan(schemas.indexOf("name: operator-patch-others}"));
    }
}
