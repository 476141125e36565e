package dev.beckon.operator.worker;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.logging.MDC;

/**
 * The fields by which a log line names a run, the same as in the worker's own log: one search finds what both say of it.
 * They stand in the line's {@code mdc}, beside the reconciler's fields of the resource.
 */
public final class RunFields {
    private RunFields() {}

    /** @return by name; {@code account} is a name, the others but {@code run} are {@code namespace/name} */
    static Map<String, String> of(WorkerRun run) {
        Map<String, String> fields = new LinkedHashMap<>();
        run.owner().ifPresent(owner -> fields.put(field(owner.kind()), owner.namespace() + "/" + owner.name()));
        fields.put("run", Integer.toString(run.run()));
        fields.put("account", run.accountName());
        return fields;
    }

    /** What is logged meanwhile is about the run. */
    public static void during(WorkerRun run, Runnable said) {
        Map<String, String> fields = of(run);
        fields.forEach(MDC::put);
        try {
            said.run();
        } finally {
            fields.keySet().forEach(MDC::remove);
        }
    }

    private static String field(Owner.Kind kind) {
        return switch (kind) {
            case CAMPAIGN -> "campaign";
            case PARSER -> "parser";
            case AUTOPOST -> "schedule";
        };
    }
}
