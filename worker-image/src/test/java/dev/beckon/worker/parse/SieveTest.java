package dev.beckon.worker.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.parser.ParsedPerson;
import dev.beckon.telegram.LastSeen;
import dev.beckon.telegram.PersonFacts;
import dev.beckon.telegram.TelegramUser;
import dev.beckon.worker.parse.Sieve.Sifted;
import dev.beckon.workorder.ParseOrder.Filters;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the filters and however a crowd is split into pages: the same people are kept, and everybody is counted once. */
class SieveTest {
    private static final Instant BEGAN = Instant.parse("2026-11-23T10:00:00Z");

    @Property
    void everyPersonIsKeptOrCountedOnce(@ForAll("crowds") List<PersonFacts> crowd, @ForAll("filters") Filters filters) {
        Sifted all = new Sieve(filters, BEGAN).sift(crowd);
        assertThat(all.kept().size() + all.bots() + all.deleted() + all.filtered())
                .isEqualTo(crowd.size());
        if (filters.excludeBots()) {
            assertThat(all.kept()).noneMatch(ParsedPerson::bot);
        }
        if (filters.excludeDeleted()) {
            assertThat(all.kept()).noneMatch(ParsedPerson::deleted);
        }
        if (filters.requireUsername()) {
            assertThat(all.kept()).allMatch(person -> person.username() != null);
        }
    }

    @Property
    void aCrowdInAnySplitIsTheSame(
            @ForAll("crowds") List<PersonFacts> crowd,
            @ForAll("filters") Filters filters,
            @ForAll List<@net.jqwik.api.constraints.IntRange(min = 0, max = 20) Integer> cuts) {
        Sieve sieve = new Sieve(filters, BEGAN);
        List<ParsedPerson> kept = new ArrayList<>();
        long bots = 0;
        long deleted = 0;
        long filtered = 0;
        List<PersonFacts> left = crowd;
        for (int cut : cuts) {
            int end = Math.min(cut, left.size());
            Sifted page = sieve.sift(left.subList(0, end));
            kept.addAll(page.kept());
            bots += page.bots();
            deleted += page.deleted();
            filtered += page.filtered();
            left = left.subList(end, left.size());
        }
        Sifted rest = sieve.sift(left);
        kept.addAll(rest.kept());
        assertThat(new Sifted(kept, bots + rest.bots(), deleted + rest.deleted(), filtered + rest.filtered()))
                .isEqualTo(sieve.sift(crowd));
    }

    @Provide
    Arbitrary<List<PersonFacts>> crowds() {
        Arbitrary<LastSeen> seen = Arbitraries.of(
                new LastSeen.Online(),
                new LastSeen.At(BEGAN.minusSeconds(60)),
                new LastSeen.At(BEGAN.minusSeconds(86_400L * 10)),
                new LastSeen.Recently(),
                new LastSeen.LastWeek(),
                new LastSeen.LastMonth(),
                new LastSeen.Unknown());
        return Combinators.combine(
                        Arbitraries.longs().between(1, 1L << 40),
                        Arbitraries.of("=SUM(A1)", "Ann", ""),
                        Arbitraries.of(Optional.of("ann_1"), Optional.<String>empty()),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        seen)
                .as((id, name, username, bot, deleted, last) -> new PersonFacts(
                        new TelegramUser(id, name, username.stream().toList(), Optional.empty(), bot, deleted),
                        "",
                        false,
                        last))
                .list()
                .ofMaxSize(60);
    }

    @Provide
    Arbitrary<Filters> filters() {
        Arbitrary<Boolean> yesOrNo = Arbitraries.of(true, false);
        return Combinators.combine(
                        yesOrNo,
                        yesOrNo,
                        yesOrNo,
                        Arbitraries.of(
                                Optional.<Duration>empty(),
                                Optional.of(Duration.ofHours(1)),
                                Optional.of(Duration.ofDays(7))))
                .as((bots, deleted, username, within) ->
                        new Filters(bots, deleted, username, within, Optional.empty(), Optional.empty()));
    }
}
