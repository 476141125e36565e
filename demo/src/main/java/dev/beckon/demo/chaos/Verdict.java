package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.Facts.Standing;
import dev.beckon.demo.chaos.Scenario.Account;
import dev.beckon.demo.chaos.Scenario.Campaign;
import dev.beckon.demo.chaos.Scenario.Human;
import dev.beckon.demo.proof.TruthDoor.Contact;
import dev.beckon.ledger.report.CampaignReport;
import dev.beckon.workorder.Count;
import dev.beckon.workorder.InviteOrder.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Judges a run by what Telegram saw; the ledger is asked only whether it tells the same.
 *
 * @param wrongs a sentence for each thing that must never happen and did
 */
record Verdict(List<String> wrongs) {
    boolean green() {
        return wrongs.isEmpty();
    }

    static Verdict of(Scenario scenario, Facts facts) {
        List<String> wrongs = new ArrayList<>();
        people(scenario, facts, wrongs);
        facts.standings().forEach(standing -> {
            disagreement(standing, facts).ifPresent(wrongs::add);
            writtenOff(scenario, standing, facts).ifPresent(wrongs::add);
        });
        scenario.campaigns().forEach(campaign -> campaign(scenario, campaign, facts, wrongs));
        if (facts.overlaps() > 0) {
            wrongs.add(Count.of(facts.overlaps(), "time")
                    + " one auth key was in use by two processes at once: Telegram would revoke it");
        }
        long unknown = facts.reports().values().stream()
                .mapToLong(r -> r.counts().unknown())
                .sum();
        if (unknown > facts.callsCutOff()) {
            wrongs.add("the outcome of " + Count.people(unknown) + " is unknown, though only "
                    + Count.of(facts.callsCutOff(), "call was", "calls were") + " cut off");
        }
        facts.stuck().forEach(why -> wrongs.add("stuck: " + why));
        facts.neverKilled().forEach(step -> wrongs.add("no worker was killed at the step " + step));
        return new Verdict(List.copyOf(wrongs));
    }

    /** The same, and what else went wrong. */
    Verdict and(List<String> more) {
        return new Verdict(Stream.concat(wrongs.stream(), more.stream()).toList());
    }

    /** Contacts that reached a person, by person. */
    private static Map<Long, List<Contact>> delivered(Facts facts) {
        return facts.contacts().stream()
                .filter(Contact::delivered)
                .filter(c -> c.how().equals("invite") || c.how().equals("message"))
                .collect(Collectors.groupingBy(Contact::personId));
    }

    private static void people(Scenario scenario, Facts facts, List<String> wrongs) {
        Map<Long, Human> known = scenario.people().stream().collect(Collectors.toMap(Human::id, Function.identity()));
        delivered(facts).forEach((id, contacts) -> {
            Optional<Human> human = Optional.ofNullable(known.get(id));
            if (human.isEmpty()) {
                wrongs.add("Telegram saw a contact with somebody who is in no audience (" + id + ")");
                return;
            }
            twice(scenario, human.get(), contacts, wrongs);
            human.get()
                    .leftBefore()
                    .filter(chat -> toldByRefusal(scenario, chat))
                    .ifPresent(chat -> wrongs.add(human.get() + " left " + chat + " before and was contacted for it"));
            Optional.ofNullable(facts.optedOut().get(id))
                    .filter(since -> contacts.stream().anyMatch(c -> c.at().isAfter(since)))
                    .ifPresent(since -> wrongs.add(human.get() + " was contacted after having opted out at " + since));
        });
    }

    /** Telegram tells that somebody left long ago only by refusing to add them; where links alone are sent nobody can know. */
    private static boolean toldByRefusal(Scenario scenario, String chat) {
        return scenario.campaigns().stream().anyMatch(c -> c.chat().equals(chat) && c.mode() != Mode.LinkOnly);
    }

    private static void twice(Scenario scenario, Human human, List<Contact> contacts, List<String> wrongs) {
        long invites = count(contacts, "invite");
        long messages = count(contacts, "message");
        if (contacts.stream().map(Contact::accountUserId).distinct().count() > 1) {
            wrongs.add(human + " was contacted by two campaigns within seven days");
        } else if (invites > 1 || messages > 1) {
            wrongs.add(called(scenario, human) + " was contacted twice: " + Count.of(invites, "invite") + ", "
                    + Count.of(messages, "message"));
        } else if (invites == 1 && messages == 1 && !mayGetBoth(scenario, human, contacts.getFirst())) {
            wrongs.add(called(scenario, human) + " was contacted twice: an invite and a link");
        }
    }

    /** People of lists and people who came by webhook are claimed in different ways, and each must be seen to be harmed. */
    private static String called(Scenario scenario, Human human) {
        return scenario.calling().contains(human) ? human + " came by webhook and" : human.toString();
    }

    private static boolean mayGetBoth(Scenario scenario, Human human, Contact contact) {
        return scenario.campaigns().stream()
                .filter(c -> c.mode() == Mode.InviteAndMessage)
                .filter(c -> c.accounts().stream().anyMatch(a -> a.userId() == contact.accountUserId()))
                .anyMatch(
                        c -> c.audience().stream().anyMatch(line -> line.human().equals(human)));
    }

    private static long count(List<Contact> contacts, String how) {
        return contacts.stream().filter(c -> c.how().equals(how)).count();
    }

    private static Optional<String> disagreement(Standing standing, Facts facts) {
        List<Long> accounts =
                standing.campaign().accounts().stream().map(Account::userId).toList();
        List<Contact> seen = delivered(facts).getOrDefault(standing.human().id(), List.of()).stream()
                .filter(c -> accounts.contains(c.accountUserId()))
                .toList();
        long invites = count(seen, "invite");
        long messages = count(seen, "message");
        boolean agree = switch (standing.status()) {
            case Invited -> invites == 1;
            case LinkSent -> messages == 1;
            // Without the chat's log a settlement finds a member and can't tell who brought them.
            case AlreadyMember ->
                messages == 0 && (invites == 0 || !standing.campaign().administrators());
            case Accepted, Skipped, Failed, Deferred, Reverted -> invites == 0 && messages == 0;
            case Unknown -> true;
        };
        return agree
                ? Optional.empty()
                : Optional.of(standing.campaign().name() + ": the ledger has " + standing.human() + " as "
                        + standing.status() + ", Telegram saw " + Count.of(invites, "invite") + " and "
                        + Count.of(messages, "message"));
    }

    /** Nobody is lost: whoever could be contacted was, or it is not known; how many may be unknown is counted elsewhere. */
    private static Optional<String> writtenOff(Scenario scenario, Standing standing, Facts facts) {
        boolean given = switch (standing.status()) {
            case Skipped, Failed -> true;
            case Accepted, Invited, LinkSent, AlreadyMember, Deferred, Reverted, Unknown -> false;
        };
        Human human = standing.human();
        return given && scenario.reachable(human) && !facts.optedOut().containsKey(human.id())
                ? Optional.of(standing.campaign().name() + ": " + human + " could be contacted and ended as "
                        + standing.status())
                : Optional.empty();
    }

    private static void campaign(Scenario scenario, Campaign campaign, Facts facts, List<String> wrongs) {
        CampaignReport report = facts.reports().get(campaign.uid());
        if (report == null) {
            wrongs.add(campaign.name() + ": the ledger does not know it");
            return;
        }
        CampaignReport.Counts counts = report.counts();
        int size = campaign.audience().size();
        if (counts.total() != size || counts.pending() + counts.inFlight() + counts.done() + counts.unknown() != size) {
            wrongs.add(campaign.name() + ": of " + Count.people(size) + " the ledger has " + counts);
        }
        if (counts.inFlight() > 0) {
            wrongs.add(campaign.name() + ": " + Count.of(counts.inFlight(), "person is", "people are")
                    + " in flight for ever");
        }
        long mayWait = campaign.audience().stream()
                .filter(line -> scenario.capped().contains(line.human()))
                .count();
        if (counts.pending() > mayWait) {
            wrongs.add(campaign.name() + ": " + Count.of(counts.pending(), "person is", "people are") + " pending, "
                    + mayWait + " at most may wait for the frequency cap");
        }
    }
}
