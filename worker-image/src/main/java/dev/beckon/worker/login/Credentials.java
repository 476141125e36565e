package dev.beckon.worker.login;

import dev.beckon.ledger.people.PhoneNumbers;
import dev.beckon.worker.BadInput;
import dev.beckon.worker.settings.MountedFiles;
import dev.beckon.workorder.Paths;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the account proves itself with, from its login Secret. A person corrects the Secret while the worker waits, so a
 * value that Telegram refused is not offered again before it changes.
 */
final class Credentials {
    /** The keys of the login Secret. */
    enum Key {
        PHONE("phone"),
        CODE("code"),
        PASSWORD("password"),
        BOT_TOKEN("bot-token");

        private final String file;

        Key(String file) {
            this.file = file;
        }

        String file() {
            return file;
        }
    }

    private final MountedFiles files;
    private final Map<Key, String> used = new EnumMap<>(Key.class);

    Credentials(MountedFiles files) {
        this.files = files;
    }

    /** The value, unless it is missing or was offered already. */
    Optional<String> fresh(Key key) {
        return files.value(Paths.LOGIN, key.file()).filter(value -> !Objects.equals(value, used.get(key)));
    }

    /** The value has been offered to Telegram. */
    void offered(Key key, String value) {
        used.put(key, value);
    }

    /**
     * The phone number in the spelling that Telegram takes; people write spaces, dots, dashes and brackets in it. What is no
     * number is left to Telegram's judgement.
     *
     * @throws BadInput naming the key when it is missing
     */
    String phone() {
        String written = required(Key.PHONE);
        return PhoneNumbers.parse(written).e164().orElse(written);
    }

    /** @throws BadInput naming the key when it is missing */
    String required(Key key) {
        return files.required(Paths.LOGIN, key.file(), "login Secret of spec.login.secretRef");
    }
}
