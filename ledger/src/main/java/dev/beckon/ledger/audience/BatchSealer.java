package dev.beckon.ledger.audience;

import dev.beckon.ledger.people.Person;
import dev.beckon.ledger.people.PersonVault;
import java.util.ArrayList;
import java.util.List;

/** Parses and encrypts the lines of a batch: the work that several threads share. */
final class BatchSealer {
    private final PersonVault vault;
    private final String campaignUid;
    private final long firstOrdinal;

    BatchSealer(PersonVault vault, String campaignUid, long firstOrdinal) {
        this.vault = vault;
        this.campaignUid = campaignUid;
        this.firstOrdinal = firstOrdinal;
    }

    SealedBatch seal(AudienceFormat.Parser parser, List<LineReader.RawLine> lines) {
        List<SealedBatch.SealedLine> done = new ArrayList<>(lines.size());
        int empty = 0;
        for (LineReader.RawLine line : lines) {
            switch (parser.parse(line)) {
                case AudienceLine.Empty nothing -> empty++;
                case AudienceLine.Invalid(long number, String sentence) ->
                    done.add(new SealedBatch.SealedLine(number, List.of(), null, "", sentence, false));
                case AudienceLine.WithoutConsent(long number, Person person) ->
                    done.add(new SealedBatch.SealedLine(
                            number,
                            vault.unordered(person.identities()),
                            null,
                            person.consent().basis().name(),
                            "",
                            false));
                case AudienceLine.Foreign(long number, Person person) ->
                    done.add(new SealedBatch.SealedLine(
                            number,
                            vault.unordered(person.identities()),
                            null,
                            person.consent().basis().name(),
                            "",
                            true));
                case AudienceLine.Valid(long number, Person person) ->
                    done.add(new SealedBatch.SealedLine(
                            number,
                            vault.unordered(person.identities()),
                            vault.seal(person, campaignUid, firstOrdinal + number),
                            person.consent().basis().name(),
                            "",
                            false));
            }
        }
        return new SealedBatch(lines.getFirst().number(), lines.getLast().number() + 1, empty, done);
    }
}
