package dev.beckon.ledger.audience;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where an audience's bytes come from. Opened twice: for the digest, and for the lines. */
@FunctionalInterface
public interface AudienceSource {
    /** From the beginning. */
    InputStream open() throws IOException;

    /** A CSV or TXT file. */
    static AudienceSource file(Path path) {
        return () -> Files.newInputStream(path);
    }

    /** One person written into a campaign. Printed without them. */
    record InlinePerson(
            Optional<String> phone, Optional<String> username, Optional<Long> userId, Optional<String> firstName) {
        @Override
        public String toString() {
            return "InlinePerson[]";
        }
    }

    /** The first line of {@link #inline}. */
    String INLINE_HEADER = "phone,username,user_id,first_name\n";

    /** People written into a campaign, as the file they could have been: line 2 is the first person. */
    static AudienceSource inline(List<InlinePerson> people) {
        byte[] bytes = (INLINE_HEADER + inlineLines(people)).getBytes(StandardCharsets.UTF_8);
        return () -> new ByteArrayInputStream(bytes);
    }

    /** The lines of people, without the header. */
    static String inlineLines(List<InlinePerson> people) {
        StringBuilder csv = new StringBuilder();
        for (InlinePerson person : people) {
            csv.append(quoted(person.phone().orElse("")))
                    .append(',')
                    .append(quoted(person.username().orElse("")))
                    .append(',')
                    .append(person.userId().map(Object::toString).orElse(""))
                    .append(',')
                    .append(quoted(person.firstName().orElse("")))
                    .append('\n');
        }
        return csv.toString();
    }

    private static String quoted(String value) {
        // A line is a person: a line end within a name would make two of one.
        return '"' + value.replaceAll("\\R+", " ").replace("\"", "\"\"") + '"';
    }
}
