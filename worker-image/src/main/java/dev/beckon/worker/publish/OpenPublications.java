package dev.beckon.worker.publish;

import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.content.Publication;
import dev.beckon.ledger.content.PublishOutcome;
import dev.beckon.telegram.Answer;
import dev.beckon.telegram.ChatPost;
import dev.beckon.telegram.ChatTarget;
import dev.beckon.telegram.FormerPosts;
import dev.beckon.telegram.TelegramChat;
import dev.beckon.telegram.TelegramError;
import dev.beckon.worker.KillPoint;
import dev.beckon.worker.pacing.Wait;
import dev.beckon.worker.pacing.WaitingFor;
import dev.beckon.worker.run.AccountTrouble;
import dev.beckon.worker.run.OpenAccount;
import dev.beckon.worker.run.Then;
import dev.beckon.workorder.Count;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts whose answer nobody wrote down. What dead processes left is settled with a user's account by the chat's history and event log,
 * asked for in a session that was opened when nothing of it could still be on its way: TDLib may miss what came to a chat it knew
 * already. So what this process itself heard nothing of is left to the run's next one. A bot, who can read no history, asks for the messages that
 * follow the last known one; what is not among them stays unknown. None is sent again to find out.
 */
final class OpenPublications {
    private static final Logger LOG = LoggerFactory.getLogger(OpenPublications.class);

    /** How long bytes that a dead process sent may take to reach Telegram. */
    static final Duration BYTES_MAY_ARRIVE = Duration.ofMinutes(2);

    /** After how many messages of others a bot finds its own no more. */
    private static final int PROBED = 100;

    /** In a channel, of a post that was refused: how many times as far it looks for the end of what there is. */
    private static final int MOST_PROBES = 10;

    private record Due(Publication intent, Instant at) {}

    private final OpenAccount account;
    private final Optional<Duration> deadline;
    private final boolean bot;
    private final PriorityQueue<Due> inherited = new PriorityQueue<>(Comparator.comparing(Due::at));
    private Optional<Wait> ours = Optional.empty();

    /**
     * Takes over what earlier workers of a schedule left; those of others know their own deadlines.
     *
     * @param deadline how long after its run began a post may be sent again
     */
    OpenPublications(OpenAccount account, String scheduleUid, Optional<Duration> deadline) {
        this.account = account;
        this.deadline = deadline;
        this.bot = account.telegram().self().bot();
        for (Publication intent : account.ledger().publications().openOf(scheduleUid)) {
            inherited.add(new Due(intent, settledFrom(intent)));
        }
        if (!inherited.isEmpty()) {
            LOG.info("An earlier process left {} to be settled", Count.of(inherited.size(), "post"));
        }
    }

    /** What a session must not be opened before that is to settle what earlier workers of a schedule left. */
    static Wait before(Ledger ledger, String scheduleUid) {
        Instant latest = ledger.publications().openOf(scheduleUid).stream()
                .map(OpenPublications::settledFrom)
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
        return new Wait(latest, WaitingFor.Settlement);
    }

    private static Instant settledFrom(Publication intent) {
        return intent.openedAt().plus(BYTES_MAY_ARRIVE);
    }

    /** A post of this process of which nothing was heard. */
    void leave(Publication intent) {
        Wait wait = new Wait(settledFrom(intent), WaitingFor.Settlement);
        ours = Optional.of(ours.map(wait::and).orElse(wait));
    }

    /** When the run's next worker can settle what this one left; empty when it left nothing. */
    Optional<Wait> left() {
        return ours;
    }

    /** When the next of the others' can be settled; empty when none is left. */
    Optional<Wait> next() {
        return Optional.ofNullable(inherited.peek()).map(due -> new Wait(due.at(), WaitingFor.Settlement));
    }

    /** Settles what is due, until there is nothing more or Telegram says something about the account. */
    Then settleDue() {
        while (!inherited.isEmpty() && !inherited.peek().at().isAfter(account.now())) {
            Publication intent = inherited.poll().intent();
            KillPoint.BEFORE_SETTLEMENT.here();
            Then then = settle(intent);
            if (!(then instanceof Then.GoOn)) {
                return then;
            }
            KillPoint.AFTER_SETTLEMENT.here();
        }
        return new Then.GoOn();
    }

    private Then settle(Publication intent) {
        return switch (account.telegram()
                .findChat(new ChatTarget.Id(intent.chatId()))
                .then(chat -> bot ? probed(intent, chat) : read(intent, chat))) {
            case Answer.Ok<PublishOutcome>(PublishOutcome outcome) -> write(intent, outcome);
            case Answer.Refused<PublishOutcome>(TelegramError error) ->
                AccountTrouble.of(account, error)
                        .map(trouble -> again(intent, trouble))
                        .orElseGet(() -> write(intent, new PublishOutcome.Unknown(error.raw())));
        };
    }

    /** By the chat's history; and by its event log where the history does not show the post. */
    private Answer<PublishOutcome> read(Publication intent, TelegramChat chat) {
        Instant since = intent.openedAt().minus(PostEvidence.CLOCK_SLACK);
        return account.telegram().posts(chat.id(), since).then(history -> {
            Set<Long> others = account.ledger().publications().knownMessages(chat.id(), since);
            return PostEvidence.found(intent.post(), intent.openedAt(), history, others)
                    .map(Answer::ok)
                    .orElseGet(() -> former(chat, since).map(former -> missing(intent, former, others)));
        });
    }

    /** By the numbers of the messages that came after the last post before it. */
    private Answer<PublishOutcome> probed(Publication intent, TelegramChat chat) {
        OptionalLong last = account.ledger().publications().lastMessage(chat.id(), intent.openedAt());
        if (last.isEmpty()) {
            return Answer.ok(new PublishOutcome.Unknown(PostEvidence.NOTHING_TO_PROBE));
        }
        Set<Long> others = account.ledger()
                .publications()
                .knownMessages(chat.id(), intent.openedAt().minus(PostEvidence.CLOCK_SLACK));
        // Of a group's messages a bot is told its own only, so that it does not see where they end.
        boolean toTheEnd = intent.refused() && chat.kind() == TelegramChat.Kind.CHANNEL;
        long after = last.getAsLong();
        for (int probe = 0; probe < (toTheEnd ? MOST_PROBES : 1); probe++) {
            List<ChatPost> posts;
            switch (account.telegram().postsAfter(chat.id(), after, PROBED)) {
                case Answer.Ok<List<ChatPost>>(List<ChatPost> told) -> posts = told;
                case Answer.Refused<List<ChatPost>> refused -> {
                    return refused.as();
                }
            }
            Optional<PublishOutcome> found = PostEvidence.found(intent.post(), intent.openedAt(), posts, others);
            if (found.isPresent()) {
                return Answer.ok(found.get());
            }
            if (toTheEnd && posts.isEmpty()) {
                return Answer.ok(new PublishOutcome.NotSent(account.now()));
            }
            after = posts.isEmpty() ? after : posts.getLast().messageId();
        }
        return Answer.ok(new PublishOutcome.Unknown(PostEvidence.NOT_PROBED));
    }

    /** What the event log tells; nothing where the account may not read it. */
    private Answer<Optional<FormerPosts>> former(TelegramChat chat, Instant since) {
        return chat.mayReadEventLog()
                ? account.telegram().formerPosts(chat.id(), since).map(Optional::of)
                : Answer.ok(Optional.empty());
    }

    private PublishOutcome missing(Publication intent, Optional<FormerPosts> former, Set<Long> others) {
        PublishOutcome outcome = PostEvidence.missing(
                intent.post(),
                intent.openedAt(),
                account.now(),
                intent.refused(),
                // A run that Telegram made wait goes on when the wait is over.
                deadline.filter(_ -> !intent.refused()).map(intent.runStartedAt()::plus),
                former,
                others);
        if (outcome instanceof PublishOutcome.Published) {
            LOG.info("The post was published and stands in the chat as it was no more: somebody deleted or edited it");
        }
        return outcome;
    }

    /** The intent stays open until what Telegram says of the account is over. */
    private Then again(Publication intent, Then trouble) {
        inherited.add(new Due(intent, trouble instanceof Then.Rest(Wait wait) ? wait.until() : account.now()));
        return trouble;
    }

    private Then write(Publication intent, PublishOutcome outcome) {
        account.persist(() -> account.ledger().publications().settle(account.lease(), intent, outcome));
        LOG.info("A post that was left open is settled: {}", outcome.getClass().getSimpleName());
        return new Then.GoOn();
    }
}
