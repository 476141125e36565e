package dev.beckon.bench.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ApiWritesTest {
    @Test
    void onlyWritesOfWhatTheOperatorAloneWritesAreCounted() {
        assertThat(ApiWrites.count("""
                # TYPE apiserver_request_total counter
                apiserver_request_total{code="201",group="",resource="secrets",scope="resource",subresource="",verb="POST",version="v1"} 3
                apiserver_request_total{code="200",group="",resource="secrets",scope="resource",subresource="",verb="GET",version="v1"} 99
                apiserver_request_total{code="201",group="batch",resource="jobs",scope="resource",subresource="",verb="POST",version="v1"} 4
                apiserver_request_total{code="200",group="batch",resource="jobs",scope="resource",subresource="status",verb="PUT",version="v1"} 99
                apiserver_request_total{code="200",group="beckon.dev",resource="invitecampaigns",scope="resource",subresource="status",verb="APPLY",version="v1alpha1"} 1.2e+01
                apiserver_request_total{code="201",group="beckon.dev",resource="invitecampaigns",scope="resource",subresource="",verb="POST",version="v1alpha1"} 99
                apiserver_request_total{code="200",group="coordination.k8s.io",resource="leases",scope="resource",subresource="",verb="PUT",version="v1"} 99
                """))
                .isEqualTo(Map.of("POST secrets", 3L, "POST jobs", 4L, "APPLY invitecampaigns/status", 12L));
    }

    @Test
    void anotherTextIsNoWrite() {
        assertThat(ApiWrites.count("")).isEmpty();
    }
}
