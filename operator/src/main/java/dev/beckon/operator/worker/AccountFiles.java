package dev.beckon.operator.worker;

import dev.beckon.crd.TelegramAccount;
import dev.beckon.crd.TelegramAccountSpec;
import dev.beckon.operator.Settings;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.worker.Files.Kind;
import dev.beckon.operator.worker.Files.Wanted;
import dev.beckon.workorder.AccountRef;
import dev.beckon.workorder.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What every worker that uses an account needs of it. Pure. */
public final class AccountFiles {
    private static final List<String> LEDGER_KEYS = List.of("jdbc-url", "username", "password", "keys.json");

    private final String workerSecret;
    private final Optional<String> databaseCa;
    private final Optional<String> redisCa;

    public AccountFiles(Settings settings) {
        this.workerSecret = settings.worker().secretName();
        this.databaseCa = settings.worker().databaseCaSecret();
        this.redisCa = settings.worker().redisCaSecret();
    }

    /** The account as a work order names it. */
    public static AccountRef reference(TelegramAccount account) {
        TelegramAccountSpec.Limits limits = account.getSpec().limits();
        return new AccountRef(
                account.getMetadata().getNamespace(),
                account.getMetadata().getName(),
                account.getMetadata().getUid(),
                new AccountRef.Limits(
                        limits.invitesPerDay(), limits.messagesPerDay(), limits.joinsPerDay(), limits.lookupsPerDay()),
                Optional.ofNullable(account.getSpec().proxy())
                        .map(proxy -> new AccountRef.Proxy(proxy.host(), proxy.port())));
    }

    /** The Secrets that a pod using the account needs: the Telegram application, and the proxy's if it has one. */
    public List<Mount> mounts(TelegramAccount account) {
        List<Mount> mounts = new ArrayList<>();
        mounts.add(Mount.secret("telegram-app", Paths.TELEGRAM_APP, credentials(account)));
        proxySecret(account).ifPresent(name -> mounts.add(Mount.secret("proxy", Paths.PROXY, name)));
        return mounts;
    }

    /** The Secrets, with their keys, without which no pod using the account can start. */
    public List<Wanted> prerequisites(TelegramAccount account) {
        String namespace = account.getMetadata().getNamespace();
        List<Wanted> wanted = new ArrayList<>();
        wanted.add(new Wanted(
                Kind.Secret,
                namespace,
                workerSecret,
                LEDGER_KEYS,
                Reason.WorkerSecretMissing,
                "the ledger's address, user and keys, the same in every namespace"));
        databaseCa.ifPresent(name -> wanted.add(authority(namespace, name, "database")));
        redisCa.filter(name -> !databaseCa.equals(Optional.of(name)))
                .ifPresent(name -> wanted.add(authority(namespace, name, "Redis")));
        wanted.add(new Wanted(
                Kind.Secret,
                namespace,
                credentials(account),
                List.of("api-id", "api-hash"),
                Reason.CredentialsMissing,
                "the Telegram application of account " + account.getMetadata().getName()));
        proxySecret(account)
                .ifPresent(name -> wanted.add(new Wanted(
                        Kind.Secret,
                        namespace,
                        name,
                        List.of("username", "password"),
                        Reason.CredentialsMissing,
                        "the proxy's user of account " + account.getMetadata().getName())));
        return wanted;
    }

    private static Wanted authority(String namespace, String name, String server) {
        return new Wanted(
                Kind.Secret,
                namespace,
                name,
                List.of(Paths.CA_KEY),
                Reason.WorkerSecretMissing,
                "the authority that signed the certificate of the " + server + ", the same in every namespace");
    }

    /** Names of the Secrets that the account itself names, but for its login's. */
    public static List<String> secrets(TelegramAccount account) {
        List<String> names = new ArrayList<>(List.of(credentials(account)));
        proxySecret(account).ifPresent(names::add);
        return names;
    }

    private static String credentials(TelegramAccount account) {
        return account.getSpec().apiCredentials().secretRef().name();
    }

    private static Optional<String> proxySecret(TelegramAccount account) {
        return Optional.ofNullable(account.getSpec().proxy())
                .map(TelegramAccountSpec.Proxy::secretRef)
                .map(reference -> reference.name());
    }
}
