package dev.beckon.crd.generator;

import dev.beckon.crd.*;
import io.fabric8.crdv2.generator.*;
import java.io.*;

class Probe {
    @org.junit.jupiter.api.Test
    void p() {
        var m = new com.fasterxml.jackson.databind.ObjectMapper();
        var k = new io.fabric8.kubernetes.client.utils.KubernetesSerialization(m, false);
        m.registerModule(GoDuration.module());
        new File("/tmp/crdprobe").mkdirs();
        new CRDGenerator()
                .withObjectMapper(m, k)
                .forCRDVersions("v1")
                .customResourceClasses(InviteCampaign.class, TelegramAccount.class)
                .inOutputDir(new File("/tmp/crdprobe"))
                .detailedGenerate();
    }
}
