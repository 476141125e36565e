package dev.beckon.operator.worker;

import dev.beckon.crd.Labels;

/** Labels and annotations of worker Jobs, besides those of {@link Labels}. */
public final class Names {
    /** Label: uid of the {@code TelegramAccount}. One pod at a time carries it. */
    public static final String ACCOUNT_UID = "beckon.dev/account-uid";
    /** Label: uid of the {@code InviteCampaign}. */
    public static final String CAMPAIGN_UID = "beckon.dev/campaign-uid";
    /** Label: uid of the {@code ParserJob}. */
    public static final String PARSER_UID = "beckon.dev/parser-uid";
    /** Label: uid of the {@code AutopostSchedule}. */
    public static final String AUTOPOST_UID = "beckon.dev/autopost-uid";
    /** Label: the worker's subcommand, such as {@code invite} or {@code login}. */
    public static final String TASK = "beckon.dev/task";
    /** Label: which run of its owner and account. */
    public static final String RUN = "beckon.dev/run";
    /** Annotation: the Secret that holds the work order. */
    public static final String WORK_ORDER = "beckon.dev/work-order";
    /** Annotation: digest of what the order asks for, whatever its run. */
    public static final String CONTENT = "beckon.dev/content";
    /** Annotation: how many runs before this one failed in a row. */
    public static final String FAILURES = "beckon.dev/failures";

    /** Annotation of a CronJob and its Jobs: digest of what its Jobs are made of, pods included. */
    public static final String PODS = "beckon.dev/pods-digest";

    /** Annotation of a CronJob: since when it has its schedule and time zone. What was due by another one before is nobody's to make up for. */
    public static final String SINCE = "beckon.dev/schedule-since";

    /** Annotation of a CronJob: the Secrets that held the orders of its Jobs before it was edited, and are to be removed. */
    public static final String EARLIER_ORDERS = "beckon.dev/earlier-work-orders";

    /** Annotation: which run of its owner a Job begins or goes on with, when that is not the Job's own. */
    public static final String PURSUES = "beckon.dev/pursues";

    /** Annotation of a Job of the operator's own: when its run was due, however many Jobs it has. */
    public static final String DUE = "beckon.dev/due";

    /** Label of a Deployment's pods: its name. */
    public static final String DEPLOYMENT = "beckon.dev/deployment";

    /** Annotation of a Deployment at rest: when its last run ended. */
    public static final String ENDED_AT = "beckon.dev/ended-at";

    /** Annotation of a Deployment at rest: the exit code of its last run's worker. */
    public static final String EXIT_CODE = "beckon.dev/exit-code";

    /** Annotation of a Deployment at rest: the last words of its last run's worker. */
    public static final String RESULT = "beckon.dev/result";

    /** Scheduling gate of a Deployment's pods: no node takes one before its account's turn has come. */
    public static final String TURN = "beckon.dev/turn";

    /** The one field manager under which the operator writes. */
    public static final String FIELD_MANAGER = "beckon-operator";

    /** Selects everything the operator made. */
    public static final String OURS = Labels.MANAGED_BY + "=" + Labels.MANAGER;

    private Names() {}
}
