// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.anchor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.ferrohsm.core.anchor.AnchoredLog.size;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ferrohsm.core.audit.Anchoring;
import org.ferrohsm.core.audit.AuditAction;
import org.ferrohsm.core.audit.AuditEvent;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.FaultAssertions;
import org.ferrohsm.core.tlog.SignedNote;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Anchors in a file and in a git repository, and what becomes of checkpoints while an anchor is away. */
class FileAndGitAnchorTest {
    @TempDir
    Path folder;

    @Test
    void a_file_has_every_checkpoint_once_and_in_order() throws Exception {
        Path file = folder.resolve("kept");
        try (AnchoredLog log = new AnchoredLog(folder, "file:" + file)) {
            SignedNote first = log.grow(3);
            SignedNote second = log.grow(3);
            log.deliver();
            log.deliver();
            SignedNote third = log.grow(3);
            log.deliver();
            assertEquals(
                    first.format() + "\n" + second.format() + "\n" + third.format() + "\n", Files.readString(file));
        }
    }

    @Test
    void a_git_repository_has_a_commit_for_each_checkpoint() throws Exception {
        Path repository = Files.createDirectory(folder.resolve("repository"));
        git(repository, "init", "--quiet");
        try (AnchoredLog log = new AnchoredLog(folder, "git:" + repository)) {
            SignedNote first = log.grow(3);
            SignedNote second = log.grow(3);
            log.deliver();
            log.deliver();
            String file = ("ferrohsm/audit/" + log.log.id()).replace('/', '-') + ".checkpoint";
            assertEquals(second.format().strip(), git(repository, "show", "HEAD:" + file));
            assertEquals(first.format().strip(), git(repository, "show", "HEAD~1:" + file));
            assertEquals("2", git(repository, "rev-list", "--count", "HEAD"));
            assertEquals("Checkpoint of " + size(second) + " records", git(repository, "log", "-1", "--format=%s"));
        }
    }

    private static String git(Path repository, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git", "-C", repository.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        assertEquals(0, process.waitFor(), text);
        return text;
    }

    @Test
    void what_an_anchor_misses_while_it_is_away_it_gets_when_it_is_back_and_the_log_tells_of_both() throws Exception {
        Path file = folder.resolve("away/kept");
        try (AnchoredLog log = new AnchoredLog(folder, "file:" + file)) {
            log.grow(1);
            log.grow(1);
            assertEquals(2, log.fail().pending());
            log.fail();
            assertEquals(
                    1, log.operations().stream().filter("ANCHOR_AWAY"::equals).count());
            assertTrue(log.anchoring.isPending());
            Files.createDirectory(file.getParent());
            log.deliver();
            assertEquals(
                    1, log.operations().stream().filter("ANCHOR_BACK"::equals).count());
            assertEquals(2, Files.readString(file).split("ferrohsm/audit/[0-9a-f-]+\n[0-9]+\n", -1).length - 1);
        }
    }

    @Test
    void a_full_spool_drops_its_oldest_checkpoint_where_work_goes_on() throws Exception {
        Path file = folder.resolve("away/kept");
        try (AnchoredLog log = new AnchoredLog(folder, "file:" + file, 2, Anchoring.WhenAway.CONTINUE)) {
            log.grow(1);
            SignedNote second = log.grow(1);
            SignedNote third = log.grow(1);
            Anchoring.Status status = log.fail();
            assertEquals(2, status.pending());
            assertEquals(1, status.dropped());
            Files.createDirectory(file.getParent());
            log.deliver();
            assertEquals(second.format() + "\n" + third.format() + "\n", Files.readString(file));
        }
    }

    @Test
    void a_full_spool_stops_the_use_of_keys_where_the_configuration_says_so_and_lets_what_has_begun_end()
            throws Exception {
        Path file = folder.resolve("away/kept");
        AuditEvent use = AuditEvent.of(AuditAction.SIGN).build();
        try (AnchoredLog log = new AnchoredLog(folder, "file:" + file, 2, Anchoring.WhenAway.STOP)) {
            log.grow(1);
            log.log.append(use);
            log.grow(1);
            FaultAssertions.assertFault(Fault.DEVICE_ERROR, () -> log.log.append(use), "anchor");
            log.log.append(AuditEvent.of(AuditAction.KEY_USE_CLOSE).build());
            log.log.append(AuditEvent.of(AuditAction.SIGN)
                    .failed(Fault.KEY_FUNCTION_NOT_PERMITTED)
                    .build());
            Files.createDirectory(file.getParent());
            log.deliver();
            log.log.append(use);
        }
    }

    @Test
    void places_that_are_none_are_refused() {
        for (String places : List.of(
                "nowhere",
                "ftp://host/",
                "tsa:file:/etc/passwd",
                "witness:http://host/",
                "witness:http://host/#vkey",
                "s3:http://host/bucket")) {
            FaultAssertions.assertFault(Fault.ARGUMENTS_BAD, () -> new AnchoredLog(folder, places));
        }
    }
}
