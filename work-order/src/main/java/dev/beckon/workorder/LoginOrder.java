package dev.beckon.workorder;

/** Log an account in and keep its session in the ledger. Credentials are mounted at {@link Paths#LOGIN}. */
public record LoginOrder(int version, AccountRef account, Method method) implements WorkOrder {
    /** How the account proves itself. */
    public enum Method {
        QrCode,
        PhoneCode,
        BotToken
    }
}
