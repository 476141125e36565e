package dev.beckon.worker.export;

import com.univocity.parsers.common.TextWritingException;
import com.univocity.parsers.csv.CsvWriter;
import dev.beckon.ledger.parser.Dataset;
import dev.beckon.ledger.parser.DatasetReader;
import dev.beckon.ledger.parser.ParsedPerson;
import dev.beckon.workorder.ParseOrder.Format;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Writes a dataset as CSV or NDJSON, person by person: no more than a batch is in memory. */
public final class DatasetFormat {
    private static final String[] HEADER = {
        "user_id",
        "username",
        "phone",
        "first_name",
        "last_name",
        "bot",
        "deleted",
        "premium",
        "last_seen",
        // By it an audience that is read from the file knows people who are not the team's own.
        "source_administered"
    };

    private DatasetFormat() {}

    /** The stream stays open. The NDJSON's SHA-256 is the dataset's. */
    public static void write(DatasetReader datasets, Dataset dataset, Format format, OutputStream out)
            throws IOException {
        OutputStream buffered = new BufferedOutputStream(out, 1 << 16);
        try {
            switch (format) {
                case Csv -> csv(datasets, dataset, buffered);
                case Ndjson -> datasets.forEachLine(dataset, line -> line(buffered, line));
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (TextWritingException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException("the writer is closed");
        }
        buffered.flush();
    }

    private static void csv(DatasetReader datasets, Dataset dataset, OutputStream out) {
        CsvWriter csv = SafeCsv.writer(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        csv.writeHeaders(HEADER);
        datasets.forEach(dataset, person -> csv.writeRow(fields(person, dataset.administered())));
        csv.flush();
    }

    static String[] fields(ParsedPerson person, boolean administered) {
        return new String[] {
            Long.toString(person.userId()),
            SafeCsv.text(person.username()),
            SafeCsv.phone(person.phone()),
            SafeCsv.text(person.firstName()),
            SafeCsv.text(person.lastName()),
            Boolean.toString(person.bot()),
            Boolean.toString(person.deleted()),
            Boolean.toString(person.premium()),
            SafeCsv.text(person.lastSeen()),
            Boolean.toString(administered)
        };
    }

    private static void line(OutputStream out, byte[] line) {
        try {
            out.write(line);
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
