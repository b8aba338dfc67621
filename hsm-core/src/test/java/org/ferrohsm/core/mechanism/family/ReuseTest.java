// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.engine.EngineSource;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.mechanism.CipherStream;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismTable;
import org.ferrohsm.core.mechanism.Signer;
import org.ferrohsm.core.mechanism.parameter.CtrParameters;
import org.ferrohsm.core.mechanism.parameter.GcmParameters;
import org.ferrohsm.core.mechanism.parameter.MacLengthParameters;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.NoParameters;
import org.ferrohsm.core.mechanism.parameter.RawParameters;
import org.ferrohsm.core.object.HsmObject;

/**
 * A key keeps engine objects from one operation to the next. Whatever it did before, failed at or left in the middle, the
 * next operation gives what a key gives that has done nothing yet, on another engine.
 */
class ReuseTest {
    private static final MechanismTable USED = Families.table(new Engines());
    private static final MechanismTable FRESH =
            Families.table(new Engines(Set.of(EngineSource.SUN, EngineSource.SUN_JCE)));
    private static final byte[] AES = bytes(32, 1);
    private static final byte[] MAC = bytes(40, 2);

    private static byte[] bytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** How an operation goes. */
    enum Ending {
        WHOLE,
        IN_PARTS,
        LEFT,
        DAMAGED
    }

    /** One operation; decryptions are of what the encryption gives. */
    record Step(long type, MechanismParameters parameters, int length, boolean decrypting, Ending ending) {
        String run(MechanismTable table, HsmObject key) {
            Mechanism mechanism = table.require(type);
            byte[] data = bytes(length, 3);
            try {
                if (mechanism.signer() != null) {
                    return hex(mac(mechanism.signer().open(key, parameters), data));
                }
                if (decrypting) {
                    byte[] encrypted = Objects.requireNonNull(
                                    FRESH.require(type).encryptor())
                            .open(TestKeys.secret(Ckk.CKK_AES, AES), parameters)
                            .finish(data, 0, data.length);
                    return hex(
                            cipher(Objects.requireNonNull(mechanism.decryptor()).open(key, parameters), encrypted));
                }
                return hex(cipher(Objects.requireNonNull(mechanism.encryptor()).open(key, parameters), data));
            } catch (HsmException e) {
                return e.fault().name();
            }
        }

        private static String hex(byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }

        private byte[] mac(Signer signer, byte[] data) {
            signer.update(data, 0, data.length / 2);
            if (ending == Ending.LEFT) {
                return new byte[0];
            }
            signer.update(data, data.length / 2, data.length - data.length / 2);
            return signer.sign();
        }

        private byte[] cipher(CipherStream stream, byte[] input) {
            byte[] data = input.clone();
            if (ending == Ending.DAMAGED && data.length > 0) {
                data[data.length - 1] ^= 1;
            }
            if (ending == Ending.WHOLE || ending == Ending.DAMAGED) {
                return stream.finish(data, 0, data.length);
            }
            byte[] first = stream.update(data, 0, data.length / 2);
            if (ending == Ending.LEFT) {
                return new byte[0];
            }
            byte[] rest = stream.finish(data, data.length / 2, data.length - data.length / 2);
            byte[] both = Arrays.copyOf(first, first.length + rest.length);
            System.arraycopy(rest, 0, both, first.length, rest.length);
            return both;
        }
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<byte[]> ivs = Combinators.combine(Arbitraries.of(12, 12, 16, 1, 8, 20), Arbitraries.of(4L, 5L))
                .as(ReuseTest::bytes);
        Arbitrary<MechanismParameters> gcm = Combinators.combine(
                        ivs, Arbitraries.of(0, 5, 40), Arbitraries.of(96L, 104L, 128L))
                .as((iv, aad, tag) -> new GcmParameters(iv, bytes(aad, 6), tag));
        Arbitrary<MechanismParameters> raw = Arbitraries.of(4L, 5L).map(seed -> new RawParameters(bytes(16, seed)));
        Arbitrary<MechanismParameters> ctr =
                Arbitraries.of(4L, 5L).map(seed -> new CtrParameters(100, bytes(16, seed)));
        Arbitrary<MechanismParameters> none = Arbitraries.just(NoParameters.INSTANCE);
        Arbitrary<MechanismParameters> length = Arbitraries.of(8L, 20L).map(MacLengthParameters::new);
        Arbitrary<Step> steps = Arbitraries.oneOf(
                step(gcm, Ckm.CKM_AES_GCM),
                step(gcm, Ckm.CKM_AES_GCM),
                step(raw, Ckm.CKM_AES_CBC, Ckm.CKM_AES_CBC_PAD),
                step(ctr, Ckm.CKM_AES_CTR),
                step(none, Ckm.CKM_AES_ECB, Ckm.CKM_SHA256_HMAC, Ckm.CKM_SHA512_HMAC),
                step(length, Ckm.CKM_SHA256_HMAC_GENERAL));
        return steps.list().ofMinSize(2).ofMaxSize(12);
    }

    private static Arbitrary<Step> step(Arbitrary<MechanismParameters> parameters, Long... types) {
        return Combinators.combine(
                        Arbitraries.of(types),
                        parameters,
                        Arbitraries.of(0, 1, 16, 17, 32, 64, 1000),
                        Arbitraries.of(true, false),
                        Arbitraries.of(Ending.class))
                .as(Step::new);
    }

    @Property(tries = 1500, edgeCases = EdgeCasesMode.NONE)
    void what_a_key_did_before_does_not_show(@ForAll("histories") List<Step> history) {
        HsmObject aes = TestKeys.secret(Ckk.CKK_AES, AES);
        HsmObject mac = TestKeys.secret(Ckk.CKK_GENERIC_SECRET, MAC);
        for (Step step : history) {
            boolean signs = USED.require(step.type).signer() != null;
            HsmObject fresh = signs ? TestKeys.secret(Ckk.CKK_GENERIC_SECRET, MAC) : TestKeys.secret(Ckk.CKK_AES, AES);
            assertEquals(step.run(FRESH, fresh), step.run(USED, signs ? mac : aes), step::toString);
        }
    }
}
