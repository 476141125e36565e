package dev.beckon.workorder;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * Log an account in and keep its session in the ledger, or look after the session it has. Credentials are mounted at
 * {@link Paths#LOGIN}.
 *
 * @param purpose absent in orders of older operators: to log in
 */
public record LoginOrder(int version, AccountRef account, Method method, Purpose purpose) implements WorkOrder {
    /** How the account proves itself. */
    public enum Method {
        QrCode,
        PhoneCode,
        BotToken
    }

    /** What is done with the session. */
    public enum Purpose {
        /** Made. */
        LogIn,
        /** Asked whether it still lives; nothing is asked of a person. */
        Check,
        /** Ended at Telegram, for good. */
        LogOut
    }

    /** As it is read: whatever else is missing is refused. */
    @JsonCreator
    static LoginOrder read(
            @JsonProperty("version") int version,
            @JsonProperty("account") AccountRef account,
            @JsonProperty("method") Method method,
            @JsonProperty("purpose") Optional<Purpose> purpose) {
        return new LoginOrder(version, account, method, purpose.orElse(Purpose.LogIn));
    }

    /** A login. */
    public LoginOrder(int version, AccountRef account, Method method) {
        this(version, account, method, Purpose.LogIn);
    }
}
