// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.ferrohsm.core.audit.AuditAction;
import org.ferrohsm.core.audit.AuditEvent;
import org.ferrohsm.core.audit.VerificationKey;
import org.ferrohsm.core.audit.VerifyReport;
import org.ferrohsm.core.boot.HsmAudit;
import org.ferrohsm.core.boot.HsmConfig;
import org.ferrohsm.core.boot.HsmRuntime;
import org.ferrohsm.core.service.AuditEvidence;
import org.ferrohsm.core.service.AuditService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verifier and a second one, which shares nothing with it but docs/spec/audit.md, agree. */
class SecondVerifierTest {
    private static final Path SECOND = Path.of("audit/verify.py");

    @TempDir
    Path folder;

    /** An exported log and what an auditor has of it besides. */
    private record Exported(List<String> lines, Path key, List<String> checkpoints) {
        List<String> without(int line) {
            List<String> changed = new ArrayList<>(lines);
            changed.remove(line);
            return changed;
        }

        List<String> with(int line, String text) {
            List<String> changed = new ArrayList<>(lines);
            changed.set(line, text);
            return changed;
        }
    }

    private Exported export(String name, int records) throws IOException {
        Path home = Files.createDirectory(folder.resolve(name));
        HsmConfig config = HsmConfig.load(
                Map.of(
                        "HOME",
                        home.toString(),
                        "FERROHSM_CONF",
                        Files.createFile(home.resolve("conf")).toString()),
                Map.of(
                        "store", "sqlite:" + home.resolve("store.db"),
                        "seal.key.file", home.resolve("seal.key").toString(),
                        "audit.key.folder", home.toString()));
        List<String> checkpoints = new ArrayList<>();
        Path key;
        try (HsmRuntime runtime = HsmRuntime.open(config)) {
            for (int part = 0; part < 3; part++) {
                List<AuditEvent> events = new ArrayList<>();
                for (int i = 0; i < records / 3; i++) {
                    events.add(AuditEvent.of(AuditAction.LOGIN)
                            .actor("user \u00e9")
                            .session(1L << i % 63)
                            .detail("role", "USER")
                            .detail("number", i)
                            .build());
                }
                runtime.auditLog().append(events);
                checkpoints.add(runtime.checkpoints().make().format());
            }
            key = home.resolve(VerificationKey.fileName(runtime.auditLog().id()));
        }
        StringWriter text = new StringWriter();
        try (HsmAudit audit = HsmAudit.open(config)) {
            audit.service().export(text);
        }
        return new Exported(text.toString().lines().toList(), key, checkpoints);
    }

    /** What both say of each of these, which has to be the same: true for right. */
    private List<Boolean> verdicts(Exported log, List<List<String>> exports, boolean withKey, List<String> anchor)
            throws Exception {
        Path anchorFile = Files.writeString(folder.resolve("anchor"), String.join("\n", anchor));
        List<Path> files = new ArrayList<>();
        for (List<String> lines : exports) {
            files.add(Files.write(folder.resolve("export-" + files.size()), lines, UTF_8));
        }
        List<String> command = new ArrayList<>(List.of("python3", SECOND.toString()));
        files.forEach(file -> command.add(file.toString()));
        if (withKey) {
            command.addAll(List.of("--key", log.key.toString()));
        }
        command.addAll(List.of("--anchor", anchorFile.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> answers = new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .toList();
        process.waitFor();
        assertEquals(files.size(), answers.size(), answers.toString());
        List<Boolean> verdicts = new ArrayList<>();
        AuditEvidence evidence = new AuditEvidence(withKey ? log.key : null, null, List.of(anchorFile));
        for (int i = 0; i < files.size(); i++) {
            VerifyReport report = AuditService.verifyExport(List.of(files.get(i)), evidence, count -> {});
            assertEquals(
                    report.isOk(),
                    answers.get(i).startsWith("OK "),
                    "case " + i + ": " + report.finding() + " and " + answers.get(i));
            verdicts.add(report.isOk());
        }
        return verdicts;
    }

    @Test
    void they_agree_on_every_way_of_damaging_a_log() throws Exception {
        Exported log = export("one", 30);
        Exported other = export("two", 30);
        int records = log.lines.size() - 3;
        int last = records + 1;
        Map<String, List<String>> cases = new LinkedHashMap<>();
        cases.put("untouched", log.lines);
        cases.put("no checkpoint", log.without(1));
        cases.put("no first record", log.without(2));
        cases.put("no middle record", log.without(15));
        cases.put("no last record", log.without(last));
        cases.put("no head", log.without(last + 1));
        cases.put("nothing", List.of());
        cases.put("another log", other.lines);
        cases.put("another log's record", log.with(15, other.lines.get(15)));
        cases.put("another log's head", log.with(last + 1, other.lines.get(last + 1)));
        cases.put("another log's checkpoint", log.with(1, other.lines.get(1)));
        cases.put("a checkpoint that is none", log.with(1, "checkpoint AAAA"));
        cases.put("a record twice", log.with(15, log.lines.get(14)));
        cases.put("no MAC", log.with(15, log.lines.get(15).replaceFirst(" [^ ]+$", " ")));
        cases.put(
                "another record's MAC",
                log.with(
                        15,
                        log.lines
                                .get(15)
                                .replaceFirst(
                                        " [^ ]+$",
                                        log.lines
                                                .get(16)
                                                .substring(log.lines.get(16).lastIndexOf(' ')))));
        cases.put("a line that is none", log.with(15, "rubbish"));
        List<String> swapped = new ArrayList<>(log.lines);
        Collections.swap(swapped, 10, 11);
        cases.put("swapped", swapped);
        List<String> spliced = new ArrayList<>(log.lines.subList(0, 15));
        spliced.addAll(other.lines.subList(15, other.lines.size()));
        cases.put("spliced", spliced);
        List<Boolean> verdicts = verdicts(log, List.copyOf(cases.values()), true, log.checkpoints);
        int at = 0;
        for (String name : cases.keySet()) {
            assertEquals(name.equals("untouched") || name.equals("no checkpoint"), verdicts.get(at++), name);
        }
        verdicts(log, List.copyOf(cases.values()), false, log.checkpoints);
    }

    @Test
    void they_agree_on_flipped_bytes_wherever_they_are() throws Exception {
        Exported log = export("one", 30);
        Random random = new Random(7);
        List<List<String>> exports = new ArrayList<>();
        while (exports.size() < 300) {
            int line = 1 + random.nextInt(log.lines.size() - 1);
            String[] words = log.lines.get(line).split(" ", -1);
            int word = words.length - 1 - random.nextInt(words.length == 4 ? 2 : 1);
            byte[] bytes = Base64.getDecoder().decode(words[word]);
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            words[word] = Base64.getEncoder().encodeToString(bytes);
            exports.add(log.with(line, String.join(" ", words)));
        }
        List<Boolean> verdicts = verdicts(log, exports, true, List.of());
        assertTrue(verdicts.stream().filter(right -> right).count() < 10, verdicts.toString());
    }

    @Test
    void they_agree_on_anchors() throws Exception {
        Exported log = export("one", 30);
        Exported other = export("two", 30);
        List<List<String>> whole = List.of(log.lines);
        assertEquals(List.of(true), verdicts(log, whole, true, log.checkpoints.subList(1, 3)));
        assertEquals(List.of(true), verdicts(log, whole, false, log.checkpoints));
        assertEquals(List.of(false), verdicts(log, whole, true, other.checkpoints));
        assertEquals(
                List.of(false), verdicts(log, whole, true, List.of(log.checkpoints.get(1), log.checkpoints.get(0))));
        String first = log.checkpoints.get(0);
        String swapped =
                log.checkpoints.get(1).substring(0, log.checkpoints.get(1).indexOf("\n\n"))
                        + first.substring(first.indexOf("\n\n"));
        assertEquals(List.of(false), verdicts(log, whole, true, List.of(swapped)));
        assertEquals(List.of(false), verdicts(log, whole, true, List.of("rubbish\n")));
    }

    @Test
    void they_agree_on_a_log_of_more_than_one_epoch() throws Exception {
        Exported log = export("one", 4_200);
        int late = 4_150;
        List<List<String>> exports = List.of(log.lines, log.without(late), log.with(late, log.lines.get(late - 1)));
        assertEquals(List.of(true, false, false), verdicts(log, exports, true, log.checkpoints));
    }
}
