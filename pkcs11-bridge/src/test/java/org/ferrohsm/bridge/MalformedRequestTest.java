// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ferrohsm.bridge.client.Bytes;
import org.ferrohsm.bridge.client.Golden;
import org.ferrohsm.bridge.client.Reply;
import org.ferrohsm.bridge.wire.Call;
import org.ferrohsm.core.ck.Ckm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages that are not what they should be. The library is not initialised, so that what is well-formed says so. */
class MalformedRequestTest {
    private static final Pattern PART = Pattern.compile("[af][yuA]|.");
    private static final Set<Call> NOT_SUPPORTED = notSupported();

    private Host host;

    @BeforeEach
    void load(@TempDir Path folder) {
        host = new Host(folder);
    }

    static List<Golden> golden() {
        return Golden.all();
    }

    private static Set<Call> notSupported() {
        Set<Call> calls = EnumSet.of(Call.ERROR);
        calls.addAll(EnumSet.range(Call.C_MessageEncryptInit, Call.C_EncryptMessageNext));
        calls.addAll(EnumSet.range(Call.C_MessageDecryptInit, Call.C_DecryptMessageNext));
        return calls;
    }

    private static String whenWellFormed(Call call) {
        if (NOT_SUPPORTED.contains(call)) {
            return "CKR_FUNCTION_NOT_SUPPORTED";
        }
        return call == Call.C_Initialize ? "CKR_GENERAL_ERROR" : "CKR_CRYPTOKI_NOT_INITIALIZED";
    }

    private static String whenMalformed(Call call) {
        return NOT_SUPPORTED.contains(call) ? "CKR_FUNCTION_NOT_SUPPORTED" : "CKR_DEVICE_ERROR";
    }

    /** The shortest request of a call. */
    private static Bytes shortest(Call call) {
        Bytes parts = Bytes.of();
        Matcher matcher = PART.matcher(call.request());
        while (matcher.find()) {
            switch (matcher.group()) {
                case "y" -> parts.octet(0);
                case "u" -> parts.ulong(0);
                case "s", "z" -> parts.text("");
                case "ay" -> parts.bytes(new byte[0]);
                case "fy", "fu", "aA", "fA" -> parts.u32(0);
                case "M" -> parts.u32(Ckm.CKM_ECDSA);
                case "N" -> parts.u32(Ckm.CKM_AES_GCM).octet(0);
                case "m" -> parts.octet(0);
                default -> throw new IllegalArgumentException(call.request());
            }
        }
        return parts;
    }

    @ParameterizedTest
    @EnumSource
    void each_call_reads_its_whole_signature(Call call) {
        assertEquals(whenWellFormed(call), host.call(call, shortest(call)).returnValue());
    }

    @ParameterizedTest
    @EnumSource
    void no_call_takes_a_byte_too_many(Call call) {
        assertEquals(
                whenMalformed(call), host.call(call, shortest(call).octet(0)).returnValue());
    }

    @ParameterizedTest
    @EnumSource
    void no_call_takes_another_calls_signature(Call call) {
        byte[] message =
                Bytes.of().u32(call.id()).text("uuuuuu").raw(new byte[48]).array();
        assertEquals("CKR_DEVICE_ERROR", Reply.of(call, host.send(message)).returnValue());
    }

    /** What a golden request is answered when a part of it is all right but means what cannot be. */
    private static String verdict(Golden request) {
        return switch (request.name()) {
            /* The old PIN is a NULL pointer. */
            case "C_SetPIN" -> "CKR_ARGUMENTS_BAD";
            default -> whenWellFormed(request.call());
        };
    }

    @ParameterizedTest
    @MethodSource("golden")
    void a_golden_request_is_well_formed(Golden request) {
        assertEquals(
                verdict(request),
                Reply.of(request.call(), host.send(request.bytes())).returnValue());
    }

    @ParameterizedTest
    @MethodSource("golden")
    void a_golden_request_cut_anywhere_is_malformed_or_was_refused_before_the_cut(Golden request) {
        boolean refusable = !verdict(request).equals("CKR_CRYPTOKI_NOT_INITIALIZED");
        for (int length = 0; length < request.bytes().length; length++) {
            String answer = Reply.of(request.call(), host.send(Arrays.copyOf(request.bytes(), length)))
                    .returnValue();
            assertTrue(
                    answer.equals("CKR_DEVICE_ERROR") || (refusable && answer.equals(verdict(request))),
                    answer + " when cut at " + length);
        }
    }

    @Test
    void an_unknown_call_is_not_supported() {
        for (long id : new long[] {90, 999, 1999, 0x7fffffff, 0xffffffffL}) {
            byte[] message = Bytes.of().u32(id).text("").array();
            assertEquals(
                    "CKR_FUNCTION_NOT_SUPPORTED",
                    Reply.of(Call.ERROR, host.send(message)).returnValue());
        }
    }

    @Test
    void a_handshake_of_another_protocol_is_a_general_error() {
        Bytes parts = Bytes.of().bytes(Host.ascii("SOMETHING-ELSE")).octet(0).bytes(new byte[1]);
        assertEquals("CKR_GENERAL_ERROR", host.call(Call.C_Initialize, parts).returnValue());
    }
}
