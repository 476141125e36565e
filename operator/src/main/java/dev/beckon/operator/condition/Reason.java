package dev.beckon.operator.condition;

import java.util.Arrays;
import java.util.Optional;

/** Every reason a condition of ours can carry. {@code docs/troubleshooting.md} tells for each what it means and what to do. */
public enum Reason {
    // Work goes on.
    Pending,
    Importing,
    Running,
    Succeeded,
    Scheduled,

    // Work waits, and resumes by itself. These are also the words of status.waitingFor.
    Pause,
    QuietHours,
    FloodWait,
    SlowMode,
    DailyLimit,
    ChatLimit,
    Retry,
    FrequencyCap,
    Settlement,
    JoinApproval,
    Webhook,
    Account,
    WorkerBackOff,
    OldPodEnding,
    AudienceUnavailable,
    ExportFailed,
    ParserNotReady,
    Exhausted,

    // Work waits for a person.
    Suspended,
    BreakerTripped,
    AccountLimited,
    LedgerBehindStatus,
    DeadlineExceeded,

    // Something that was declared is not there, or can't work as it is.
    WorkerSecretMissing,
    WebhookSecretMissing,
    WebhookSecretUnfit,
    AudienceMissing,
    AudienceUnreadable,
    VolumeMissing,
    ContentMissing,
    ContentUnreadable,
    PublishFailed,
    ParserUnknown,
    SourceNotAdministered,
    DatasetEmpty,
    MemberListHidden,
    ChannelHasNoAuthors,
    SourceChanged,
    SourceRefused,
    CredentialsMissing,
    LoginSecretMissing,
    AccountUnknown,
    AccountNotReady,
    AccountIsBot,
    PeopleWithoutAccount,
    CampaignFault,
    ChatNotFound,
    TargetChanged,
    NoRightToInvite,
    NoInviteLink,
    ChatAdminRequired,
    ChatWriteForbidden,
    ChannelPrivate,
    UsersTooMuch,
    InvalidSpec,
    ImmutableFieldChanged,
    ChildNotOurs,

    // An account's way to Ready, and out of it.
    LoginRequired,
    LoggingIn,
    WaitingForQrScan,
    WaitingForCode,
    WaitingForPassword,
    LoginRefused,
    PhoneNotRegistered,
    LoginTimedOut,
    Ready,
    CoolingDown,
    SessionDamaged,
    Banned,

    // The ledger.
    Connected,
    ConnectedWithoutHints,
    LedgerUnavailable,

    // What became of an annotation.
    Acknowledged,
    LoginCodeGiven,
    PeopleRequeued,
    PeopleReassigned,
    PostRequeued,
    PublishWaits,
    PublishStarted,
    Published,
    AnnotationRefused;

    /** The reason of that name, if we know it: workers of another release may know more. */
    public static Optional<Reason> of(String name) {
        return Arrays.stream(values())
                .filter(reason -> reason.name().equals(name))
                .findFirst();
    }
}
