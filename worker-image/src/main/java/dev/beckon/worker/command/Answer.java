package dev.beckon.worker.command;

import com.univocity.parsers.common.TextWritingException;
import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.LedgerUnavailableException;
import dev.beckon.worker.BadInput;
import dev.beckon.workorder.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;

/** How a command that a person typed answers what went wrong: one sentence and an exit code, never a stack trace. */
final class Answer {
    private Answer() {}

    /** A command's work. */
    @FunctionalInterface
    interface Work {
        ExitCode run() throws IOException;
    }

    static int to(PrintWriter err, Work work) {
        try {
            return work.run().code();
        } catch (NoSuchFileException e) {
            return told(err, "There is no file or folder " + e.getMessage(), ExitCode.BAD_INPUT);
        } catch (IOException e) {
            return told(err, "Reading or writing a file failed: " + e.getMessage(), ExitCode.BAD_INPUT);
        } catch (TextWritingException e) {
            String why =
                    e.getCause() == null ? "the writer is closed" : e.getCause().getMessage();
            return told(err, "The export can't be written: " + why, ExitCode.BAD_INPUT);
        } catch (LedgerUnavailableException e) {
            return told(err, e.getMessage(), ExitCode.LEDGER_UNAVAILABLE);
        } catch (BadInput | LedgerException e) {
            return told(err, e.getMessage(), ExitCode.BAD_INPUT);
        }
    }

    private static int told(PrintWriter err, String sentence, ExitCode code) {
        err.println(sentence);
        return code.code();
    }
}
