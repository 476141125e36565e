package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.KindFacts.Rows;
import dev.beckon.demo.chaos.Kinds.Parser;
import dev.beckon.demo.chaos.Kinds.Schedule;
import dev.beckon.demo.chaos.Scenario.Account;
import dev.beckon.demo.proof.TruthDoor;
import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.ledger.parser.Dataset;
import dev.beckon.ledger.report.AccountReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads what became of logins, parsers and posts. */
record KindFinder(List<Account> accounts, Kinds kinds, Ledger ledger, TruthDoor truth, Path state) {
    /** @param lives in the order of the accounts */
    KindFacts facts(List<AccountLife> lives, int postsCutOff) {
        return new KindFacts(
                truth.posts(),
                ledger.reports()
                        .autoposts(kinds.schedules().stream().map(Schedule::uid).toList()),
                kinds.schedules().stream()
                        .collect(Collectors.toMap(
                                Schedule::uid, it -> agenda(lives, it.account()).published())),
                postsCutOff,
                kinds.parsers().stream()
                        .collect(Collectors.toMap(Parser::uid, it -> truth.members("@chaos_" + it.chat()))),
                kinds.parsers().stream()
                        .collect(Collectors.toMap(
                                Parser::uid,
                                it -> rows(it, agenda(lives, it.account()).parsed()))),
                states(ledger, accounts),
                lives.stream().mapToInt(AccountLife::givenUp).sum());
    }

    private static Agenda agenda(List<AccountLife> lives, Account account) {
        return lives.get(account.index()).agenda();
    }

    /** By uid. */
    static Map<String, AccountState> states(Ledger ledger, List<Account> accounts) {
        return ledger.reports().accounts(accounts.stream().map(Account::uid).toList()).values().stream()
                .collect(Collectors.toMap(AccountReport::accountUid, AccountReport::state));
    }

    private List<Rows> rows(Parser parser, int runs) {
        boolean alone = alone(parser, runs);
        return IntStream.rangeClosed(1, runs)
                .mapToObj(run -> ledger.datasets()
                        .find(parser.dataset(run))
                        .map(dataset -> rows(parser, run, dataset, alone))
                        .orElseGet(() -> new Rows(false, List.of(), false)))
                .toList();
    }

    private Rows rows(Parser parser, int run, Dataset dataset, boolean alone) {
        List<Long> people = new ArrayList<>();
        ledger.datasets().forEach(dataset, person -> people.add(person.userId()));
        Optional<String> file = digest(volume(parser).resolve(Parser.file(run)));
        return new Rows(
                dataset.state() == Dataset.State.Complete,
                people,
                alone && file.isPresent() && file.equals(dataset.sha256()));
    }

    private Path volume(Parser parser) {
        return Workers.volume(state, parser.account().name());
    }

    /** Whether no killed run left a part of a file. */
    private boolean alone(Parser parser, int runs) {
        try (Stream<Path> files = Files.list(volume(parser))) {
            return files.count() == runs;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> digest(Path file) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return Optional.of(HexFormat.of().formatHex(sum));
        } catch (NoSuchFileException lost) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
