// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.output;

import java.io.PrintWriter;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Results as text. */
public final class TextOutput implements Output {
    private static final String GAP = "  ";

    private final PrintWriter out;
    private final PrintWriter err;

    public TextOutput(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public void table(List<String> columns, List<Map<String, Object>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        List<String> titles = columns.stream().map(TextOutput::title).toList();
        List<List<String>> cells = rows.stream()
                .map(row -> columns.stream()
                        .map(column -> text(row.getOrDefault(column, "")))
                        .toList())
                .toList();
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] = cells.stream()
                    .mapToInt(row -> row.get(column).length())
                    .max()
                    .orElse(0);
            widths[i] = Math.max(widths[i], titles.get(i).length());
        }
        line(titles, widths);
        cells.forEach(row -> line(row, widths));
    }

    @Override
    public void details(Map<String, Object> fields) {
        int width = fields.keySet().stream()
                .mapToInt(name -> title(name).length())
                .max()
                .orElse(0);
        fields.forEach((name, value) -> {
            String[] lines = text(value).split("\n", -1);
            out.println(padded(title(name), width) + GAP + lines[0]);
            for (int i = 1; i < lines.length; i++) {
                out.println(" ".repeat(width) + GAP + lines[i]);
            }
        });
    }

    @Override
    public void stream(Iterator<Map<String, Object>> things, LineFormat line) {
        while (things.hasNext() && !out.checkError()) {
            out.println(line.format(things.next()));
        }
    }

    @Override
    public void statement(String text, Map<String, Object> fields) {
        out.println(text);
    }

    @Override
    public void error(ExitFailure failure) {
        err.println("ferrohsm: " + failure.message());
    }

    private void line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(i == 0 ? "" : GAP).append(padded(cells.get(i), widths[i]));
        }
        out.println(line.toString().stripTrailing());
    }

    /** A value in one cell. Control characters, which a label may hold, would command the terminal. */
    public static String text(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(TextOutput::text).collect(Collectors.joining(", "));
        }
        if (value instanceof Boolean yes) {
            return yes ? "yes" : "no";
        }
        return value.toString().replaceAll("[\\p{Cntrl}&&[^\n]]", "?");
    }

    /** {@code publicKey} as {@code PUBLIC KEY}. */
    private static String title(String name) {
        return name.replaceAll("([A-Z])", " $1").toUpperCase(Locale.ROOT);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
