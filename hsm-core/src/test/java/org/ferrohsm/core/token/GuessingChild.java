// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.token;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.seal.PinCost;
import org.ferrohsm.core.seal.PinKdf;
import org.ferrohsm.core.seal.RootLabel;
import org.ferrohsm.core.secret.SecretBytes;

/** Another process on the sealed store of a folder, which obeys a line at a time. */
final class GuessingChild implements AutoCloseable {
    static final int LIMIT = 10;

    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter orders;

    private GuessingChild(Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Starts a JVM that has loaded nothing of the store yet. */
    static GuessingChild start(Path folder) throws IOException {
        GuessingChild child = new GuessingChild(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        GuessingChild.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        child.expect("ready");
        return child;
    }

    void order(String order) throws IOException {
        orders.write(order);
        orders.newLine();
        orders.flush();
    }

    String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the child has ended");
        }
        return line;
    }

    void expect(String expected) throws IOException {
        String line = answer();
        if (!line.equals(expected)) {
            throw new IOException("the child said " + line + ", not " + expected);
        }
    }

    /** SIGKILL, and everything that the child had still said. */
    List<String> kill() throws InterruptedException {
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

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws IOException {
        PrintStream out = System.out;
        Path folder = Path.of(arguments[0]);
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        out.println("ready");
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            try (SealedStore sealed = SealedStore.onDisk(folder)) {
                obey(sealed, order, out);
            }
        }
    }

    private static void obey(SealedStore sealed, String order, PrintStream out) {
        switch (order) {
            case "root" ->
                out.println(sealed.root.storeId() + " "
                        + sealed.root
                                .key(RootLabel.STATE)
                                .use(bytes -> HexFormat.of().formatHex(bytes)));
            case "guess until locked" -> {
                PinGuard guard = sealed.guard(LIMIT);
                String answer;
                do {
                    answer = unlock(guard, "wrong");
                    out.println(answer);
                } while (!answer.equals("PIN_LOCKED"));
            }
            default -> {
                // "reserve PIN": counts the try, says so, and waits to be killed before it looks at the PIN.
                PausingStore pausing = new PausingStore(sealed.store, () -> {
                    out.println("reserved");
                    awaitEnd();
                });
                PinKdf kdf = new PinKdf(sealed.root, PinCost.FLOOR, sealed.random);
                unlock(new PinGuard(pausing, sealed.root, kdf, LIMIT), order.substring("reserve ".length()));
            }
        }
    }

    private static String unlock(PinGuard guard, String text) {
        try (SecretBytes pin = SecretBytes.adopt(text.getBytes(StandardCharsets.UTF_8));
                SecretBytes key = guard.unlock(SealedStore.TOKEN, Role.USER, pin)) {
            return "unlocked " + key.length();
        } catch (HsmException e) {
            return e.fault().name();
        }
    }

    private static void awaitEnd() {
        try {
            System.in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
