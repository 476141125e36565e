package dev.beckon.worker.publish;

import dev.beckon.ledger.accounts.Usage;
import dev.beckon.ledger.content.PublishOutcome;
import dev.beckon.ledger.content.PublishRun;
import dev.beckon.telegram.Answer;
import dev.beckon.telegram.ChatTarget;
import dev.beckon.telegram.TelegramChat;
import dev.beckon.telegram.TelegramError;
import dev.beckon.worker.BadInput;
import dev.beckon.worker.pacing.Wait;
import dev.beckon.worker.pacing.WaitingFor;
import dev.beckon.worker.run.AccountTrouble;
import dev.beckon.worker.run.ChatRefusals;
import dev.beckon.worker.run.OpenAccount;
import dev.beckon.worker.run.Reason;
import dev.beckon.worker.run.Then;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the chats of a schedule. It joins none: where the team's account may post is decided by a person. */
final class TargetDoor {
    private final OpenAccount account;
    private final PublishRun run;
    private final int lookupsPerDay;

    TargetDoor(OpenAccount account, PublishRun run, int lookupsPerDay) {
        this.account = account;
        this.run = run;
        this.lookupsPerDay = lookupsPerDay;
    }

    /** A chat as a person wrote it down. */
    record Target(String written, ChatTarget chat) {}

    /** @throws BadInput naming what is no chat */
    static List<Target> targets(List<String> written) {
        if (written.isEmpty()) {
            throw new BadInput("spec.targets names no chat: write at least one");
        }
        List<Target> targets = new ArrayList<>();
        Set<ChatTarget> chats = new HashSet<>();
        for (int i = 0; i < written.size(); i++) {
            try {
                ChatTarget chat = ChatTarget.parse(written.get(i));
                if (!chats.add(chat)) {
                    throw new BadInput("spec.targets[" + i + "] is the same chat as one before it: leave it out");
                }
                targets.add(new Target(written.get(i), chat));
            } catch (IllegalArgumentException e) {
                throw new BadInput("spec.targets[" + i + "]: " + e.getMessage(), e);
            }
        }
        return List.copyOf(targets);
    }

    /** What the door tells of a target. */
    sealed interface Found {
        record Chat(TelegramChat chat) implements Found {}

        /** Not now. */
        record Later(Wait until) implements Found {}

        /** Nobody can publish there with this account. */
        record Closed(PublishOutcome.Failed why) implements Found {}

        /** It is about the account. */
        record Not(Then then) implements Found {}
    }

    Found find(Target target) {
        Optional<Long> last = account.ledger().publications().chatOf(run, target.written());
        return last.flatMap(this::known)
                .orElseGet(() -> lookUp(target).<Found>map(Found.Later::new).orElseGet(() -> asked(target, last)));
    }

    /** By its id, which costs no look-up; empty when it is not found so, and the search by its name tells why. */
    private Optional<Found> known(long chatId) {
        return switch (account.telegram().findChat(new ChatTarget.Id(chatId))) {
            case Answer.Ok<TelegramChat>(TelegramChat chat) -> Optional.of(judged(chat));
            case Answer.Refused<TelegramChat>(TelegramError error) ->
                AccountTrouble.of(account, error).map(Found.Not::new);
        };
    }

    /** @param last where the target led when it was last published in: a name may be a stranger's since, who gets no post of ours */
    private Found asked(Target target, Optional<Long> last) {
        return switch (account.telegram().findChat(target.chat())) {
            case Answer.Ok<TelegramChat>(TelegramChat chat) ->
                last.filter(id -> id != chat.id()).isPresent() ? new Found.Closed(changed(target)) : judged(chat);
            case Answer.Refused<TelegramChat>(TelegramError error) ->
                AccountTrouble.of(account, error)
                        .<Found>map(Found.Not::new)
                        .orElseGet(() -> new Found.Closed(missing(target, error)));
        };
    }

    private static Found judged(TelegramChat chat) {
        return chat.kind() == TelegramChat.Kind.BASIC_GROUP
                ? new Found.Closed(new PublishOutcome.Failed(
                        "BasicGroup",
                        "It is a basic group, whose messages have no links: make it a supergroup in Telegram, by giving it a"
                                + " public name or showing its history to new members"))
                : new Found.Chat(chat);
    }

    /** A name costs the account one of its look-ups of any 24 hours, a link or id none. */
    private Optional<Wait> lookUp(Target target) {
        if (!(target.chat() instanceof ChatTarget.Username)) {
            return Optional.empty();
        }
        return switch (account.ledger().usage().take(account.lease(), Usage.Kind.Lookup, lookupsPerDay)) {
            case Usage.Taken.Granted _ -> Optional.empty();
            case Usage.Taken.Exhausted(Instant until) -> Optional.of(new Wait(until, WaitingFor.DailyLimit));
            case Usage.Taken.UserUnknown _ ->
                throw new IllegalStateException("The session is ready, its user is known");
            case Usage.Taken.LeaseLost _ -> throw account.leaseLost();
        };
    }

    private static PublishOutcome.Failed changed(Target target) {
        return new PublishOutcome.Failed(
                "TargetChanged",
                (target.chat() instanceof ChatTarget.Invite ? "The invite link" : target.written())
                        + " leads to another chat now than when it was last published in. If that one is meant, write the target in"
                        + " another form (https://t.me/name for @name), or create a new schedule");
    }

    /** Without a private link, which lets in whoever reads it. */
    private static PublishOutcome.Failed missing(Target target, TelegramError error) {
        if (!ChatRefusals.isMissing(error)) {
            return new PublishOutcome.Failed(
                    Reason.of(error.raw(), "TargetRefused"),
                    "Telegram does not show the chat to the account (" + error.raw() + ")");
        }
        return new PublishOutcome.Failed(
                "ChatNotFound",
                target.chat() instanceof ChatTarget.Invite
                        ? "The account is not in the chat behind the invite link, or the link is no longer good ("
                                + error.raw() + "): let it join in Telegram"
                        : "Telegram knows no chat " + target.written() + " (" + error.raw()
                                + "), or the account may not see it: check the name in Telegram, and let the account in");
    }
}
