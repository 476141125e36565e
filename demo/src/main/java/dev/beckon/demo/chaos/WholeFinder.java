package dev.beckon.demo.chaos;

import dev.beckon.demo.Campaigns.Everything;
import dev.beckon.demo.chaos.KindFacts.Rows;
import dev.beckon.demo.chaos.Kinds.Parser;
import dev.beckon.demo.chaos.WholeKinds.Posting;
import dev.beckon.demo.proof.KindEvidence;
import dev.beckon.demo.proof.KindProof;
import dev.beckon.demo.proof.TruthDoor;
import dev.beckon.demo.proof.TruthDoor.Post;
import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.LedgerUnavailableException;
import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.workorder.ParseOrder.Collect;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Reads what ledger and Telegram say at the end of a whole run. */
record WholeFinder(Ledger ledger, TruthDoor truth, StepJournal journal) {
    Facts facts(Scenario scenario, OptOuts optOuts, List<String> wrongs) {
        FactFinder found = new FactFinder(scenario, ledger);
        return new Facts(
                truth.contacts(),
                truth.overlaps(),
                again(found::reports),
                again(found::standings),
                optOuts.since(),
                journal.callsCutOff(),
                wrongs,
                List.of());
    }

    /** What there is to say of parsers and schedules. */
    KindEvidence evidence(Everything seen) {
        return again(() -> KindEvidence.gather(seen.parsers(), seen.schedules(), ledger, truth));
    }

    /** The same, as the judge of both levels wants it. */
    KindFacts kinds(Scenario scenario, WholeKinds kinds, KindEvidence evidence) {
        return kinds(
                kinds, evidence, again(() -> KindFinder.states(ledger, scenario.accounts())), journal.postsCutOff());
    }

    /** Pure. */
    static KindFacts kinds(
            WholeKinds kinds, KindEvidence evidence, Map<String, AccountState> accounts, int postsCutOff) {
        return new KindFacts(
                evidence.posts(),
                evidence.autopostReports(),
                kinds.postings().stream()
                        .collect(Collectors.toMap(it -> it.schedule().uid(), Posting::posts)),
                postsCutOff,
                kinds.parsers().stream().collect(Collectors.toMap(Parser::uid, it -> crowd(it, evidence))),
                kinds.parsers().stream().collect(Collectors.toMap(Parser::uid, it -> datasets(it, evidence))),
                accounts,
                KindProof.handovers(evidence).size());
    }

    private static List<Long> crowd(Parser parser, KindEvidence evidence) {
        return parser.collect() == Collect.Authors
                ? evidence.posts().stream()
                        .filter(post -> post.chat().equals("@chaos_" + parser.chat()))
                        .map(Post::accountUserId)
                        .distinct()
                        .toList()
                : evidence.members().getOrDefault(parser.uid(), List.of());
    }

    /** Its one run, if that came to its end. */
    private static List<Rows> datasets(Parser parser, KindEvidence evidence) {
        List<Long> people = evidence.people().get(parser.uid());
        return people == null ? List.of() : List.of(new Rows(true, people, true));
    }

    /** The pool may still hold connections to a database that was killed since. */
    private static <T> T again(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (LedgerUnavailableException stale) {
            return reading.get();
        }
    }
}
