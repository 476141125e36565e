package dev.beckon.worker.parse;

import dev.beckon.ledger.parser.Dataset;
import dev.beckon.ledger.parser.Datasets;
import dev.beckon.telegram.Answer;
import dev.beckon.telegram.TelegramError;
import dev.beckon.worker.Ending;
import dev.beckon.worker.KillPoint;
import dev.beckon.worker.pacing.Wait;
import dev.beckon.worker.run.Then;
import dev.beckon.worker.run.Waits;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A run's pages, one after the other: while one is written, Telegram is asked for the next.
 *
 * @param limit how many people are wanted
 * @param clock by which {@code rest} is over
 * @param rest before which nothing may be asked
 * @param refused what a refusal means for the run; what it says of the account is in the ledger then
 * @param carriedOut does that
 * @param changed called after each page that is written
 */
record Reading(
        Pages pages,
        PageKeeper keeper,
        long limit,
        Waits waits,
        InstantSource clock,
        Supplier<Wait> rest,
        Function<TelegramError, Then> refused,
        Function<Then, Optional<Ending>> carriedOut,
        Runnable changed) {

    /** Until the pages end, or something ends the run before: then, too, all that Telegram answered is written. */
    Optional<Ending> toTheEnd() {
        while (reads(keeper.expected()) || reads(settle())) {
            Optional<Ending> ending = waits.wishedToEnd().or(this::rested);
            if (ending.isPresent()) {
                settle();
                return ending;
            }
            switch (next()) {
                case Answer.Ok<Datasets.Page>(Datasets.Page page) -> {
                    Dataset stands = settle();
                    // Where the page before was written by a try whose answer was lost, this one may be another's.
                    if (page.from() == stands.position() && reads(stands)) {
                        KillPoint.AFTER_PAGE.here();
                        keeper.begin(page);
                    }
                }
                case Answer.Refused<Datasets.Page>(TelegramError error) -> {
                    // A flood wait stands whatever becomes of the page before: who comes after a kill must not ask in
                    // its midst.
                    Then then = refused.apply(error);
                    // Of the run it is told after that page, which tells that the run waits for nothing.
                    settle();
                    ending = carriedOut.apply(then);
                    if (ending.isPresent()) {
                        return ending;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static boolean reads(Dataset stands) {
        return stands.state() == Dataset.State.Reading;
    }

    /** A wait is told to the ledger after the page that is being written. */
    private Optional<Ending> rested() {
        if (clock.instant().isBefore(rest.get().until())) {
            settle();
        }
        return waits.await(rest.get());
    }

    /** Asked for while the page before is written, unless that one may bring as many people as are wanted. */
    private Answer<Datasets.Page> next() {
        Dataset stands = keeper.expected();
        if (stands.people() >= limit) {
            stands = settle();
        }
        return stands.people() >= limit ? Answer.ok(Pages.enough(stands, limit)) : pages.at(stands);
    }

    private Dataset settle() {
        boolean written = keeper.isWriting();
        Dataset stands = keeper.settled();
        if (written) {
            KillPoint.AFTER_APPEND.here();
            waits.over();
            changed.run();
        }
        return stands;
    }
}
