package dev.beckon.operator.account;

import dev.beckon.crd.SecretRef;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.crd.TelegramAccountSpec;
import dev.beckon.operator.Settings;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.worker.AccountFiles;
import dev.beckon.operator.worker.ChildNames;
import dev.beckon.operator.worker.Files.Kind;
import dev.beckon.operator.worker.Files.Wanted;
import dev.beckon.operator.worker.Mount;
import dev.beckon.operator.worker.WorkerTask;
import dev.beckon.workorder.LoginOrder;
import dev.beckon.workorder.LoginOrder.Purpose;
import dev.beckon.workorder.Paths;
import dev.beckon.workorder.WorkOrder;
import dev.beckon.workorder.WorkOrders;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Renders an account into the order and task of a login. Pure. */
public final class AccountWorkerFactory {
    private static final String TASK = "login";

    private final Settings settings;
    private final AccountFiles files;

    public AccountWorkerFactory(Settings settings) {
        this.settings = settings;
        this.files = new AccountFiles(settings);
    }

    /** The order of a login. */
    public String order(TelegramAccount account) {
        return order(account, Purpose.LogIn);
    }

    /** The order, as JSON, of a login or of a look at the kept session. */
    public String order(TelegramAccount account, Purpose purpose) {
        return WorkOrders.write(new LoginOrder(
                WorkOrder.VERSION,
                AccountFiles.reference(account),
                LoginOrder.Method.valueOf(account.getSpec().login().method().name()),
                purpose));
    }

    /** A short run that works with the session there is. */
    public WorkerTask visit(TelegramAccount account, Purpose purpose, int run) {
        String name = account.getMetadata().getName();
        String task = taskOf(purpose);
        String order = order(account, purpose);
        return new WorkerTask(
                task,
                ChildNames.job(name, task, run),
                account,
                new WorkerTask.AccountId(name, account.getMetadata().getUid()),
                run,
                "",
                0,
                ChildNames.workOrder(name, task, order),
                files.mounts(account),
                Optional.empty(),
                Optional.empty(),
                settings.worker().jobTtl());
    }

    /** What a visit mounts and must find. */
    public List<Wanted> visitPrerequisites(TelegramAccount account) {
        return files.prerequisites(account);
    }

    /** The worker's subcommand, and the label of its Job. */
    static String taskOf(Purpose purpose) {
        return switch (purpose) {
            case LogIn -> TASK;
            case Check -> "check";
            case LogOut -> "logout";
        };
    }

    /**
     * Digest of what a login uses: its way, of which {@link #isOtherWay} asks; what the account gives it; what the installation does.
     *
     * @param versions of its {@link #secrets}, in their order
     */
    public String content(TelegramAccount account, List<String> versions) {
        return way(account) + "."
                + digest(order(account) + "\n" + String.join("\n", versions.subList(1, versions.size()))) + "."
                + digest(versions.getFirst() + "\n" + installation());
    }

    /** What an installation can mend without a word to any resource: a login that could not use it is worth another try then. */
    private String installation() {
        return settings.worker().image() + "\n" + settings.telegram().proxy() + "\n"
                + settings.telegram().testDc();
    }

    /** Whether the account gives a login of the one {@link #content} the same as one of the other, whatever the installation does. */
    static boolean isSameOfAccount(String one, String other) {
        return ofAccount(one).equals(ofAccount(other));
    }

    private static String ofAccount(String content) {
        int dot = content.lastIndexOf('.');
        return dot < 0 ? content : content.substring(0, dot);
    }

    private static String digest(String text) {
        return ChildNames.sha256(text).substring(0, 16);
    }

    /**
     * Whether a login of that {@link #content} goes about it in another way than the spec says now: by another method, with other
     * Secrets, through another proxy. It can't take that up: what a pod mounts is fixed. What a Secret holds it sees by itself, and of
     * limits a login knows nothing.
     */
    static boolean isOtherWay(String content, TelegramAccount account) {
        int dot = content.indexOf('.');
        // An earlier release wrote none.
        return dot > 0 && !content.substring(0, dot).equals(way(account));
    }

    private static String way(TelegramAccount account) {
        return digest(account.getSpec().login().method() + "\n" + String.join("\n", named(account)) + "\n"
                + AccountFiles.reference(account).proxy());
    }

    /** Names of all Secrets that a login uses, the installation's own first. */
    public List<String> secrets(TelegramAccount account) {
        return Stream.concat(Stream.of(settings.worker().secretName()), named(account).stream())
                .toList();
    }

    /** Those that the account names. */
    private static List<String> named(TelegramAccount account) {
        List<String> names = new ArrayList<>(AccountFiles.secrets(account));
        loginSecret(account).ifPresent(names::add);
        return names;
    }

    /**
     * The Job of a login that is due.
     *
     * @param content the digest of what the login is made from
     */
    public WorkerTask task(TelegramAccount account, AccountCourse.LoginDue due, String content) {
        String name = account.getMetadata().getName();
        List<Mount> mounts = new ArrayList<>(files.mounts(account));
        loginSecret(account).ifPresent(secret -> mounts.add(Mount.secret("login", Paths.LOGIN, secret)));
        return new WorkerTask(
                TASK,
                ChildNames.job(name, TASK, due.run()),
                account,
                new WorkerTask.AccountId(name, account.getMetadata().getUid()),
                due.run(),
                content,
                due.failures(),
                ChildNames.workOrder(name, TASK, order(account)),
                mounts,
                Optional.empty(),
                Optional.empty(),
                settings.worker().jobTtl());
    }

    /** Name of the Secret with what the login method needs. */
    private static Optional<String> loginSecret(TelegramAccount account) {
        return Optional.ofNullable(account.getSpec().login().secretRef()).map(SecretRef::name);
    }

    /** What a login mounts and must find. */
    public List<Wanted> prerequisites(TelegramAccount account) {
        List<Wanted> wanted = new ArrayList<>(files.prerequisites(account));
        loginSecret(account)
                .ifPresent(name -> wanted.add(new Wanted(
                        Kind.Secret,
                        account.getMetadata().getNamespace(),
                        name,
                        keys(account.getSpec().login().method()),
                        Reason.LoginSecretMissing,
                        "what the login needs")));
        return wanted;
    }

    private static List<String> keys(TelegramAccountSpec.Method method) {
        return switch (method) {
            case QrCode -> List.of();
            case PhoneCode -> List.of("phone");
            case BotToken -> List.of("bot-token");
        };
    }
}
