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

    /** Annotation: which run of its owner a Job begins or goes on with, when that is not the Job's own. */
    public static final String PURSUES = "beckon.dev/pursues";

    /** The one field manager under which the operator writes. */
    public static final String FIELD_MANAGER = "beckon-operator";

    /** Selects everything the operator made. */
    public static final String OURS = Labels.MANAGED_BY + "=" + Labels.MANAGER;

    private Names() {}
}
