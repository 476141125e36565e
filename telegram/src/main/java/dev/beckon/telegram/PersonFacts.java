package dev.beckon.telegram;

/** What a member list or a history shows of a person. Printed without what identifies one. */
public record PersonFacts(TelegramUser user, String lastName, boolean premium, LastSeen lastSeen) {
    @Override
    public String toString() {
        return "PersonFacts[" + user + ", premium=" + premium + ", lastSeen=" + lastSeen + "]";
    }
}
