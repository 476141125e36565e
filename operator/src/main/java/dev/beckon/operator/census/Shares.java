package dev.beckon.operator.census;

import dev.beckon.crd.AutopostSchedule;
import dev.beckon.crd.AutopostScheduleStatus;
import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.InviteCampaignStatus;
import dev.beckon.crd.ParserJob;
import dev.beckon.crd.ParserJobStatus;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.crd.TelegramAccountStatus;
import dev.beckon.crd.TrippedBreaker;
import dev.beckon.operator.condition.ConditionType;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What one resource adds to each sum, by its status. Pure. */
final class Shares {
    /** Of one that the operator has not looked at yet. */
    static final String NEW = "New";

    private final Map<Series, Long> shares = new HashMap<>();
    private final String kind;
    private final String namespace;

    private Shares(HasMetadata resource) {
        kind = resource.getKind();
        namespace = resource.getMetadata().getNamespace();
    }

    static Map<Series, Long> of(HasMetadata resource) {
        Shares of = new Shares(resource);
        switch (resource) {
            case TelegramAccount account -> of.account(Optional.ofNullable(account.getStatus()));
            case InviteCampaign campaign -> of.campaign(campaign, Optional.ofNullable(campaign.getStatus()));
            case ParserJob parser -> of.parser(Optional.ofNullable(parser.getStatus()));
            case AutopostSchedule schedule -> of.schedule(Optional.ofNullable(schedule.getStatus()));
            default -> throw new IllegalArgumentException("No kind of ours: " + resource.getKind());
        }
        return Map.copyOf(of.shares);
    }

    private void account(Optional<TelegramAccountStatus> told) {
        state(TelegramAccountStatus.State.values(), told.map(TelegramAccountStatus::state));
        told.ifPresent(status -> {
            standing(status.conditions(), status.breaker());
            Optional.ofNullable(status.usage()).ifPresent(usage -> {
                acts("Invite", usage.invites());
                acts("Message", usage.messages());
                acts("Join", usage.joins());
                acts("Lookup", usage.lookups());
            });
        });
    }

    private void campaign(InviteCampaign campaign, Optional<InviteCampaignStatus> told) {
        state(InviteCampaignStatus.State.values(), told.map(InviteCampaignStatus::state));
        told.ifPresent(status -> {
            standing(status.conditions(), status.breaker());
            waiting(status.waitingFor());
            String audience = campaign.getSpec().audience().webhook() == null ? "List" : "Webhook";
            Optional.ofNullable(status.progress()).ifPresent(progress -> {
                add(progress.pending(), Sum.PEOPLE, namespace, audience, "Pending");
                add(progress.inFlight(), Sum.PEOPLE, namespace, audience, "InFlight");
                add(progress.unknown(), Sum.PEOPLE, namespace, audience, "Unknown");
                add(progress.invited(), Sum.PEOPLE_DONE, namespace, "Invited");
                add(progress.linkSent(), Sum.PEOPLE_DONE, namespace, "LinkSent");
                add(progress.alreadyMember(), Sum.PEOPLE_DONE, namespace, "AlreadyMember");
                add(progress.skipped(), Sum.PEOPLE_DONE, namespace, "Skipped");
                add(progress.failed(), Sum.PEOPLE_DONE, namespace, "Failed");
            });
            status.outcomes().forEach(it -> add(it.count(), Sum.REFUSALS, Series.word(it.reason())));
        });
    }

    private void parser(Optional<ParserJobStatus> told) {
        state(ParserJobStatus.State.values(), told.map(ParserJobStatus::state));
        told.ifPresent(status -> {
            standing(status.conditions(), status.breaker());
            waiting(status.waitingFor());
        });
    }

    private void schedule(Optional<AutopostScheduleStatus> told) {
        state(AutopostScheduleStatus.State.values(), told.map(AutopostScheduleStatus::state));
        told.ifPresent(status -> {
            standing(status.conditions(), status.breaker());
            waiting(status.waitingFor());
            add(number(status.outcomeUnknown()), Sum.UNKNOWN_POSTS, namespace);
            add(
                    Optional.ofNullable(status.progress())
                            .map(AutopostScheduleStatus.Progress::published)
                            .orElse(0L),
                    Sum.POSTS,
                    namespace,
                    "Published");
            add(number(status.failures()), Sum.POSTS, namespace, "Failed");
            add(number(status.outcomeUnknown()), Sum.POSTS, namespace, "Unknown");
            add(number(status.missed()), Sum.POSTS, namespace, "Missed");
        });
    }

    /** All words are there from the beginning: of a line that begins with 1 Prometheus does not know that it was 0 before. */
    private void state(Enum<?>[] words, Optional<? extends Enum<?>> state) {
        Stream.concat(Stream.of(NEW), Arrays.stream(words).map(Enum::name))
                .forEach(word -> add(0, Sum.RESOURCES, kind, namespace, word));
        add(1, Sum.RESOURCES, kind, namespace, state.map(Enum::name).orElse(NEW));
    }

    private void standing(List<Condition> conditions, TrippedBreaker breaker) {
        ConditionType.Stalled.in(conditions)
                .filter(it -> "True".equals(it.getStatus()))
                .ifPresent(it -> add(1, Sum.STALLED, kind, namespace, Series.word(it.getReason())));
        if (breaker != null) {
            add(1, Sum.BREAKERS, kind, namespace, Series.word(breaker.reason()));
        }
    }

    private void waiting(String what) {
        if (what != null) {
            add(1, Sum.WAITING, kind, namespace, Series.word(what));
            add(1, Sum.WAITS, kind, Series.word(what));
        }
    }

    private void acts(String act, long count) {
        add(count, Sum.ACTS, namespace, act);
    }

    private static long number(Long value) {
        return value == null ? 0 : value;
    }

    /** Nothing is written down, too: so a sum is there before it is more than that. */
    private void add(long count, Sum sum, String... values) {
        shares.merge(Series.of(sum, values), count, Long::sum);
    }
}
