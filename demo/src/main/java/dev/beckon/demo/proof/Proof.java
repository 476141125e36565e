package dev.beckon.demo.proof;

import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.InviteCampaignSpec.Mode;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.demo.proof.TruthDoor.Contact;
import dev.beckon.workorder.Count;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares three accounts of the same run, person by person: the ledger's outcomes, the status of every campaign and account,
 * and the contacts that Telegram saw. Our own logs are no witness.
 */
public final class Proof {
    private final Evidence evidence;
    private final List<Contact> delivered;
    /** Names of accounts by their Telegram user id. */
    private final Map<Long, String> names = new HashMap<>();

    private final List<PersonProof> people = new ArrayList<>();
    private final List<String> disagreements = new ArrayList<>();
    private final Set<Contact> explained = new HashSet<>();
    /** Those whose campaign is to invite and to write, by Telegram id. */
    private final Set<Long> mayGetBoth = new HashSet<>();

    private Proof(Evidence evidence) {
        this.evidence = evidence;
        this.delivered = evidence.contacts().stream()
                .filter(Contact::delivered)
                .filter(c -> c.how().equals("invite") || c.how().equals("message"))
                .toList();
        evidence.accounts()
                .forEach(account -> userId(account)
                        .ifPresent(id -> names.put(id, account.getMetadata().getName())));
    }

    /** What was found: each person, and a sentence for each disagreement. */
    public record Verdict(List<PersonProof> people, List<String> disagreements) {
        public boolean agrees() {
            return disagreements.isEmpty();
        }

        /** The last line of the comparison. A bad line or a duplicate is a row of the table and no person. */
        String summary(int campaigns) {
            long lines = people.stream()
                    .filter(p -> StatusProof.NO_PEOPLE.contains(p.reason()))
                    .count();
            return Count.people(people.size() - lines) + " in " + Count.of(campaigns, "campaign")
                    + (lines > 0 ? " (and " + Count.of(lines, "bad or double line") + ")" : "")
                    + ": Telegram, ledger and status "
                    + (agrees() ? "agree" : "DISAGREE") + ".";
        }
    }

    /** Judges. */
    public static Verdict verdict(Evidence evidence) {
        Proof proof = new Proof(evidence);
        evidence.campaigns().forEach(proof::campaign);
        proof.contacts();
        evidence.accounts().forEach(proof::account);
        if (evidence.overlaps() > 0) {
            proof.disagreements.add(
                    "an auth key was in use by two processes at once, " + Count.of(evidence.overlaps(), "time"));
        }
        return new Verdict(List.copyOf(proof.people), List.copyOf(proof.disagreements));
    }

    /** Prints the verdict as a table; answers whether all three agree. */
    public static boolean print(Evidence evidence, PrintStream out) {
        Verdict verdict = verdict(evidence);
        String format = "%-22s %6s   %-28s %-22s %s%n";
        out.printf("%n" + format, "CAMPAIGN", "LINE", "LEDGER", "TELEGRAM SAW", "AGREE");
        for (PersonProof p : verdict.people()) {
            out.printf(format, p.campaign(), "#" + p.line(), p.ledgerSays(), p.telegramSaw(), p.agrees() ? "✓" : "✗");
        }
        verdict.disagreements().forEach(d -> out.println("✗ " + d));
        out.printf("%n%s%n", verdict.summary(evidence.campaigns().size()));
        return verdict.agrees();
    }

    private void campaign(InviteCampaign campaign) {
        String name = campaign.getMetadata().getName();
        boolean both = campaign.getSpec().mode() == Mode.InviteAndMessage;
        List<PersonProof> lines = new ArrayList<>();
        Standing.of(evidence.log().getOrDefault(campaign.getMetadata().getUid(), List.of()))
                .forEach((line, standing) -> {
                    List<Contact> seen = delivered.stream()
                            .filter(contact -> standing.explains(contact, names))
                            .toList();
                    seen.stream()
                            .filter(contact -> !explained.add(contact))
                            .forEach(contact -> disagreements.add(name + " line " + line
                                    + ": claims a contact that another person's is: " + contact));
                    if (both) {
                        seen.forEach(contact -> mayGetBoth.add(contact.personId()));
                    }
                    lines.add(new PersonProof(
                            name,
                            line,
                            both,
                            standing.status(),
                            standing.reason(),
                            count(seen, "invite"),
                            count(seen, "message")));
                });
        Optional.ofNullable(evidence.audiences().get(campaign.getMetadata().getUid()))
                .filter(expected -> expected != lines.size())
                .ifPresent(expected -> disagreements.add(name + ": the audience has " + Count.of(expected, "line")
                        + ", the ledger has " + lines.size()));
        lines.stream()
                .filter(p -> !p.agrees())
                .forEach(p -> disagreements.add(name + " line " + p.line() + ": the ledger says " + p.ledgerSays()
                        + ", Telegram saw " + p.telegramSaw()));
        disagreements.addAll(StatusProof.ofCampaign(campaign, lines));
        people.addAll(lines);
    }

    /** What Telegram saw and no row of the ledger tells; and whom it saw contacted twice, whatever the rows tell. */
    private void contacts() {
        delivered.stream()
                .filter(contact -> !explained.contains(contact))
                .forEach(contact -> disagreements.add("Telegram saw a contact that no campaign knows: " + contact));
        Map<Long, List<Contact>> byPerson = delivered.stream().collect(Collectors.groupingBy(Contact::personId));
        byPerson.forEach((person, seen) -> {
            boolean once = seen.size() == 1
                    || (seen.size() == 2
                            && mayGetBoth.contains(person)
                            && count(seen, "invite") == 1
                            && seen.stream()
                                            .map(Contact::accountUserId)
                                            .distinct()
                                            .count()
                                    == 1);
            if (!once) {
                disagreements.add("Telegram saw one person contacted more than once: " + seen);
            }
        });
    }

    private void account(TelegramAccount account) {
        disagreements.addAll(StatusProof.ofAccount(
                account,
                Optional.ofNullable(evidence.reports().get(account.getMetadata().getUid())),
                delivered.stream()
                        .filter(contact -> userId(account)
                                .filter(id -> id == contact.accountUserId())
                                .isPresent())
                        .toList()));
    }

    private static Optional<Long> userId(TelegramAccount account) {
        return Optional.ofNullable(account.getStatus())
                .flatMap(status -> Optional.ofNullable(status.user()))
                .map(user -> user.id());
    }

    private static long count(List<Contact> contacts, String how) {
        return contacts.stream().filter(c -> c.how().equals(how)).count();
    }
}
