package dev.beckon.simulator.worldfile;

import dev.beckon.simulator.world.Fault;
import dev.beckon.simulator.world.FloodRule;
import dev.beckon.simulator.world.WorldSeed;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Reads world files. */
public final class WorldFile {
    private WorldFile() {}

    /** @throws WorldFileException with every problem found */
    public static WorldSeed read(Path file) {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (NoSuchFileException e) {
            throw problem(file, "there is no such file");
        } catch (CharacterCodingException e) {
            throw problem(file, "is not UTF-8 text");
        } catch (IOException e) {
            throw problem(file, "can't be read: " + e.getMessage());
        }
    }

    private static WorldFileException problem(Path file, String what) {
        return new WorldFileException(file.toString(), List.of(new WorldFileException.Problem(0, "", what)));
    }

    /**
     * @param name of the file, for problems
     * @throws WorldFileException with every problem found
     */
    public static WorldSeed parse(String name, String yaml) {
        YamlTree tree = YamlTree.parse(name, yaml);
        Problems problems = new Problems(name, tree);
        WorldFileEntry entry = EntryBinder.bind(tree, problems);
        References references = new References();
        ReferenceReader reader = new ReferenceReader(references, problems);

        PeopleReader people = new PeopleReader(problems, references);
        each("people", entry.people(), problems, (person, path) -> {
            people.read(person, path);
            return person;
        });
        List<WorldSeed.PersonSeed> personSeeds = people.seeds(reader);
        ChatReader chatReader = new ChatReader(problems, references, reader);
        List<WorldSeed.ChatSeed> chats = each("chats", entry.chats(), problems, chatReader::read);
        RuleReader rules = new RuleReader(problems, reader);
        List<FloodRule> floods = each("floods", entry.floods(), problems, rules::flood);
        List<Fault> faults = each("faults", entry.faults(), problems, rules::fault);
        Optional<Instant> start = entry.clock().flatMap(WorldFileEntry.ClockEntry::start);
        double speed = entry.clock().flatMap(WorldFileEntry.ClockEntry::speed).orElse(1.0);
        if (!(speed >= 0 && speed <= 100_000)) {
            problems.add("clock.speed", speed + " is out of bounds: 0 to 100000");
        }
        problems.throwIfAny();
        String code = entry.loginCode().orElse("12345");
        return new WorldSeed(start, speed, code, personSeeds, chats, floods, faults, fingerprint(yaml));
    }

    private static <E, T> List<T> each(
            String field, Optional<List<E>> entries, Problems problems, BiFunction<E, String, T> read) {
        List<T> results = new ArrayList<>();
        int index = 0;
        for (E entry : entries.orElse(List.of())) {
            String path = field + "[" + index++ + "]";
            if (entry == null) {
                problems.add(path, ChatReader.EMPTY);
            } else {
                results.add(read.apply(entry, path));
            }
        }
        return results;
    }

    private static String fingerprint(String yaml) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(yaml.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
