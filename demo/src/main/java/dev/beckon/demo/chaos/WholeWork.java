package dev.beckon.demo.chaos;

import dev.beckon.crd.AutopostSchedule;
import dev.beckon.crd.ParserJob;
import dev.beckon.demo.Campaigns.Everything;
import dev.beckon.demo.chaos.Scenario.Campaign;
import dev.beckon.demo.chaos.WholeKinds.Posting;
import dev.beckon.ledger.accounts.Priority;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a whole run is about, and how far it is by what Kubernetes shows. */
record WholeWork(Scenario scenario, WholeKinds kinds) {
    /** Every kind. */
    static Set<Priority> all() {
        return EnumSet.of(Priority.Invite, Priority.Parse, Priority.Publish);
    }

    /** The kinds of which one has not come to its end, or was not applied yet. */
    Set<Priority> left(Everything seen) {
        Set<Priority> left = all();
        if (scenario.campaigns().stream().allMatch(campaign -> ended(campaign, seen))) {
            left.remove(Priority.Invite);
        }
        if (kinds.parsers().stream()
                .allMatch(parser -> named(seen.parsers(), parser.name())
                        .filter(WholeKindVerdict::ended)
                        .isPresent())) {
            left.remove(Priority.Parse);
        }
        if (kinds.postings().stream().allMatch(posting -> ended(posting, seen))) {
            left.remove(Priority.Publish);
        }
        return left;
    }

    private boolean ended(Campaign campaign, Everything seen) {
        return WholeVerdict.named(seen.campaigns(), campaign)
                .filter(it -> WholeVerdict.ended(scenario, campaign, it))
                .isPresent();
    }

    private static boolean ended(Posting posting, Everything seen) {
        return named(seen.schedules(), posting.schedule().name())
                .filter(it -> WholeKindVerdict.ended(posting, it))
                .isPresent();
    }

    /** For a person who wonders why it does not go on; whatever moves changes it. */
    static String words(Everything seen) {
        return Stream.of(
                        seen.campaigns().stream().map(WholeVerdict::words),
                        seen.parsers().stream().map((ParserJob it) -> WholeKindVerdict.words(it)),
                        seen.schedules().stream().map((AutopostSchedule it) -> WholeKindVerdict.words(it)))
                .flatMap(each -> each)
                .collect(Collectors.joining(", "));
    }

    static <T extends HasMetadata> Optional<T> named(List<T> resources, String name) {
        return resources.stream()
                .filter(it -> it.getMetadata().getName().equals(name))
                .findFirst();
    }
}
