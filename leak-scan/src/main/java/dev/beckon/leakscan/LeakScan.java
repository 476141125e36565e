package dev.beckon.leakscan;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Looks for what must not be found. */
public final class LeakScan {
    private final Needles needles;
    private final SecretBytes secrets;

    public LeakScan(Needles needles, SecretBytes secrets) {
        this.needles = needles;
        this.secrets = secrets;
    }

    /** One sentence for each find: where, and what kind of thing; never the thing itself. */
    public List<String> findings(Iterable<Haystack> haystacks) {
        List<String> found = new ArrayList<>();
        for (Haystack haystack : haystacks) {
            byte[] content = haystack.content().get();
            Set<String> kinds = new TreeSet<>(needles.kindsIn(new String(content, StandardCharsets.UTF_8)));
            kinds.addAll(secrets.kindsIn(content));
            kinds.forEach(kind -> found.add(haystack.where() + " holds " + kind));
        }
        return found;
    }
}
