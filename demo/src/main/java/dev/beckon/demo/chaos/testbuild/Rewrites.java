package dev.beckon.demo.chaos.testbuild;

import dev.beckon.demo.chaos.Protection;
import java.util.List;

/** Which places of the product a test build changes. */
final class Rewrites {
    private static final String INTENTS = "dev.beckon.ledger.invite.Intents";
    private static final String EVIDENCE = "dev.beckon.worker.invite.Evidence";
    private static final String PUBLICATIONS = "dev.beckon.ledger.content.Publications";
    private static final String POST_EVIDENCE = "dev.beckon.worker.publish.PostEvidence";
    private static final String LEASES = "dev.beckon.ledger.accounts.Leases";
    private static final String WATCHDOG = "dev.beckon.worker.lease.KernelWatchdog";
    private static final String SUPPRESSIONS = "dev.beckon.ledger.invite.Suppressions";
    private static final String FREQUENCY_CAP = "dev.beckon.ledger.invite.FrequencyCap";

    private Rewrites() {}

    /** What takes a protection out. */
    static List<Rewrite> without(Protection protection) {
        return switch (protection) {
            case INTENT ->
                List.of(
                        new Rewrite.Method(INTENTS, "open", 3, WithoutIntent.class),
                        new Rewrite.Method(INTENTS, "settle", 3, WithoutIntent.class),
                        new Rewrite.Method(PUBLICATIONS, "open", 2, WithoutPostIntent.class),
                        new Rewrite.Method(PUBLICATIONS, "settle", 3, WithoutPostIntent.class));
            case SETTLEMENT ->
                List.of(
                        new Rewrite.Method(EVIDENCE, "invite", 6, WithoutSettlement.class),
                        new Rewrite.Method(EVIDENCE, "message", 5, WithoutSettlement.class),
                        new Rewrite.Method(POST_EVIDENCE, "found", 4, WithoutPostSettlement.class),
                        new Rewrite.Method(POST_EVIDENCE, "missing", 7, WithoutPostSettlement.class));
            case LEASE ->
                List.of(
                        new Rewrite.Method(LEASES, "acquire", 4, WithoutLease.class),
                        new Rewrite.Method(LEASES, "isHeldBy", 2, WithoutLease.class),
                        new Rewrite.Method(WATCHDOG, "arm", 1, WithoutLease.class));
            case SUPPRESSION -> List.of(new Rewrite.Method(SUPPRESSIONS, "covers", 1, WithoutSuppression.class));
            case FREQUENCY_CAP ->
                List.of(new Rewrite.Method(FREQUENCY_CAP, "nextAllowed", 2, WithoutFrequencyCap.class));
        };
    }

    /** What lets a worker take an order without pauses and limits. */
    static List<Rewrite> limitless() {
        return List.of(new Rewrite.Method("dev.beckon.workorder.Ceilings", "require", 1, WithoutCeilings.class));
    }

    /** What shortens the waits that guard against delays no loopback has. */
    static List<Rewrite> hurry() {
        return List.of(
                new Rewrite.Method("dev.beckon.worker.Workshop", "leaseTerm", 0, Hurry.class),
                new Rewrite.Method("dev.beckon.ledger.LedgerConfig", "leaseMargin", 0, Hurry.class),
                new Rewrite.Constant("dev.beckon.worker.invite.OpenIntents", Hurry.BYTES_MAY_ARRIVE, Hurry.Bytes.class),
                new Rewrite.Constant(
                        "dev.beckon.worker.publish.OpenPublications", Hurry.BYTES_MAY_ARRIVE, Hurry.Bytes.class),
                new Rewrite.Constant("dev.beckon.worker.session.LiveSession", Hurry.CALL_TIMEOUT, Hurry.Calls.class));
    }
}
