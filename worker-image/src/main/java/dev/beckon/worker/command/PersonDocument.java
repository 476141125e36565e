package dev.beckon.worker.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.ledger.StewardLedger;
import dev.beckon.ledger.invite.ContactRecords;
import dev.beckon.ledger.invite.PersonRecords;
import dev.beckon.ledger.invite.StrandedContacts;
import dev.beckon.ledger.people.Identities;
import dev.beckon.ledger.people.Person;
import dev.beckon.ledger.steward.Suppressed;
import java.util.Optional;

/** What is kept of one human, as the document that they get. */
final class PersonDocument {
    private PersonDocument() {}

    static void write(ObjectNode document, StewardLedger ledger, FoundPerson found) {
        name(document, found.asked());
        ArrayNode campaigns = document.putArray("campaigns");
        found.kept().forEach(row -> campaign(campaigns.addObject(), ledger, row));
        ArrayNode datasets = document.putArray("parsed");
        found.parsed()
                .forEach(row -> datasets.addObject()
                        .put("namespace", row.namespace())
                        .put("parser", row.parser())
                        .putPOJO("row", row.person()));
        ArrayNode books = document.putArray("addressBooks");
        found.stranded().forEach(contact -> stranded(books.addObject(), contact));
        ArrayNode contacts = document.putArray("contacts");
        ledger.contacts().find(found.names()).forEach(contact -> contact(contacts.addObject(), contact));
        ArrayNode suppressed = document.putArray("suppressed");
        found.names().stream()
                .flatMap(name -> ledger.suppressions().of(name).stream())
                .distinct()
                .forEach(entry -> suppression(suppressed.addObject(), entry));
    }

    private static void campaign(ObjectNode node, StewardLedger ledger, PersonRecords.Kept row) {
        Person person = row.person();
        name(node, person.identities());
        put(node, "namespace", row.namespace());
        put(node, "campaign", row.campaign());
        node.put("uid", row.campaignUid()).put("line", row.ordinal());
        put(node, "firstName", person.firstName());
        put(node, "locale", person.locale());
        ObjectNode consent =
                node.putObject("consent").put("basis", person.consent().basis().name());
        put(consent, "evidence", person.consent().evidence());
        put(consent, "at", person.consent().at());
        node.put("state", row.state()).put("status", row.status()).put("reason", row.reason());
        ArrayNode log = node.putArray("log");
        for (PersonRecords.Attempt attempt : ledger.people().log(row)) {
            ObjectNode line = log.addObject().put("time", attempt.at().toString());
            put(line, "account", attempt.account());
            attempt.chatId().ifPresent(chat -> line.put("chat", chat));
            line.put("action", attempt.action()).put("status", attempt.status()).put("reason", attempt.reason());
            put(line, "telegram", attempt.raw());
        }
    }

    private static void stranded(ObjectNode node, StrandedContacts.Stranded contact) {
        name(node, contact.person());
        put(node, "namespace", contact.namespace());
        put(node, "account", contact.account());
        node.put("since", contact.since().toString());
    }

    private static void contact(ObjectNode node, ContactRecords.Contacted contact) {
        node.put("time", contact.at().toString());
        put(node, "account", contact.account());
        put(node, "namespace", contact.namespace());
        put(node, "campaign", contact.campaign());
        node.put("chat", contact.chatId()).put("action", contact.action()).put("inFlight", contact.open());
        put(node, "status", contact.status());
        node.put("frequencyCap", contact.counts());
    }

    private static void suppression(ObjectNode node, Suppressed entry) {
        node.put("reason", entry.reason()).put("since", entry.since().toString());
        entry.chatId().ifPresent(chat -> node.put("chat", chat));
    }

    private static void name(ObjectNode node, Identities person) {
        put(node, "phone", person.phone());
        put(node, "username", person.username());
        person.userId().ifPresent(id -> node.put("userId", id));
    }

    private static void put(ObjectNode node, String field, Optional<String> value) {
        value.ifPresent(text -> node.put(field, text));
    }
}
