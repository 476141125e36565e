package dev.beckon.demo.proof;

import dev.beckon.crd.AutopostSchedule;
import dev.beckon.crd.AutopostScheduleStatus;
import dev.beckon.crd.ParserJob;
import dev.beckon.crd.ParserJobStatus;
import dev.beckon.demo.proof.TruthDoor.Post;
import dev.beckon.ledger.parser.Dataset;
import dev.beckon.ledger.report.AutopostReport;
import dev.beckon.ledger.report.ParserReport;
import dev.beckon.workorder.Count;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compares status, ledger and Telegram for parsers and schedules: a parser has exactly the members of its chat, each once, but
 * for bots and deleted accounts; each post is once in each of its chats, and nothing else is.
 */
public final class KindProof {
    private static final String FORMAT = "%-22s %-16s %-16s %-28s %-16s %s%n";
    private static final String NOTHING = "–";

    private final KindEvidence evidence;
    private final List<Row> parsers = new ArrayList<>();
    private final List<Row> schedules = new ArrayList<>();
    private final List<String> disagreements = new ArrayList<>();

    private KindProof(KindEvidence evidence) {
        this.evidence = evidence;
    }

    /** A line of a table: what each of the witnesses says of a resource in a chat. */
    record Row(String name, String chat, String status, String ledger, String telegram, boolean agrees) {}

    /** What was found, with a sentence for each disagreement. */
    public record Verdict(List<Row> parsers, List<Row> schedules, List<String> disagreements) {
        public boolean agrees() {
            return disagreements.isEmpty();
        }
    }

    /** Judges what was to show, among others, an account that a campaign gives up for a post. */
    public static Verdict ofDemonstration(KindEvidence evidence) {
        KindProof proof = judged(evidence);
        proof.require(
                evidence.schedules().isEmpty() || !handovers(evidence).isEmpty(),
                "No account was given up for a post while its campaign was at work");
        return proof.verdict();
    }

    /** Judges. */
    public static Verdict verdict(KindEvidence evidence) {
        return judged(evidence).verdict();
    }

    private static KindProof judged(KindEvidence evidence) {
        KindProof proof = new KindProof(evidence);
        evidence.parsers().forEach(proof::parser);
        evidence.schedules().forEach(proof::schedule);
        return proof;
    }

    private Verdict verdict() {
        return new Verdict(List.copyOf(parsers), List.copyOf(schedules), List.copyOf(disagreements));
    }

    /** Prints the verdict as tables; answers whether all three agree. */
    public static boolean print(KindEvidence evidence, PrintStream out) {
        Verdict verdict = ofDemonstration(evidence);
        table("PARSER", verdict.parsers(), out);
        table("SCHEDULE", verdict.schedules(), out);
        verdict.disagreements().forEach(d -> out.println("✗ " + d));
        out.println();
        handovers(evidence).forEach(out::println);
        return verdict.agrees();
    }

    private static void table(String kind, List<Row> rows, PrintStream out) {
        if (rows.isEmpty()) {
            return;
        }
        out.printf("%n" + FORMAT, kind, "CHAT", "STATUS", "LEDGER", "TELEGRAM HAS", "AGREE");
        rows.forEach(row -> out.printf(
                FORMAT, row.name(), row.chat(), row.status(), row.ledger(), row.telegram(), row.agrees() ? "✓" : "✗"));
    }

    private void parser(ParserJob parser) {
        String uid = parser.getMetadata().getUid();
        String name = parser.getMetadata().getName();
        int before = disagreements.size();
        List<Long> people = evidence.people().getOrDefault(uid, List.of());
        List<Long> members = evidence.members().getOrDefault(uid, List.of());
        Optional<ParserReport.Run> run =
                Optional.ofNullable(evidence.parserReports().get(uid)).flatMap(ParserReport::complete);
        Optional<ParserJobStatus.Progress> shown =
                Optional.ofNullable(parser.getStatus()).map(ParserJobStatus::progress);
        if (run.isEmpty() || shown.isEmpty()) {
            disagreements.add(
                    name + ": the " + (run.isEmpty() ? "ledger has no complete dataset" : "status has no sums"));
        } else {
            Dataset.Counts counts = run.get().counts();
            compare(name, "collected", shown.get().collected(), people.size());
            compare(name, "listed", shown.get().listed(), counts.listed());
            compare(name, "chatTotal", shown.get().chatTotal(), counts.chatTotal());
            require(
                    members.size() == people.size() + counts.bots() + counts.deleted() + counts.filtered(),
                    name + ": Telegram has " + Count.of(members.size(), "member") + ", the ledger " + people.size()
                            + " and left " + (counts.bots() + counts.deleted() + counts.filtered()) + " out");
        }
        require(new HashSet<>(people).size() == people.size(), name + ": the ledger has somebody twice");
        require(new HashSet<>(members).containsAll(people), name + ": the ledger has somebody who is no member");
        parsers.add(new Row(
                name,
                parser.getSpec().source(),
                shown.map(it -> it.listed() + " of " + it.chatTotal() + " listed")
                        .orElse(NOTHING),
                Count.people(people.size())
                        + run.map(it -> leftOut(it.counts())).orElse(""),
                Count.of(members.size(), "member"),
                disagreements.size() == before));
    }

    private static String leftOut(Dataset.Counts counts) {
        return (counts.bots() > 0 ? ", " + Count.of(counts.bots(), "bot") : "")
                + (counts.deleted() > 0 ? ", " + counts.deleted() + " deleted" : "");
    }

    private void schedule(AutopostSchedule schedule) {
        String name = schedule.getMetadata().getName();
        List<String> targets = schedule.getSpec().targets();
        int before = disagreements.size();
        Optional<AutopostReport> report = Optional.ofNullable(
                evidence.autopostReports().get(schedule.getMetadata().getUid()));
        Optional<AutopostScheduleStatus.Progress> shown =
                Optional.ofNullable(schedule.getStatus()).map(AutopostScheduleStatus::progress);
        long published = report.map(AutopostReport::published).orElse(0L);
        compare(
                name,
                "published",
                shown.map(AutopostScheduleStatus.Progress::published).orElse(0L),
                published);
        compare(
                name,
                "outcomeUnknown",
                Optional.ofNullable(schedule.getStatus())
                        .map(AutopostScheduleStatus::outcomeUnknown)
                        .orElse(0L),
                report.map(AutopostReport::outcomeUnknown).orElse(0L));
        long seen = targets.stream().mapToLong(chat -> in(chat).size()).sum();
        require(
                seen == published,
                name + ": the ledger says " + published + " published, Telegram has " + Count.of(seen, "post"));
        for (String chat : targets) {
            in(chat).stream().collect(Collectors.groupingBy(Post::text, Collectors.counting())).values().stream()
                    .filter(times -> times > 1)
                    .forEach(times -> disagreements.add(name + ": a post is in " + chat + " " + times + " times"));
        }
        boolean agrees = disagreements.size() == before;
        for (String chat : targets) {
            schedules.add(new Row(
                    name,
                    chat,
                    shown.map(it -> it.summary() + " used").orElse(NOTHING),
                    published + " published",
                    Count.of(in(chat).size(), "post"),
                    agrees));
        }
    }

    private List<Post> in(String chat) {
        return evidence.posts().stream()
                .filter(post -> post.chat().equals(chat))
                .toList();
    }

    /** A line for each post that its account published between two people of a campaign: it had to be given up for it. */
    public static List<String> handovers(KindEvidence evidence) {
        Map<String, AutopostSchedule> byTarget = evidence.schedules().stream()
                .flatMap(schedule -> schedule.getSpec().targets().stream().map(chat -> Map.entry(chat, schedule)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (first, _) -> first));
        return evidence.posts().stream()
                .filter(post -> byTarget.containsKey(post.chat()))
                .map(post -> handover(evidence, byTarget.get(post.chat()), post))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> handover(KindEvidence evidence, AutopostSchedule schedule, Post post) {
        Map<Boolean, Long> contacts = evidence.contacts().stream()
                .filter(contact -> contact.accountUserId() == post.accountUserId())
                .map(TruthDoor.Contact::at)
                .map(at -> at.isBefore(post.at()))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return Optional.of(contacts)
                .filter(it -> it.keySet().size() == 2)
                .map(it -> "Account " + schedule.getSpec().account().name() + " published for "
                        + schedule.getMetadata().getName() + " at " + clock(post.at()) + ", after " + it.get(true)
                        + " and before " + it.get(false) + " of its campaign's people: it was given up for the post.");
    }

    private static String clock(Instant at) {
        return at.toString().substring(11, 19);
    }

    private void compare(String name, String what, long status, long ledger) {
        require(status == ledger, name + ": the status says " + what + " " + status + ", the ledger has " + ledger);
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            disagreements.add(Objects.requireNonNull(otherwise));
        }
    }
}
