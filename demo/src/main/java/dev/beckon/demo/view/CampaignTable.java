package dev.beckon.demo.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The last line that {@code kubectl get campaigns -w} printed of each campaign. Pure: lines in, table out.
 */
final class CampaignTable {
    private List<String> header = List.of();
    private final Map<String, List<String>> rows = new LinkedHashMap<>();

    /** Takes a line of kubectl's; answers whether the table changed. */
    boolean accept(String line) {
        List<String> cells = List.of(line.strip().split("\\s{2,}"));
        if (cells.getFirst().equals("NAME")) {
            header = cells;
            return false;
        }
        List<String> before = rows.put(cells.getFirst(), cells);
        return !cells.equals(before);
    }

    /** Header and rows, padded to equal widths, without colour. */
    List<String> lines() {
        List<List<String>> all = new ArrayList<>();
        all.add(header);
        all.addAll(rows.values());
        int columns = all.stream().mapToInt(List::size).max().orElse(0);
        int[] width = new int[columns];
        for (List<String> row : all) {
            for (int i = 0; i < row.size(); i++) {
                width[i] = Math.max(width[i], row.get(i).length());
            }
        }
        return all.stream().map(row -> pad(row, width)).toList();
    }

    int size() {
        return rows.size();
    }

    private static String pad(List<String> row, int[] width) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            line.append(row.get(i));
            if (i < row.size() - 1) {
                line.repeat(' ', width[i] - row.get(i).length() + 3);
            }
        }
        return line.toString();
    }
}
