// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.sqlite;

import static org.ferrohsm.store.contract.Samples.audit;
import static org.ferrohsm.store.contract.Samples.object;
import static org.ferrohsm.store.contract.Samples.token;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ferrohsm.store.api.Scopes;
import org.ferrohsm.store.api.StoreException;
import org.ferrohsm.store.api.StoreReader;
import org.ferrohsm.store.api.TokenRow;
import org.ferrohsm.store.api.TokenStore;

/** Another process that uses a store: it opens the one of its argument and obeys a line at a time. */
final class StoreChild implements AutoCloseable {
    private static final String COUNTER = "counter";

    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter orders;

    private StoreChild(Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Starts a JVM on {@code store}, behind the words of {@code launcher}. */
    static StoreChild start(Path store, String... launcher) throws IOException {
        List<String> command = new ArrayList<>(Arrays.asList(launcher));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                StoreChild.class.getName(),
                store.toString()));
        return new StoreChild(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** The next line that the child says. */
    String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the child has ended");
        }
        return line;
    }

    /** Gives an order and does not wait for the answer. */
    void order(String order) throws IOException {
        orders.write(order);
        orders.newLine();
        orders.flush();
    }

    String ask(String order) throws IOException {
        order(order);
        return answer();
    }

    /** SIGKILL, and everything that the child had still said. */
    List<String> kill() throws IOException, InterruptedException {
        // Not Process.destroyForcibly, which would close the pipe and lose what is still in it.
        process.toHandle().destroyForcibly();
        List<String> rest = answers.lines().toList();
        process.waitFor();
        return rest;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    static long counter(StoreReader reader) {
        return reader.entry(Scopes.STORE, COUNTER)
                .map(value -> ByteBuffer.wrap(value).getLong())
                .orElse(0L);
    }

    /** One transaction in four tables: entry, token, object and audit record, all counting alike. */
    static long countOn(TokenStore store) {
        return store.write(writer -> {
            long next = counter(writer) + 1;
            TokenRow token =
                    writer.tokens().isEmpty() ? token(0) : writer.tokens().get(0);
            if (next == 1) {
                writer.insertToken(token);
            }
            writer.putEntry(
                    Scopes.STORE, COUNTER, ByteBuffer.allocate(8).putLong(next).array());
            writer.insertObject(object(token));
            writer.appendAudit(audit(next - 1));
            return next;
        });
    }

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws IOException {
        PrintStream out = System.out;
        try (TokenStore store = SqliteStore.open(Path.of(arguments[0]))) {
            out.println("open");
            BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                out.println(obey(store, order, out));
            }
        } catch (StoreException e) {
            out.println(e.kind() + " " + e.getMessage());
        }
    }

    private static String obey(TokenStore store, String order, PrintStream out) {
        return switch (order) {
            case "revision" -> Long.toString(store.revision());
            case "counter" -> Long.toString(store.read(StoreChild::counter));
            case "count" -> Long.toString(countOn(store));
            case "count to a hundred" -> {
                for (int i = 1; i < 100; i++) {
                    countOn(store);
                }
                yield Long.toString(countOn(store));
            }
            case "count for ever" -> {
                while (true) {
                    out.println(countOn(store));
                }
            }
            case "fill" -> fill(store);
            default -> throw new IllegalArgumentException(order);
        };
    }

    /** Writes until the store refuses; says why, how many were acknowledged, and whether they are all there. */
    private static String fill(TokenStore store) {
        int written = 0;
        try {
            while (written < 1_000) {
                String name = "filler " + written;
                store.write(writer -> {
                    writer.putEntry(Scopes.STORE, name, new byte[10_000]);
                    return true;
                });
                written++;
            }
            return "never full";
        } catch (StoreException e) {
            int acknowledged = written;
            long held = store.read(reader -> {
                long found = 0;
                while (reader.entry(Scopes.STORE, "filler " + found).isPresent()) {
                    found++;
                }
                return found;
            });
            return e.kind() + " " + (held == acknowledged) + " " + e.getMessage();
        }
    }
}
