// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ferrohsm.store.api.AuditRow;
import org.jspecify.annotations.Nullable;

/**
 * A log in a file, to be verified away from its store: a line for the log, one for its
 * checkpoint, one for each record, one for the head.
 *
 * <p>Reading throws {@link UncheckedIOException} where the file cannot be read; a line that is not as it should be is
 * damage, for the verifier to name.
 */
public final class AuditExport implements AuditSource {
    private static final int MAX_LINE = 1 << 16;
    private static final String TITLE = "ferrohsm-audit-export 1 ";
    private static final String BASE64 = "([A-Za-z0-9+/]*={0,2})";
    private static final Pattern RECORD = Pattern.compile("record ([0-9]{1,18}) " + BASE64 + " " + BASE64);
    private static final Pattern CHECKPOINT = Pattern.compile("checkpoint " + BASE64);
    private static final Pattern HEAD = Pattern.compile("head " + BASE64);
    private static final AuditRow MALFORMED = new AuditRow(-1, new byte[0], new byte[0]);

    private final BufferedReader lines;
    private final @Nullable UUID claimedLog;
    private final @Nullable String checkpoint;
    private byte @Nullable [] head;
    private @Nullable String ahead;

    private AuditExport(BufferedReader lines) throws IOException {
        this.lines = lines;
        String title = readLine();
        this.claimedLog = title != null && title.matches(TITLE + "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                ? UUID.fromString(title.substring(TITLE.length()))
                : null;
        this.ahead = readLine();
        this.checkpoint = ahead == null ? null : checkpoint(ahead);
        if (checkpoint != null) {
            this.ahead = null;
        }
    }

    private static @Nullable String checkpoint(String line) {
        Matcher matcher = CHECKPOINT.matcher(line);
        try {
            return matcher.matches() ? new String(Base64.getDecoder().decode(matcher.group(1)), UTF_8) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Opens a file that {@link #write} has written. */
    public static AuditExport open(Path file) throws IOException {
        BufferedReader lines = Files.newBufferedReader(file, ISO_8859_1);
        boolean done = false;
        try {
            AuditExport export = new AuditExport(lines);
            done = true;
            return export;
        } finally {
            if (!done) {
                lines.close();
            }
        }
    }

    /** Writes all of {@code source} to {@code out}, which stays the caller's to flush and close. */
    public static void write(AuditSource source, Writer out) throws IOException {
        write(source, Long.MAX_VALUE, out);
    }

    /**
     * The same up to before record {@code before}. Where there is a further one it is a segment: it has neither checkpoint nor
     * head, and is verified together with what goes before and after it.
     */
    public static void write(AuditSource source, long before, Writer out) throws IOException {
        Base64.Encoder base64 = Base64.getEncoder();
        UUID log = source.claimedLog();
        out.write(TITLE + (log == null ? "unknown" : log.toString()) + "\n");
        String checkpoint = source.checkpoint();
        if (checkpoint != null && before == Long.MAX_VALUE) {
            out.write("checkpoint " + base64.encodeToString(checkpoint.getBytes(UTF_8)) + "\n");
        }
        AuditRow row = source.next();
        while (row != null && row.seq() < before) {
            out.write("record " + row.seq() + " " + base64.encodeToString(row.record()) + " "
                    + base64.encodeToString(row.mac()) + "\n");
            row = source.next();
        }
        byte[] head = row == null && before == Long.MAX_VALUE ? source.end().head() : null;
        if (head != null) {
            out.write("head " + base64.encodeToString(head) + "\n");
        }
    }

    @Override
    public @Nullable UUID claimedLog() {
        return claimedLog;
    }

    @Override
    public @Nullable String checkpoint() {
        return checkpoint;
    }

    @Override
    public @Nullable AuditRow next() {
        try {
            String line = ahead == null ? readLine() : ahead;
            ahead = null;
            if (line == null) {
                return null;
            }
            Matcher end = HEAD.matcher(line);
            if (head == null && end.matches()) {
                head = Base64.getDecoder().decode(end.group(1).getBytes(US_ASCII));
                return next();
            }
            return head == null ? row(line) : MALFORMED;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalArgumentException e) {
            return MALFORMED;
        }
    }

    @Override
    public End end() {
        return new End(head, null);
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static AuditRow row(String line) {
        Matcher record = RECORD.matcher(line);
        if (!record.matches()) {
            return MALFORMED;
        }
        return new AuditRow(
                Long.parseLong(record.group(1)),
                Base64.getDecoder().decode(record.group(2)),
                Base64.getDecoder().decode(record.group(3)));
    }

    /** The next line, cut where it is longer than any line can be; null at the end. */
    private @Nullable String readLine() throws IOException {
        int character = lines.read();
        if (character < 0) {
            return null;
        }
        StringBuilder line = new StringBuilder(512);
        while (character >= 0 && character != '\n') {
            if (line.length() < MAX_LINE) {
                line.append((char) character);
            }
            character = lines.read();
        }
        return line.toString();
    }
}
