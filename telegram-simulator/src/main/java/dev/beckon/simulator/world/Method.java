package dev.beckon.simulator.world;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** A method of Telegram's API that the world answers; flood budgets and scripted faults name it by its own name. */
public enum Method {
    SEND_CODE("auth.sendCode"),
    SIGN_IN("auth.signIn"),
    CHECK_PASSWORD("auth.checkPassword"),
    EXPORT_LOGIN_TOKEN("auth.exportLoginToken"),
    IMPORT_BOT_AUTHORIZATION("auth.importBotAuthorization"),
    LOG_OUT("auth.logOut"),
    GET_ACCOUNT_TTL("account.getAccountTTL"),
    RESOLVE_USERNAME("contacts.resolveUsername"),
    RESOLVE_PHONE("contacts.resolvePhone"),
    GET_CONTACTS("contacts.getContacts"),
    IMPORT_CONTACTS("contacts.importContacts", true),
    DELETE_CONTACTS("contacts.deleteContacts"),
    CHECK_CHAT_INVITE("messages.checkChatInvite"),
    IMPORT_CHAT_INVITE("messages.importChatInvite", true),
    JOIN_CHANNEL("channels.joinChannel", true),
    LEAVE_CHANNEL("channels.leaveChannel", true),
    INVITE_TO_CHANNEL("channels.inviteToChannel", true),
    ADD_CHAT_USER("messages.addChatUser", true),
    GET_FULL_CHANNEL("channels.getFullChannel"),
    GET_PARTICIPANT("channels.getParticipant"),
    GET_PARTICIPANTS("channels.getParticipants"),
    GET_ADMIN_LOG("channels.getAdminLog"),
    EXPORT_CHAT_INVITE("messages.exportChatInvite", true),
    SEND_MESSAGE("messages.sendMessage", true),
    SEND_MEDIA("messages.sendMedia", true),
    GET_HISTORY("messages.getHistory"),
    GET_CHANNEL_MESSAGES("channels.getMessages");

    private final String rpc;
    private final boolean acting;

    Method(String rpc) {
        this(rpc, false);
    }

    Method(String rpc, boolean acting) {
        this.rpc = rpc;
        this.acting = acting;
    }

    /** Telegram's name of it. */
    public String rpc() {
        return rpc;
    }

    /** Whether it changes something for others, which a frozen account may not (FROZEN_METHOD_INVALID). */
    public boolean acting() {
        return acting;
    }

    /** @param rpc as the schema has it, such as messages.sendMessage */
    public static Optional<Method> named(String rpc) {
        return Arrays.stream(values()).filter(m -> m.rpc.equals(rpc)).findFirst();
    }

    /** All names, for a message that lists the choice. */
    public static String names() {
        return Arrays.stream(values()).map(Method::rpc).collect(Collectors.joining(", "));
    }
}
