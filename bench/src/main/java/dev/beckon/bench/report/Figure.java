package dev.beckon.bench.report;

import java.util.Optional;

/**
 * One thing that was measured.
 *
 * @param name what it is, as the table shows it
 * @param unit of both series
 * @param peer the same of the peer, round by round; absent when there is no peer
 * @param goal absent for a figure that only informs
 * @param why why the goal is missed, as far as it is known; shown only when it is
 */
public record Figure(
        String name, String unit, Series ours, Optional<Series> peer, Optional<Goal> goal, Optional<String> why) {

    /** How a figure stands to its goal. */
    public enum Judgement {
        MET("met"),
        MISSED("**missed**"),
        NO_GOAL("–");

        private final String text;

        Judgement(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    public Figure {
        if (peer.isEmpty() && goal.filter(it -> it.of() == Goal.Of.RATIO).isPresent()) {
            throw new IllegalArgumentException(name + ": a ratio needs a peer");
        }
    }

    /** A figure without peer and goal. */
    public static Figure of(String name, String unit, Series ours) {
        return new Figure(name, unit, ours, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public Figure against(Series others) {
        return new Figure(name, unit, ours, Optional.of(others), goal, why);
    }

    /** @param reason why it is missed, in a sentence, if it is */
    public Figure goal(Goal wanted, String reason) {
        return new Figure(name, unit, ours, peer, Optional.of(wanted), Optional.of(reason));
    }

    public Figure goal(Goal wanted) {
        return new Figure(name, unit, ours, peer, Optional.of(wanted), Optional.empty());
    }

    /** Ours over the peer's, round by round. */
    public Optional<Series> ratio() {
        return peer.map(ours::over);
    }

    public Judgement judgement() {
        return goal.map(wanted -> {
                    double judged = switch (wanted.of()) {
                        case VALUE -> ours.median();
                        case RATIO -> ratio().orElseThrow().median();
                    };
                    return wanted.isMetBy(judged) ? Judgement.MET : Judgement.MISSED;
                })
                .orElse(Judgement.NO_GOAL);
    }
}
