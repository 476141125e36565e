package dev.beckon.workorder;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How results, statuses and events name the chats of a schedule: as a person wrote them, but for a private invite link. That lets in
 * whoever reads it, so its place in the spec is told in its stead.
 */
public final class TargetNames {
    /** The most that one sentence names. */
    private static final int FEW = 3;

    private TargetNames() {}

    /** In the same order; of targets that differ no two are named alike. */
    public static List<String> shown(List<String> targets) {
        return IntStream.range(0, targets.size())
                .mapToObj(i -> isPrivate(targets.get(i)) ? "invite link spec.targets[" + i + "]" : targets.get(i))
                .toList();
    }

    /** Of the forms that a target may have, see ChatTarget, only an invite link has one of these. */
    private static boolean isPrivate(String target) {
        return target.contains("/+") || target.contains("/joinchat/");
    }

    /**
     * "@a", "@a and @b", "@a, @b, @c and 4 more".
     *
     * @param names of which there is one at least
     * @param all how many there are, also without a name
     */
    public static String few(List<String> names, long all) {
        List<String> told = names.subList(0, Math.min(FEW, names.size()));
        long more = Math.max(all, names.size()) - told.size();
        if (more > 0) {
            return String.join(", ", told) + " and " + more + " more";
        }
        int last = told.size() - 1;
        return last == 0 ? told.getFirst() : String.join(", ", told.subList(0, last)) + " and " + told.get(last);
    }
}
