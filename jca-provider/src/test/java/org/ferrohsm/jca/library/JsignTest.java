// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jsign.AuthenticodeSigner;
import net.jsign.Signable;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.ferrohsm.jca.TestProcess;
import org.ferrohsm.jca.TestToken;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** jsign: Authenticode signatures, checked by osslsigncode. */
class JsignTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void osslsigncode_takes_a_signed_program(String kind) throws Exception {
        Path program = Files.write(folder.resolve("program.exe"), smallestProgram());
        try (Desk desk = Desk.in(folder)) {
            desk.issue(kind, "publisher", KeyPurposeId.id_kp_codeSigning);
            AuthenticodeSigner signer =
                    new AuthenticodeSigner(desk.store(), "publisher", TestToken.PIN).withTimestamping(false);
            try (Signable signable = Signable.of(program.toFile())) {
                signer.sign(signable);
            }
            Path root = Pem.write(folder.resolve("root.pem"), desk.root());
            TestProcess.Result result = TestProcess.run(
                    folder, List.of("osslsigncode", "verify", "-CAfile", root.toString(), program.toString()));
            assertTrue(result.output().contains("Signature verification: ok"), result.output());
            assertEquals(0, result.status(), result.output());
        }
    }

    /** A 64-bit executable of headers alone (PE/COFF specification, sections 3.1 to 3.4). */
    private static byte[] smallestProgram() {
        ByteBuffer image = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
        image.put("MZ".getBytes(StandardCharsets.US_ASCII)).putInt(0x3C, 0x40);
        image.position(0x40);
        image.put("PE\0\0".getBytes(StandardCharsets.US_ASCII));
        image.putShort((short) 0x8664).putShort((short) 0); // machine, sections
        image.putInt(0).putInt(0).putInt(0);
        image.putShort((short) 240).putShort((short) 0x22); // size of the optional header, characteristics
        int optional = image.position();
        image.putShort((short) 0x20B);
        image.putInt(optional + 32, 0x1000).putInt(optional + 36, 0x200); // alignments
        image.putInt(optional + 56, 0x1000).putInt(optional + 60, 0x200); // sizes of image and headers
        image.putShort(optional + 68, (short) 3); // console
        image.putInt(optional + 108, 16); // data directories
        return image.array();
    }
}
