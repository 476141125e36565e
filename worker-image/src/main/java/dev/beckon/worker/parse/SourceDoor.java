package dev.beckon.worker.parse;

import dev.beckon.ledger.accounts.Usage;
import dev.beckon.ledger.parser.Datasets;
import dev.beckon.telegram.Answer;
import dev.beckon.telegram.ChatSource;
import dev.beckon.telegram.ChatSource.Listing;
import dev.beckon.telegram.ChatTarget;
import dev.beckon.telegram.TelegramChat;
import dev.beckon.telegram.TelegramChat.Kind;
import dev.beckon.telegram.TelegramError;
import dev.beckon.worker.BadInput;
import dev.beckon.worker.pacing.Wait;
import dev.beckon.worker.pacing.WaitingFor;
import dev.beckon.worker.run.AccountTrouble;
import dev.beckon.worker.run.ChatRefusals;
import dev.beckon.worker.run.OpenAccount;
import dev.beckon.worker.run.Reason;
import dev.beckon.worker.run.Then;
import dev.beckon.workorder.Count;
import dev.beckon.workorder.ParseOrder;
import dev.beckon.workorder.ParseOrder.Collect;
import java.time.Instant;
import java.util.Optional;

/**
 * Finds the chat and what it shows to the account. It joins nothing: whose people are collected is decided by a person, who lets
 * the account into a private chat.
 */
final class SourceDoor {
    private final OpenAccount account;
    private final ParseOrder order;
    private final ChatTarget target;
    private final Datasets.Run run;

    SourceDoor(OpenAccount account, ParseOrder order, ChatTarget target, Datasets.Run run) {
        this.account = account;
        this.order = order;
        this.target = target;
        this.run = run;
    }

    static ChatTarget target(ParseOrder order) {
        try {
            return ChatTarget.parse(order.source());
        } catch (IllegalArgumentException e) {
            throw new BadInput("spec.source: " + e.getMessage(), e);
        }
    }

    /** What the door tells. */
    sealed interface Found {
        record Source(ChatSource source) implements Found {}

        record Not(Then then) implements Found {}
    }

    Found find() {
        return lookUp().<Found>map(Found.Not::new).orElseGet(() -> switch (account.telegram()
                .findChat(target)
                .then(chat -> account.telegram().source(chat.id()))) {
            case Answer.Ok<ChatSource>(ChatSource source) -> asBefore(source);
            case Answer.Refused<ChatSource>(TelegramError error) -> new Found.Not(refused(error));
        });
    }

    /** Nothing is kept of a chat to which the same words did not lead an earlier run: a name may be a stranger's since. */
    private Found asBefore(ChatSource source) {
        long chatId = source.chat().id();
        long before = account.ledger()
                .datasets()
                .leadsTo(account.lease(), run, order.source(), chatId)
                .orElseThrow(account::leaseLost);
        return before == chatId
                ? new Found.Source(source)
                : new Found.Not(new Then.Stall(
                        "SourceChanged",
                        "spec.source leads to another chat now than when it was read last: if that one is meant, write it in another"
                                + " form (https://t.me/name for @name)."));
    }

    /** A name costs the account one of its look-ups of any 24 hours, a link or id none. */
    private Optional<Then> lookUp() {
        if (!(target instanceof ChatTarget.Username)) {
            return Optional.empty();
        }
        return switch (account.ledger()
                .usage()
                .take(
                        account.lease(),
                        Usage.Kind.Lookup,
                        order.account().limits().lookupsPerDay())) {
            case Usage.Taken.Granted _ -> Optional.empty();
            case Usage.Taken.Exhausted(Instant until) ->
                Optional.of(new Then.Rest(new Wait(until, WaitingFor.DailyLimit)));
            case Usage.Taken.UserUnknown _ ->
                throw new IllegalStateException("The session is ready, its user is known");
            case Usage.Taken.LeaseLost _ -> throw account.leaseLost();
        };
    }

    /** Why nobody can be collected here; empty when somebody can. */
    Optional<Then.Stall> shut(ChatSource source) {
        TelegramChat chat = source.chat();
        boolean channel = chat.kind() == Kind.CHANNEL;
        if (order.collect() == Collect.Authors) {
            return channel
                    ? Optional.of(new Then.Stall(
                            "ChannelHasNoAuthors",
                            "The source is a channel, whose posts name nobody: use collect: Members with an account that"
                                    + " administers it, or name the channel's discussion group."))
                    : Optional.empty();
        }
        return source.listing() == Listing.NONE ? Optional.of(hidden(channel, chat.memberCount())) : Optional.empty();
    }

    private static Then.Stall hidden(boolean channel, long members) {
        String many = members > 0 ? " of its " + Count.of(members, "member") : "";
        return channel
                ? new Then.Stall(
                        "MemberListHidden",
                        "The source is a channel, and a channel shows none" + many
                                + " to accounts that do not administer it (200 at most to those that do): make the account an"
                                + " administrator.")
                : new Then.Stall(
                        "MemberListHidden",
                        "The chat shows none" + many
                                + " to the account: make it an administrator, or use collect: Authors.");
    }

    /** What a refusal of the chat or of a page means for the run. */
    Then refused(TelegramError error) {
        return AccountTrouble.of(account, error).orElseGet(() -> {
            if (ChatRefusals.isMissing(error)) {
                return new Then.Stall("ChatNotFound", missing(error));
            }
            return new Then.Stall(
                    Reason.of(error.raw(), "SourceRefused"),
                    "Telegram does not show the chat's people to the account (" + error.raw() + ").");
        });
    }

    /** Without a private link, which lets in whoever reads it. */
    private String missing(TelegramError error) {
        return target instanceof ChatTarget.Invite
                ? "spec.source: the account is not in the chat behind the invite link, or the link is no longer good ("
                        + error.raw() + "). A parser joins no chat by itself: let the account join it in Telegram."
                : "spec.source: Telegram knows no chat " + order.source() + " (" + error.raw()
                        + "), or the account may not see it. Check the name, link or id in Telegram, and let the account"
                        + " join a private chat first.";
    }
}
