package dev.beckon.worker.settings;

import dev.beckon.worker.BadInput;
import dev.beckon.workorder.Paths;
import dev.beckon.workorder.WorkOrder;
import dev.beckon.workorder.WorkOrders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The files of {@link Paths}, below a root that is {@code /} in a pod. Each value is read when asked for, since Kubernetes
 * replaces a mounted Secret's files when the Secret changes.
 */
public final class MountedFiles {
    private static final String CREDENTIALS_MISSING = "CredentialsMissing";

    private final Path root;

    public MountedFiles(Path root) {
        this.root = root;
    }

    /** Where one of the paths of {@link Paths} lies here. */
    public Path at(String path) {
        return root.resolve(path.substring(1));
    }

    /**
     * The work order.
     *
     * @throws BadInput when it is missing, unreadable, or not of the kind the command works on
     */
    public <T extends WorkOrder> T order(Class<T> kind) {
        String json = text(at(Paths.WORK_ORDER))
                .orElseThrow(() -> new BadInput("There is no work order at " + Paths.WORK_ORDER
                        + ": the operator mounts it; by hand, write one there or set BECKON_ROOT"));
        WorkOrder order;
        try {
            order = WorkOrders.readOrder(json);
        } catch (IllegalArgumentException e) {
            throw new BadInput(e.getMessage(), e);
        }
        if (!kind.isInstance(order)) {
            throw new BadInput("The work order at " + Paths.WORK_ORDER + " is a "
                    + order.getClass().getSimpleName() + ", this command needs a " + kind.getSimpleName());
        }
        return kind.cast(order);
    }

    /** A key of a mounted Secret, without surrounding white space; empty when it is missing or blank. */
    public Optional<String> value(String directory, String key) {
        return text(at(directory).resolve(key)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** The file of a key of a mounted Secret; empty when it is missing. */
    public Optional<Path> file(String directory, String key) {
        return Optional.of(at(directory).resolve(key)).filter(Files::exists);
    }

    /** @throws BadInput naming Secret and key when it is missing or blank */
    public String required(String directory, String key, String secret) {
        return value(directory, key)
                .orElseThrow(() -> new BadInput("The " + secret + " has no key '" + key + "' (looked for at "
                        + directory + "/" + key + "): add it to the Secret"));
    }

    /**
     * {@code api-id} and {@code api-hash} of the account's application Secret.
     *
     * @throws BadInput when one is missing or can't be used
     */
    public TelegramApp telegramApp() {
        String id = ofApplication("api-id");
        String hash = ofApplication("api-hash");
        try {
            return new TelegramApp(Integer.parseInt(id), hash);
        } catch (NumberFormatException e) {
            // The value is left out: people mix the two keys up.
            throw new BadInput(
                    CREDENTIALS_MISSING,
                    "The key 'api-id' of the Secret of spec.apiCredentials is no number: take it from my.telegram.org");
        }
    }

    private String ofApplication(String key) {
        return value(Paths.TELEGRAM_APP, key)
                .orElseThrow(() -> new BadInput(
                        CREDENTIALS_MISSING,
                        "The Secret of spec.apiCredentials has no key '" + key
                                + "': add it, as my.telegram.org tells it"));
    }

    /** What my.telegram.org gave for the application; the hash is a secret. */
    public record TelegramApp(int id, String hash) {
        @Override
        public String toString() {
            return "TelegramApp[" + id + "]";
        }
    }

    private static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (MalformedInputException e) {
            throw new BadInput(file + " is not UTF-8 text: save it as UTF-8", e);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " can't be read", e);
        }
    }
}
