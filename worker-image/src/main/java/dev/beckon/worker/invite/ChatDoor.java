package dev.beckon.worker.invite;

import dev.beckon.ledger.accounts.Usage;
import dev.beckon.telegram.Answer;
import dev.beckon.telegram.ChatTarget;
import dev.beckon.telegram.InviteLink;
import dev.beckon.telegram.JoinResult;
import dev.beckon.telegram.TelegramChat;
import dev.beckon.telegram.TelegramError;
import dev.beckon.worker.BadInput;
import dev.beckon.worker.KillPoint;
import dev.beckon.worker.message.MessageTemplate;
import dev.beckon.worker.pacing.Wait;
import dev.beckon.worker.pacing.WaitingFor;
import dev.beckon.worker.run.AccountTrouble;
import dev.beckon.worker.run.ChatRefusals;
import dev.beckon.worker.run.Reason;
import dev.beckon.worker.run.Then;
import dev.beckon.workorder.InviteOrder.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way into the campaign's chat: finds it, joins it where needed, learns who left, and has a link for it. */
final class ChatDoor {
    private static final Logger LOG = LoggerFactory.getLogger(ChatDoor.class);

    /** How often it is looked whether an administrator let the account in: the look for the chat tells, and costs no join. */
    private static final Duration APPROVAL_CHECK = Duration.ofHours(1);

    /** Telegram's bound on a link's name. */
    private static final int MAX_LINK_NAME = 32;

    private final Run run;
    private final MessageTemplate message;
    private final ChatTarget target;
    private Optional<OptOuts> learned = Optional.empty();

    ChatDoor(Run run, MessageTemplate message) {
        this.run = run;
        this.message = message;
        try {
            this.target = ChatTarget.parse(run.order().target());
        } catch (IllegalArgumentException e) {
            throw new BadInput("spec.target: " + e.getMessage(), e);
        }
    }

    /** Whether the campaign's chat can be worked in. */
    sealed interface Entry {
        /** @param link empty when no message of the plan carries one */
        record In(TelegramChat chat, ModePlan plan, Optional<String> link, OptOuts optOuts) implements Entry {}

        record Not(Then then) implements Entry {}
    }

    Entry enter() {
        return switch (run.telegram().findChat(target)) {
            case Answer.Ok<TelegramChat>(TelegramChat chat) ->
                ofCampaign(chat, () -> {
                    ModePlan plan = ModePlan.of(run.order().mode(), chat, message);
                    // A link to a public chat can be handed out from outside.
                    return chat.member() || (!plan.invites() && chat.username().isPresent()) ? in(chat, plan) : join();
                });
            case Answer.Refused<TelegramChat>(TelegramError.NotFound _)
            when target instanceof ChatTarget.Invite -> join();
            case Answer.Refused<TelegramChat>(TelegramError error) -> new Entry.Not(refused(error));
        };
    }

    /** A name that the campaign's chat let go may be a stranger's now: there nothing is joined, read or handed out. */
    private Entry ofCampaign(TelegramChat chat, Supplier<Entry> entry) {
        long first = run.ledger()
                .campaigns()
                .leadsTo(run.lease(), run.campaign(), chat.id())
                .orElseThrow(run::leaseLost);
        if (first == chat.id()) {
            return entry.get();
        }
        String name =
                target instanceof ChatTarget.Invite ? "its link" : run.order().target();
        return new Entry.Not(new Then.Stall(
                "TargetChanged",
                "spec.target: " + name
                        + " leads to another chat now than when the campaign began (a group that was made a"
                        + " supergroup is another one, too), so nothing is done there. If that chat is meant, create a new campaign,"
                        + " for the target of a started one is fixed."));
    }

    private Entry join() {
        if (run.ledger().campaigns().hasAskedToJoin(run.lease(), run.campaign())) {
            // Each wish to join counts, and a second one tells an administrator nothing new.
            return awaitApproval();
        }
        return switch (run.ledger()
                .usage()
                .take(run.lease(), Usage.Kind.Join, run.limits().joinsPerDay())) {
            case Usage.Taken.Granted _ ->
                switch (run.telegram().joinChat(target)) {
                    case Answer.Ok<JoinResult>(JoinResult.Joined(TelegramChat chat)) -> {
                        LOG.info("Joined the chat");
                        yield ofCampaign(
                                chat, () -> in(chat, ModePlan.of(run.order().mode(), chat, message)));
                    }
                    case Answer.Ok<JoinResult>(JoinResult.RequestSent _) -> {
                        // Whoever dies before this line asks once more.
                        run.check(run.ledger().campaigns().asksToJoin(run.lease(), run.campaign()));
                        yield awaitApproval();
                    }
                    case Answer.Refused<JoinResult>(TelegramError error) -> new Entry.Not(refused(error));
                };
            case Usage.Taken.Exhausted(Instant until) ->
                new Entry.Not(new Then.Rest(new Wait(until, WaitingFor.DailyLimit)));
            case Usage.Taken.UserUnknown _ ->
                throw new IllegalStateException("The session is ready, its user is known");
            case Usage.Taken.LeaseLost _ -> throw run.leaseLost();
        };
    }

    private Entry awaitApproval() {
        return new Entry.Not(new Then.Rest(new Wait(run.now().plus(APPROVAL_CHECK), WaitingFor.JoinApproval)));
    }

    private Entry in(TelegramChat chat, ModePlan plan) {
        run.check(run.ledger().campaigns().entered(run.lease(), run.campaign()));
        if (run.order().mode() != Mode.LinkOnly && !plan.invites()) {
            LOG.info(
                    "The channel has more than {} members, to which Telegram adds nobody: links only",
                    ModePlan.CHANNEL_ADD_CAP);
        }
        if (plan.invites() && !chat.mayInvite()) {
            return new Entry.Not(
                    new Then.Stall(
                            "NoRightToInvite",
                            "The account may not add people to the chat: make it an administrator who may invite, or use mode LinkOnly."));
        }
        OptOuts optOuts = learned.filter(it -> it.areOf(chat)).orElseGet(() -> new OptOuts(run, chat));
        learned = Optional.of(optOuts);
        // Whoever comes here again waited for something.
        optOuts.expire();
        Then then = optOuts.learn();
        if (!(then instanceof Then.GoOn)) {
            return new Entry.Not(then);
        }
        if (!plan.messages() || !message.hasLink()) {
            return new Entry.In(chat, plan, Optional.empty(), optOuts);
        }
        return link(chat, link -> new Entry.In(chat, plan, Optional.of(link), optOuts));
    }

    /** One link per campaign and account, made once and named, so that an administrator sees where it comes from. */
    private Entry link(TelegramChat chat, Function<String, Entry> in) {
        Optional<String> made = run.ledger().campaigns().inviteLink(run.lease(), run.campaign());
        if (made.isPresent()) {
            return in.apply(made.get());
        }
        if (!chat.mayInvite()) {
            return knownLink(
                    chat,
                    in,
                    () -> new Entry.Not(
                            new Then.Stall(
                                    "NoInviteLink",
                                    "The account may make no invite link, and the chat is not public: make it an administrator who may invite.")));
        }
        String name = "beckon " + run.order().campaign().name();
        InviteLink.Request request = new InviteLink.Request(
                name.substring(0, Math.min(name.length(), MAX_LINK_NAME)), Optional.empty(), 0, false);
        return switch (run.telegram().createInviteLink(chat.id(), request)) {
            case Answer.Ok<InviteLink>(InviteLink link) -> {
                // Whoever dies here leaves a link that nobody uses; the next one makes its own.
                KillPoint.AFTER_LINK.here();
                run.check(run.ledger().campaigns().linkMade(run.lease(), run.campaign(), link.url()));
                yield in.apply(link.url());
            }
            case Answer.Refused<InviteLink>(TelegramError error) ->
                AccountTrouble.of(run.open(), error)
                        .<Entry>map(Entry.Not::new)
                        .orElseGet(() -> knownLink(chat, in, () -> new Entry.Not(refused(error))));
        };
    }

    private Entry knownLink(TelegramChat chat, Function<String, Entry> in, Supplier<Entry> otherwise) {
        Optional<String> known = chat.username().map(name -> "https://t.me/" + name);
        if (known.isEmpty() && target instanceof ChatTarget.Invite(String link)) {
            known = Optional.of(link);
        }
        return known.map(in).orElseGet(otherwise);
    }

    /** What a refusal of the chat, not of a person, means for the run. */
    private Then refused(TelegramError error) {
        return AccountTrouble.of(run.open(), error)
                .orElseGet(() -> ChatRefusals.isMissing(error)
                        ? new Then.Stall("ChatNotFound", missing(error))
                        : new Then.Stall(
                                Reason.of(error.raw(), "CampaignFault"),
                                "Telegram does not let the account work in the chat (" + error.raw() + ")."));
    }

    /** Without a private link, which lets in whoever reads it. */
    private String missing(TelegramError error) {
        String wanted = target instanceof ChatTarget.Invite
                ? "behind its invite link"
                : run.order().target();
        return "spec.target: Telegram knows no chat " + wanted + " (" + error.raw()
                + "), or the account may not see it. Check"
                + " the name, link or id in Telegram, and let the account join a private chat first; then create a new campaign"
                + " with the right target, for that of a started one is fixed.";
    }
}
