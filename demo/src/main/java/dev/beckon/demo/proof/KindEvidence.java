package dev.beckon.demo.proof;

import dev.beckon.crd.AutopostSchedule;
import dev.beckon.crd.ParserJob;
import dev.beckon.demo.proof.TruthDoor.Contact;
import dev.beckon.demo.proof.TruthDoor.Post;
import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.report.AutopostReport;
import dev.beckon.ledger.report.ParserReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the three witnesses of a run say of parsers and schedules.
 *
 * @param parsers with their statuses, as Kubernetes has them
 * @param schedules likewise
 * @param parserReports what the ledger says of parsers, by uid
 * @param people Telegram ids in the ledger's newest complete dataset, by the parser's uid
 * @param members Telegram ids of who is in a parser's source, by its uid
 * @param autopostReports what the ledger says of schedules, by uid
 * @param posts what Telegram shows in chats, oldest first
 * @param contacts what Telegram saw of campaigns, oldest first
 */
public record KindEvidence(
        List<ParserJob> parsers,
        List<AutopostSchedule> schedules,
        Map<String, ParserReport> parserReports,
        Map<String, List<Long>> people,
        Map<String, List<Long>> members,
        Map<String, AutopostReport> autopostReports,
        List<Post> posts,
        List<Contact> contacts) {

    /** Asks the ledger and Telegram. */
    public static KindEvidence gather(
            List<ParserJob> parsers, List<AutopostSchedule> schedules, Ledger ledger, TruthDoor truth) {
        Map<String, ParserReport> parserReports = ledger.reports()
                .parsers(parsers.stream()
                        .map(parser -> parser.getMetadata().getUid())
                        .toList());
        Map<String, List<Long>> people = new HashMap<>();
        parserReports.forEach((uid, report) -> report.complete()
                .flatMap(run -> ledger.datasets().find(run.datasetUid()))
                .ifPresent(dataset -> {
                    List<Long> ids = new ArrayList<>();
                    ledger.datasets().forEach(dataset, person -> ids.add(person.userId()));
                    people.put(uid, List.copyOf(ids));
                }));
        return new KindEvidence(
                parsers,
                schedules,
                parserReports,
                people,
                parsers.stream()
                        .collect(Collectors.toMap(
                                parser -> parser.getMetadata().getUid(),
                                parser -> truth.members(parser.getSpec().source()))),
                ledger.reports()
                        .autoposts(schedules.stream()
                                .map(schedule -> schedule.getMetadata().getUid())
                                .toList()),
                truth.posts(),
                truth.contacts());
    }
}
