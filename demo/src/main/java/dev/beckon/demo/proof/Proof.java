package dev.beckon.demo.proof;

import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.InviteCampaignStatus.Progress;
import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.invite.OutcomeLog;
import dev.beckon.ledger.invite.OutcomeStatus;
import dev.beckon.ledger.people.Identities;
import dev.beckon.ledger.people.Person;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compares three accounts of the same run, person by person: the ledger's outcomes, every campaign's status, and the
 * contacts that Telegram saw. Our own logs are no witness.
 */
public final class Proof {
    /** Lines of an audience that are no person of their own. */
    private static final Set<String> NO_PEOPLE = Set.of("BadLine", "Duplicate");

    private final Ledger ledger;
    private final TruthDoor truth;
    private final List<InviteCampaign> campaigns;

    public Proof(Ledger ledger, TruthDoor truth, List<InviteCampaign> campaigns) {
        this.ledger = ledger;
        this.truth = truth;
        this.campaigns = campaigns;
    }

    /** What was found: each person, and a sentence for each disagreement. */
    public record Verdict(List<PersonProof> people, List<String> disagreements) {
        public boolean agrees() {
            return disagreements.isEmpty();
        }

        /** The last line of the comparison. A bad line or a duplicate is a row of the table and no person. */
        String summary(int campaigns) {
            return people.stream().filter(p -> !NO_PEOPLE.contains(p.reason())).count() + " people in " + campaigns
                    + " campaigns: Telegram, ledger and status " + (agrees() ? "agree" : "DISAGREE") + ".";
        }
    }

    /** Where one person of a campaign stands after all rows of the log. */
    private record Standing(Optional<Person> person, OutcomeStatus status, String reason, Set<Long> chats) {}

    public Verdict verdict() {
        List<TruthDoor.Contact> contacts = truth.contacts().stream()
                .filter(TruthDoor.Contact::delivered)
                .filter(c -> c.how().equals("invite") || c.how().equals("message"))
                .toList();
        List<PersonProof> people = new ArrayList<>();
        List<String> disagreements = new ArrayList<>();
        Set<TruthDoor.Contact> explained = new HashSet<>();
        for (InviteCampaign campaign : campaigns) {
            Map<Long, Standing> standings = standings(campaign.getMetadata().getUid());
            List<PersonProof> ofCampaign = new ArrayList<>();
            standings.forEach((line, standing) -> {
                List<TruthDoor.Contact> seen =
                        contacts.stream().filter(c -> isAbout(c, standing)).toList();
                explained.addAll(seen);
                ofCampaign.add(new PersonProof(
                        campaign.getMetadata().getName(),
                        line,
                        standing.status,
                        standing.reason,
                        seen.stream().filter(c -> c.how().equals("invite")).count(),
                        seen.stream().filter(c -> c.how().equals("message")).count()));
            });
            statusDisagreements(campaign, ofCampaign, disagreements);
            people.addAll(ofCampaign);
        }
        people.stream()
                .filter(p -> !p.agrees())
                .forEach(p -> disagreements.add(p.campaign() + " line " + p.line() + ": the ledger says "
                        + p.ledgerSays() + ", Telegram saw " + p.telegramSaw()));
        contacts.stream()
                .filter(c -> !explained.contains(c))
                .forEach(c -> disagreements.add("Telegram saw a contact that no campaign knows: " + c));
        int overlaps = truth.overlaps();
        if (overlaps > 0) {
            disagreements.add("an auth key was in use by two processes at once, " + overlaps + " times");
        }
        return new Verdict(people, disagreements);
    }

    /** Prints the verdict as a table; answers whether all three agree. */
    public boolean print(PrintStream out) {
        Verdict verdict = verdict();
        String format = "%-22s %6s   %-28s %-22s %s%n";
        out.printf("%n" + format, "CAMPAIGN", "PERSON", "LEDGER", "TELEGRAM SAW", "AGREE");
        for (PersonProof p : verdict.people()) {
            out.printf(format, p.campaign(), "#" + p.line(), p.ledgerSays(), p.telegramSaw(), p.agrees() ? "✓" : "✗");
        }
        verdict.disagreements().forEach(d -> out.println("✗ " + d));
        out.printf("%n%s%n", verdict.summary(campaigns.size()));
        return verdict.agrees();
    }

    private Map<Long, Standing> standings(String campaignUid) {
        Map<Long, Standing> standings = new LinkedHashMap<>();
        ledger.outcomes()
                .forEach(
                        campaignUid,
                        row -> standings.merge(row.ordinal(), standing(row), (before, next) -> {
                            OutcomeStatus status = next.status.after(before.status);
                            Set<Long> chats = new HashSet<>(before.chats);
                            chats.addAll(next.chats);
                            return new Standing(
                                    next.person.or(before::person),
                                    status,
                                    status == next.status ? next.reason : before.reason,
                                    chats);
                        }));
        return standings;
    }

    private static Standing standing(OutcomeLog.Row row) {
        return new Standing(
                row.person(),
                row.status(),
                row.reason(),
                row.chatId().map(Set::of).orElse(Set.of()));
    }

    private static boolean isAbout(TruthDoor.Contact contact, Standing standing) {
        return standing.person
                .map(Person::identities)
                .filter(identities -> names(identities, contact))
                .isPresent();
    }

    private static boolean names(Identities identities, TruthDoor.Contact contact) {
        return identities.userId().filter(id -> id == contact.personId()).isPresent()
                || identities.phone().filter(p -> same(p, contact.phone())).isPresent()
                || identities
                        .username()
                        .filter(u -> same(u, contact.username()))
                        .isPresent();
    }

    private static boolean same(String known, Optional<String> seen) {
        return seen.filter(s -> plain(s).equalsIgnoreCase(plain(known))).isPresent();
    }

    private static String plain(String identity) {
        return identity.startsWith("+") || identity.startsWith("@") ? identity.substring(1) : identity;
    }

    private static void statusDisagreements(
            InviteCampaign campaign, List<PersonProof> people, List<String> disagreements) {
        Progress progress = campaign.getStatus().progress();
        compare(campaign, "invited", progress.invited(), count(people, OutcomeStatus.Invited), disagreements);
        compare(campaign, "linkSent", progress.linkSent(), count(people, OutcomeStatus.LinkSent), disagreements);
        compare(
                campaign,
                "alreadyMember",
                progress.alreadyMember(),
                count(people, OutcomeStatus.AlreadyMember),
                disagreements);
        compare(campaign, "failed", progress.failed(), count(people, OutcomeStatus.Failed), disagreements);
        long skipped = people.stream()
                .filter(p -> p.ledger() == OutcomeStatus.Skipped && !NO_PEOPLE.contains(p.reason()))
                .count();
        compare(campaign, "skipped", progress.skipped(), skipped, disagreements);
        long lines = people.stream().filter(p -> NO_PEOPLE.contains(p.reason())).count();
        compare(campaign, "total", progress.total(), people.size() - lines, disagreements);
    }

    private static long count(List<PersonProof> people, OutcomeStatus status) {
        return people.stream().filter(p -> p.ledger() == status).count();
    }

    private static void compare(
            InviteCampaign campaign, String what, Long status, long ledger, List<String> disagreements) {
        long shown = status == null ? 0 : status;
        if (shown != ledger) {
            disagreements.add(campaign.getMetadata().getName() + ": the status says " + what + " " + shown
                    + ", the ledger has " + ledger);
        }
    }
}
