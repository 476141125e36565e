package dev.beckon.operator.ledger;

import dev.beckon.ledger.report.AccountReport;
import dev.beckon.ledger.report.AutopostReport;
import dev.beckon.ledger.report.CampaignReport;
import dev.beckon.ledger.report.ParserReport;
import dev.beckon.operator.ledger.Reading.Asked;
import dev.beckon.operator.ledger.Reading.Known;
import dev.beckon.operator.ledger.Reading.Unreachable;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The last reports of the ledger, and which are wanted anew. Only memory: {@link ReportReader} reads what is wanted. So a
 * ledger that hangs blocks no reconciler, and nothing is read while nothing changes.
 */
@ApplicationScoped
public class ReportBook {
    /** An outage that lasts so long is told to all; a shorter one only to those who asked meanwhile. */
    static final Duration LASTS = Duration.ofSeconds(10);

    private final InstantSource clock;
    private final Map<Subject, Entry> entries = new HashMap<>();
    private final Set<Subject> wanted = new LinkedHashSet<>();
    private final Set<Subject> toldAway = new HashSet<>();
    /** Of whom what is being read now is too old already. */
    private final Set<Subject> overtaken = new HashSet<>();

    private Optional<Trouble> trouble = Optional.empty();
    private boolean toldAll;
    /** The highest number of the ledger that any status or answer had, and that of the last answer. */
    private long highest;

    private long last;

    public ReportBook(InstantSource clock) {
        this.clock = clock;
    }

    /** Since when and why the ledger can't be reached. */
    public record Trouble(Instant since, String why) {}

    /**
     * @param basis what the asker knew of the cluster when it last asked
     * @param read the last answer, with the basis that held when it was asked for; null before the first
     */
    private record Entry(ResourceID resource, Object basis, Answer read) {
        boolean fresh() {
            return read != null && basis.equals(read.basis);
        }
    }

    private record Answer(Object basis, Optional<Object> report, long sequence, Instant readAt, OptionalLong ahead) {}

    /**
     * The last report on a campaign.
     *
     * @param basis what the caller knows of the cluster; a report that was asked for before it knew is not given out, so that
     *     a worker that has ended is never judged by what was written before its end
     * @param maxAge a report older than this is given out, and read again
     */
    public Reading<CampaignReport> campaign(String uid, ResourceID resource, Object basis, Optional<Duration> maxAge) {
        return reading(CampaignReport.class, Subject.campaign(uid), resource, basis, maxAge);
    }

    /** The last report on a parser; see {@link #campaign}. */
    public Reading<ParserReport> parser(String uid, ResourceID resource, Object basis, Optional<Duration> maxAge) {
        return reading(ParserReport.class, Subject.parser(uid), resource, basis, maxAge);
    }

    /** The last report on a schedule; see {@link #campaign}. */
    public Reading<AutopostReport> autopost(String uid, ResourceID resource, Object basis, Optional<Duration> maxAge) {
        return reading(AutopostReport.class, Subject.autopost(uid), resource, basis, maxAge);
    }

    /** The last report on an account; see {@link #campaign}. */
    public Reading<AccountReport> account(String uid, ResourceID resource, Object basis, Optional<Duration> maxAge) {
        return reading(AccountReport.class, Subject.account(uid), resource, basis, maxAge);
    }

    /** What was last read of an account, however old; nothing is asked. */
    public synchronized Optional<AccountReport> lastOfAccount(String uid) {
        return Optional.ofNullable(entries.get(Subject.account(uid)))
                .map(Entry::read)
                .flatMap(Answer::report)
                .map(AccountReport.class::cast);
    }

    private synchronized <R> Reading<R> reading(
            Class<R> type, Subject subject, ResourceID resource, Object basis, Optional<Duration> maxAge) {
        Entry old = entries.get(subject);
        Entry entry = new Entry(resource, basis, old == null ? null : old.read);
        entries.put(subject, entry);
        if (!entry.fresh()) {
            want(subject);
        } else if (maxAge.isPresent() && entry.read.readAt.plus(maxAge.get()).isBefore(clock.instant())) {
            want(subject);
        }
        if (trouble.isPresent()) {
            // Whoever is told so is told again when the ledger is back, in whichever batch that is.
            toldAway.add(subject);
            want(subject);
            return new Unreachable<>(trouble.get().since(), trouble.get().why());
        }
        return entry.fresh()
                ? new Known<>(
                        entry.read.report.map(type::cast), entry.read.sequence, entry.read.readAt, entry.read.ahead)
                : new Asked<>();
    }

    /**
     * A status carries this number of the ledger's: so an operator that has just started knows as well that a backup was restored.
     *
     * @param sequence null when it carries none yet
     */
    public synchronized void saw(Long sequence) {
        highest = sequence == null ? highest : Math.max(highest, sequence);
    }

    /**
     * The last answer is not good enough, nor is one that is on its way: the resource is reconciled again when a new one is there. So
     * whoever has just written something does not read what was there before.
     */
    public synchronized void refresh(Subject subject) {
        entries.computeIfPresent(subject, (key, entry) -> {
            want(key);
            overtaken.add(key);
            return new Entry(entry.resource, entry.basis, null);
        });
    }

    /** Somebody says that the subject changed. One that nobody asked for is left alone. */
    public synchronized void changed(Subject subject) {
        if (entries.containsKey(subject)) {
            want(subject);
        }
    }

    /** Hints may have been lost: everything that is known is read again. */
    public synchronized void allChanged() {
        entries.keySet().forEach(this::want);
    }

    /** The resource is gone. */
    public synchronized void forget(Subject subject) {
        entries.remove(subject);
        wanted.remove(subject);
        toldAway.remove(subject);
        overtaken.remove(subject);
    }

    /** Why the ledger can't be reached, if it can't. */
    public synchronized Optional<Trouble> trouble() {
        return trouble;
    }

    private void want(Subject subject) {
        if (wanted.add(subject)) {
            notifyAll();
        }
    }

    /**
     * Waits until something is wanted.
     *
     * @param atMost after this time, who has reports to keep looks whether the ledger still answers
     */
    synchronized void awaitWanted(Duration atMost) throws InterruptedException {
        Instant end = clock.instant().plus(atMost);
        while (wanted.isEmpty() && (entries.isEmpty() || clock.instant().isBefore(end))) {
            wait(atMost.toMillis());
        }
    }

    /** Takes what is wanted, at most so many; each with the basis that holds now. */
    synchronized Map<Subject, Object> take(int most) {
        Map<Subject, Object> batch = new LinkedHashMap<>();
        Iterator<Subject> subjects = wanted.iterator();
        while (subjects.hasNext() && batch.size() < most) {
            Subject subject = subjects.next();
            subjects.remove();
            overtaken.remove(subject);
            batch.put(subject, entries.get(subject).basis);
        }
        return batch;
    }

    /**
     * Writes answers down.
     *
     * @return for whom they are news
     */
    synchronized Map<Subject, ResourceID> answered(Map<Subject, Object> batch, LedgerDoor.Reports reports, Instant at) {
        boolean healed = trouble.isPresent();
        trouble = Optional.empty();
        toldAll = false;
        OptionalLong ahead = reports.sequence() < highest ? OptionalLong.of(highest) : OptionalLong.empty();
        boolean fell = reports.sequence() < last;
        last = reports.sequence();
        highest = Math.max(highest, last);
        Map<Subject, ResourceID> news = new LinkedHashMap<>();
        batch.forEach((subject, basis) -> {
            Entry old = entries.get(subject);
            if (old == null || overtaken.contains(subject)) {
                return;
            }
            Optional<Object> report = Optional.ofNullable(reports.found().get(subject));
            Answer answer = new Answer(basis, report, reports.sequence(), at, ahead);
            if (toldAway.remove(subject) || healed || old.read == null || isNews(answer, old.read)) {
                news.put(subject, old.resource);
            }
            entries.put(subject, new Entry(old.resource, old.basis, answer));
        });
        if (fell) {
            // An older backup was restored: what was read before it is not so any more, of nobody.
            entries.keySet().stream()
                    .filter(subject -> !batch.containsKey(subject))
                    .forEach(this::want);
        }
        return news;
    }

    /** The sequence number moves whenever anything in the ledger does: that alone is no news, unless it moved back. */
    private static boolean isNews(Answer answer, Answer before) {
        return !Objects.equals(answer.basis, before.basis)
                || answer.sequence < before.sequence
                || !answer.report.map(SequenceNumbers::without).equals(before.report.map(SequenceNumbers::without));
    }

    /**
     * Takes note that the ledger can't be reached; what was taken is wanted still.
     *
     * @return for whom this is news
     */
    synchronized Map<Subject, ResourceID> failed(Map<Subject, Object> batch, String why) {
        boolean first = trouble.isEmpty();
        if (first) {
            trouble = Optional.of(new Trouble(clock.instant(), why));
        }
        // Everything is wanted from now on, what was asked for first: the next attempts go on, and all hear of the
        // return.
        batch.keySet().stream().filter(entries::containsKey).forEach(this::want);
        entries.keySet().forEach(this::want);
        boolean lasts =
                !toldAll && !clock.instant().isBefore(trouble.get().since().plus(LASTS));
        toldAll |= lasts;
        Map<Subject, ResourceID> news = new LinkedHashMap<>();
        entries.forEach((subject, entry) -> {
            if (lasts || (first && batch.containsKey(subject))) {
                news.put(subject, entry.resource);
            }
        });
        return news;
    }
}
