// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.anchor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ferrohsm.core.audit.Anchor;
import org.ferrohsm.core.audit.AnchorException;
import org.jspecify.annotations.Nullable;

/**
 * A git repository with a working tree: one file for each log, one commit for each checkpoint, pushed where a remote is
 * named. It proves something where the history is on another machine that refuses to have it rewritten.
 */
final class GitAnchor implements Anchor {
    private static final int SECONDS = 60;

    private final String name;
    private final Path repository;
    private final @Nullable String remote;

    GitAnchor(String name, Path repository, @Nullable String remote) {
        this.name = name;
        this.repository = repository;
        this.remote = remote;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void keep(Statement statement) throws AnchorException {
        String file = statement.checkpoint().origin().replace('/', '-') + ".checkpoint";
        try {
            Path path = repository.resolve(file);
            boolean isNewer =
                    !Files.exists(path) || sizeIn(path) < statement.checkpoint().size();
            if (isNewer) {
                Files.writeString(path, statement.note().format());
            }
            git("add", "--", file);
            if (!git("status", "--porcelain", "--", file).isBlank()) {
                git(
                        "-c",
                        "user.name=ferrohsm",
                        "-c",
                        "user.email=ferrohsm@localhost",
                        "-c",
                        "commit.gpgsign=false",
                        "commit",
                        "--quiet",
                        "-m",
                        "Checkpoint of " + statement.checkpoint().size() + " records",
                        "--",
                        file);
            }
            if (remote != null) {
                git("push", "--quiet", remote, "HEAD");
            }
        } catch (IOException e) {
            throw new AnchorException("cannot write in " + repository + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AnchorException("stopped while git ran", e);
        }
    }

    private static long sizeIn(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        return lines.size() > 1 && lines.get(1).matches("[0-9]{1,18}") ? Long.parseLong(lines.get(1)) : 0;
    }

    private String git(String... arguments) throws IOException, InterruptedException, AnchorException {
        List<String> command = new ArrayList<>(List.of("git", "-C", repository.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        Path answer = Files.createTempFile("ferrohsm-git", null);
        try {
            Process process = builder.redirectOutput(answer.toFile()).start();
            process.getOutputStream().close();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AnchorException("git " + arguments[0] + " took longer than " + SECONDS + " s", null);
            }
            String text = new String(Files.readAllBytes(answer), UTF_8).strip();
            if (process.exitValue() != 0) {
                throw new AnchorException("git " + arguments[0] + " in " + repository + " failed: " + text, null);
            }
            return text;
        } finally {
            Files.deleteIfExists(answer);
        }
    }
}
