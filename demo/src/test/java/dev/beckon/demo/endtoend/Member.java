package dev.beckon.demo.endtoend;

import java.util.Locale;

/** An account of the team's: named by what it is used for, so that no case waits for the account of another. */
enum Member {
    LEAVER(1),
    KEEPER(2),
    RESTER(3),
    REVOKED(4),
    WRITER(5),
    READER(6),
    WATCHER(7),
    POSTER(8);

    static final String TEAM = "team";
    private static final long BEFORE_THE_FIRST = 7_000_000;

    private final int number;

    /** @param number of its person in the world file */
    Member(int number) {
        this.number = number;
    }

    /** The resource's name. */
    String resource() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As kubectl takes it. */
    String reference() {
        return "telegramaccount/" + resource();
    }

    /** Telegram's id, as the world file has it. */
    long id() {
        return BEFORE_THE_FIRST + number;
    }

    /** It logs in by itself: its Telegram always sends this code. */
    String manifest() {
        return """
                apiVersion: v1
                kind: Secret
                metadata: {name: %1$s-login, namespace: team}
                stringData: {phone: "+491513000000%2$d", code: "12345"}
                ---
                apiVersion: beckon.dev/v1alpha1
                kind: TelegramAccount
                metadata: {name: %1$s, namespace: team}
                spec:
                  apiCredentials: {secretRef: {name: tg-app}}
                  login: {method: PhoneCode, secretRef: {name: %1$s-login}}
                  limits: {messagesPerDay: %3$d}
                  logOutOnDelete: %4$b
                """.formatted(resource(), number, this == KEEPER ? 1 : 40, this == LEAVER);
    }
}
