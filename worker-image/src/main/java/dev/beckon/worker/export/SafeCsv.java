package dev.beckon.worker.export;

import com.univocity.parsers.csv.CsvWriter;
import com.univocity.parsers.csv.CsvWriterSettings;
import java.io.FilterWriter;
import java.io.Writer;
import java.util.regex.Pattern;

/** CSV as a spreadsheet may safely open it. */
public final class SafeCsv {
    /** A phone number begins like a formula and is none; an audience that is read from the file needs it as it is. */
    private static final Pattern PHONE = Pattern.compile("\\+\\d{5,20}");

    private SafeCsv() {}

    /** Writes what it is given: no white space is cut off. */
    public static CsvWriter writer(Writer writer) {
        CsvWriterSettings settings = new CsvWriterSettings();
        settings.setIgnoreLeadingWhitespaces(false);
        settings.setIgnoreTrailingWhitespaces(false);
        // The library's exceptions quote the row they failed at, and a row is a person.
        settings.setErrorContentLength(0);
        return new CsvWriter(kept(writer), settings);
    }

    /** Its owner closes it: the library would do so after a failure and tell what that failed at, and not the failure. */
    private static Writer kept(Writer writer) {
        return new FilterWriter(writer) {
            @Override
            public void close() {}
        };
    }

    /** Text from outside that begins like a formula would be one in a spreadsheet; null is nothing. */
    public static String text(String value) {
        if (value == null || value.isEmpty()) {
            return "";
        }
        return "=+-@\t\r".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
    }

    /** A phone number as it is, anything else as text. */
    public static String phone(String value) {
        return value != null && PHONE.matcher(value).matches() ? value : text(value);
    }
}
