package dev.beckon.demo.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What became of a plan.
 *
 * @param fired the steps at which something happened to a worker
 * @param left what the plan held for workers and never happened
 * @param serversKilled how many servers were killed
 * @param terminations of the workers that were stopped by SIGTERM
 * @param troubles how often each of Telegram's scripted faults happened, by its name
 */
record CarriedOut(
        List<String> fired,
        List<Sabotage> left,
        int serversKilled,
        List<Termination> terminations,
        Map<String, Integer> troubles) {

    /** What a run must not leave out, and what its workers must not do when they are told to stop. */
    List<String> wrongs(FaultPlan plan) {
        List<String> wrongs = new ArrayList<>();
        terminations.forEach(termination -> termination.wrong().ifPresent(wrongs::add));
        left.forEach(sabotage -> wrongs.add("planned and never happened: " + sabotage.words()));
        if (serversKilled < plan.servers().size()) {
            wrongs.add("only " + serversKilled + " of " + plan.servers().size() + " servers were killed");
        }
        troubles.forEach((name, times) -> {
            if (times == 0) {
                wrongs.add("Telegram's scripted fault " + name + " never happened");
            }
        });
        return wrongs;
    }
}
