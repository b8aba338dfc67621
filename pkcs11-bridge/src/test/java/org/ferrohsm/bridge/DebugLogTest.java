// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.ferrohsm.core.fault.Fault;
import org.junit.jupiter.api.Test;

class DebugLogTest {
    private static String said(Map<String, String> environment, Throwable reason) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DebugLog log = new DebugLog(environment, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        log.failed("C_Sign", "CKR_X", reason);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void nothing_is_said_unless_somebody_asks() {
        assertEquals("", said(Map.of(), Fault.GENERAL_ERROR.because("x")));
        assertEquals("", said(Map.of("FERROHSM_DEBUG", ""), Fault.GENERAL_ERROR.because("x")));
    }

    @Test
    void a_fault_and_what_brought_it_to_light_make_one_line() {
        Throwable reason = Fault.GENERAL_ERROR.because("first", new IllegalStateException("second\nhalf"));
        String line = said(Map.of("FERROHSM_DEBUG", "1"), reason);
        assertTrue(
                line.startsWith(
                        "ferrohsm: C_Sign: CKR_X: first, from java.lang.IllegalStateException: second half at org.ferrohsm"),
                line);
        assertEquals(1, line.lines().count());
    }

    @Test
    void the_same_sentence_is_said_once() {
        Throwable reason = Fault.GENERAL_ERROR.because("same", Fault.ARGUMENTS_BAD.because("same"));
        assertEquals(
                "ferrohsm: C_Sign: CKR_X: same" + System.lineSeparator(), said(Map.of("FERROHSM_DEBUG", "1"), reason));
    }
}
