package dev.beckon.ledger.accounts;

/** Where an account stands. {@code CoolingDown} is never stored: it follows from the time of the last flood wait. */
public enum AccountState {
    LoginRequired,
    WaitingForQrScan,
    WaitingForCode,
    WaitingForPassword,
    Ready,
    CoolingDown,
    Limited,
    Banned,
    LoggedOut
}
