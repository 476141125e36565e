package dev.beckon.workorder;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Whatever lies where a work order should: it is one, or it is refused in a sentence without what it holds. */
class WorkOrdersFuzzTest {
    /** Stands in the inputs where people, messages, targets and addresses do. */
    private static final String CANARY = "Zanzibar77";

    @FuzzTest
    void orders(byte[] document) {
        try {
            WorkOrder order = WorkOrders.readOrder(new String(document, StandardCharsets.UTF_8));
            String written = WorkOrders.write(order);
            assertThat(WorkOrders.readOrder(written)).isEqualTo(order);
            assertThat(WorkOrders.write(WorkOrders.readOrder(written))).isEqualTo(written);
            assertThat(order.toString()).doesNotContain(CANARY);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain(CANARY);
            assertThat(e).hasNoCause();
        }
    }

    @FuzzTest
    void results(byte[] document) {
        try {
            RunResult result = WorkOrders.readResult(new String(document, StandardCharsets.UTF_8));
            assertThat(WorkOrders.readResult(WorkOrders.write(result))).isEqualTo(result);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain(CANARY);
        }
    }
}
