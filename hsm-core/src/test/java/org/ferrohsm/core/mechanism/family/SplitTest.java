// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.mechanism.CipherStream;
import org.ferrohsm.core.mechanism.Digester;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismTable;
import org.ferrohsm.core.mechanism.Signer;
import org.ferrohsm.core.mechanism.Verifier;
import org.ferrohsm.core.object.HsmObject;

/** However the data are cut into parts, empty ones among them, the result is that of one part. */
class SplitTest {
    private static final MechanismTable TABLE = Families.table(new Engines());
    private static final Set<String> OPERATIONS = Set.of("digest", "sign", "verify", "encrypt", "decrypt");

    /** A vector that succeeds, of a multi-part operation, with its file. */
    record Chosen(VectorFile file, VectorFile.Case one) {
        @Override
        public String toString() {
            return file.mechanism() + " at line " + one.line();
        }
    }

    @Provide
    Arbitrary<Chosen> vectors() {
        return Arbitraries.of(VectorFile.all().stream()
                .flatMap(file -> file.cases().stream()
                        .filter(one -> !one.isNegative() && OPERATIONS.contains(one.operation()))
                        .map(one -> new Chosen(file, one)))
                .toList());
    }

    @Provide
    Arbitrary<List<Integer>> cuts() {
        return Arbitraries.integers().between(0, 64).list().ofMaxSize(6);
    }

    @Property(tries = 1500)
    void the_result_does_not_depend_on_the_cuts(@ForAll("vectors") Chosen vector, @ForAll("cuts") List<Integer> cuts) {
        VectorFields fields = new VectorFields(vector.one.fields());
        VectorRunner runner = new VectorRunner(TABLE, vector.file);
        Mechanism mechanism = TABLE.require(VectorNumbers.of(vector.file.mechanism()));
        byte[] data = fields.bytes("data");
        switch (vector.one.operation()) {
            case "digest" -> {
                Digester digester = VectorRunner.has(mechanism.digester()).open();
                inParts(data, cuts, digester::update);
                assertArrayEquals(fields.bytes("output"), digester.digest());
            }
            case "sign" -> {
                HsmObject key = runner.key(fields.text("key"));
                Signer signer = VectorRunner.has(mechanism.signer()).open(key, fields.parameters());
                inParts(data, cuts, signer::update);
                byte[] signature = signer.sign();
                if (fields.has("output")) {
                    assertArrayEquals(fields.bytes("output"), signature);
                } else if (fields.has("verify-with")) {
                    verify(mechanism, runner.key(fields.text("verify-with")), fields, signature, cuts);
                }
            }
            case "verify" -> verify(mechanism, runner.key(fields.text("key")), fields, fields.bytes("signature"), cuts);
            case "encrypt" -> {
                CipherStream stream = VectorRunner.has(mechanism.encryptor())
                        .open(runner.key(fields.text("key")), fields.parameters());
                byte[] encrypted = stream(stream, data, cuts);
                if (fields.has("output")) {
                    assertArrayEquals(fields.bytes("output"), encrypted);
                } else {
                    CipherStream back = VectorRunner.has(mechanism.decryptor())
                            .open(runner.key(fields.text("decrypt-with")), fields.parameters());
                    assertArrayEquals(data, stream(back, encrypted, cuts));
                }
            }
            default -> {
                CipherStream stream = VectorRunner.has(mechanism.decryptor())
                        .open(runner.key(fields.text("key")), fields.parameters());
                assertArrayEquals(fields.bytes("output"), stream(stream, data, cuts));
            }
        }
    }

    private static void verify(
            Mechanism mechanism, HsmObject key, VectorFields fields, byte[] signature, List<Integer> cuts) {
        Verifier verifier = VectorRunner.has(mechanism.verifier()).open(key, fields.parameters());
        inParts(fields.bytes("data"), cuts, verifier::update);
        verifier.verify(signature);
    }

    /** Takes a part in. */
    private interface Intake {
        void take(byte[] data, int offset, int length);
    }

    private static void inParts(byte[] data, List<Integer> cuts, Intake intake) {
        int at = 0;
        for (int cut : cuts) {
            int length = Math.min(cut, data.length - at);
            intake.take(data, at, length);
            at += length;
        }
        intake.take(data, at, data.length - at);
    }

    /** All output; no part of it may be longer than was announced. */
    private static byte[] stream(CipherStream stream, byte[] data, List<Integer> cuts) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        inParts(data, cuts, (part, offset, length) -> {
            int announced = stream.updateSize(length);
            byte[] given = stream.update(part, offset, length);
            assertTrue(given.length <= announced, given.length + " bytes where " + announced + " were announced");
            output.writeBytes(given);
        });
        int announced = stream.finishSize(0);
        byte[] rest = stream.finish(new byte[0], 0, 0);
        if (stream.sizesExact()) {
            assertEquals(announced, rest.length);
        } else {
            assertTrue(rest.length <= announced);
        }
        output.writeBytes(rest);
        return output.toByteArray();
    }
}
