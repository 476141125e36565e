package dev.beckon.ledger.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/**
 * An INSERT of many rows a statement. The driver's own rewriting of batches is as fast but does not tell how many rows an
 * INSERT IGNORE left out, which is how an import finds duplicates without asking first.
 */
public final class MultiRowInsert {
    private static final int ROWS = 1_000;

    private final Handle handle;
    private final String insert;
    private final String row;
    private final int parameters;
    private final List<Object> values = new ArrayList<>();
    private long inserted;

    /**
     * @param insertInto up to VALUES
     * @param row one row of values, what is the same in all of them written out: {@code (17, ?, ?, 'Pending')}
     */
    public MultiRowInsert(Handle handle, String insertInto, String row) {
        this.handle = handle;
        this.insert = insertInto;
        this.row = row;
        this.parameters = (int) row.chars().filter(c -> c == '?').count();
    }

    /**
     * Takes a row; every 1,000 are sent in one statement.
     *
     * @throws IllegalArgumentException when it has not a value for each parameter
     */
    public void add(Object... rowValues) {
        if (rowValues.length != parameters) {
            throw new IllegalArgumentException(rowValues.length + " values for " + parameters + " parameters");
        }
        values.addAll(List.of(rowValues));
        if (values.size() == ROWS * parameters) {
            flush();
        }
    }

    /** @return how many rows were inserted in all */
    public long finish() {
        if (!values.isEmpty()) {
            flush();
        }
        return inserted;
    }

    private void flush() {
        String sql = insert + " VALUES " + (row + ",").repeat(values.size() / parameters - 1) + row;
        try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            inserted += statement.executeUpdate();
        } catch (SQLException e) {
            throw new UnableToExecuteStatementException(e, null);
        }
        values.clear();
    }
}
