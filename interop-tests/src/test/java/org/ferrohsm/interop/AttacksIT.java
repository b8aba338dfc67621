// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop;

import static org.ferrohsm.interop.fixture.Attacker.NO_PARAMETER;
import static org.ferrohsm.interop.fixture.Attacker.and;
import static org.ferrohsm.interop.fixture.Attacker.handle;
import static org.ferrohsm.interop.fixture.Attacker.length;
import static org.ferrohsm.interop.fixture.Attacker.uses;
import static org.ferrohsm.interop.fixture.VectorFields.attribute;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckd;
import org.ferrohsm.core.ck.Ckg;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.interop.fixture.Attacker;
import org.ferrohsm.interop.fixture.Calls;
import org.ferrohsm.interop.fixture.Home;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attacks T5 to T20 of docs/profiles.md through the C functions, in each profile; T21 is in CallsIT and CallTableIT. */
class AttacksIT {
    private static final String OK = "CKR_OK";
    private static final String TEMPLATE = "CKR_TEMPLATE_INCONSISTENT";
    private static final String READ_ONLY = "CKR_ATTRIBUTE_READ_ONLY";
    private static final String MECHANISM = "CKR_MECHANISM_INVALID";
    private static final String PARAMETER = "CKR_MECHANISM_PARAM_INVALID";

    private static final String ZERO_IV = "i" + "00".repeat(16);
    private static final String OAEP = "n" + Ckm.CKM_SHA256 + ",n" + Ckg.CKG_MGF1_SHA256 + ",n1,b,n0";
    private static final String P256 = Cka.CKA_EC_PARAMS + ":06082a8648ce3d030107";
    private static final String OFF_THE_CURVE = "04" + "00".repeat(64);
    private static final String SECRET_KEY = attribute(Cka.CKA_CLASS, Cko.CKO_SECRET_KEY);
    private static final String AES = attribute(Cka.CKA_KEY_TYPE, Ckk.CKK_AES);
    private static final String READABLE = attribute(Cka.CKA_SENSITIVE, false);

    @TempDir
    Path folder;

    /**
     * One attack, and the return value of its last call in each profile.
     *
     * @param number of docs/profiles.md
     */
    private record Attack(
            String number, String byDefault, String strict, String compat, Function<Attacker, String> run) {
        String expected(String profile) {
            return profile.equals("default") ? byDefault : profile.equals("strict") ? strict : compat;
        }
    }

    private static Attack attack(String number, String guarded, String compat, Function<Attacker, String> run) {
        return new Attack(number, guarded, guarded, compat, run);
    }

    private static Attack everywhere(String number, String result, Function<Attacker, String> run) {
        return new Attack(number, result, result, result, run);
    }

    private static List<Attack> keyAttacks() {
        return List.of(
                attack("T5 made", TEMPLATE, OK, a -> made(a, Cka.CKA_WRAP, Cka.CKA_DECRYPT)),
                attack("T5 changed", READ_ONLY, OK, a -> {
                    String key = a.aes(32, uses(Cka.CKA_WRAP));
                    return a.plainly("change", and(new String[] {key}, uses(Cka.CKA_DECRYPT)));
                }),
                attack("T5 copied", READ_ONLY, OK, a -> {
                    String key = a.aes(32, uses(Cka.CKA_WRAP));
                    return a.plainly("copy", and(new String[] {key}, uses(Cka.CKA_DECRYPT)));
                }),
                attack("T6", TEMPLATE, OK, a -> unwrapped(a, SECRET_KEY, AES, READABLE)),
                attack("T7", TEMPLATE, OK, a -> made(a, Cka.CKA_ENCRYPT, Cka.CKA_UNWRAP)),
                attack("T8 to wrap", TEMPLATE, OK, a -> unwrapped(a, and(uses(Cka.CKA_WRAP), SECRET_KEY, AES))),
                everywhere(
                        "T8 as another kind",
                        "CKR_WRAPPED_KEY_INVALID",
                        a -> unwrapped(
                                a,
                                attribute(Cka.CKA_CLASS, Cko.CKO_PRIVATE_KEY),
                                attribute(Cka.CKA_KEY_TYPE, Ckk.CKK_RSA))),
                new Attack("T9", "CKR_WRAPPING_KEY_SIZE_RANGE", "CKR_KEY_NOT_WRAPPABLE", OK, a -> wrapped(a, 16)),
                everywhere("T10 trusted by its owner", READ_ONLY, a -> made(a, Cka.CKA_WRAP, Cka.CKA_TRUSTED)),
                everywhere("T10 wrapped by an own key", "CKR_KEY_NOT_WRAPPABLE", a -> {
                    String own = rsa(a, uses(Cka.CKA_WRAP)).split(" ", -1)[0];
                    String guarded = a.aes(32, uses(Cka.CKA_EXTRACTABLE, Cka.CKA_WRAP_WITH_TRUSTED));
                    return a.result("wrap", Ckm.CKM_RSA_PKCS_OAEP, OAEP, own, guarded);
                }),
                attack("T11", MECHANISM, OK, a -> {
                    String wraps = a.aes(32, uses(Cka.CKA_WRAP));
                    return a.result("wrap", Ckm.CKM_AES_CBC, ZERO_IV, wraps, a.aes(32, uses(Cka.CKA_EXTRACTABLE)));
                }),
                attack("T18 cut", MECHANISM, OK, a -> {
                    String base = a.aes(32, uses(Cka.CKA_DERIVE));
                    return a.result("derive", Ckm.CKM_EXTRACT_KEY_FROM_KEY, "n0", base, length(16), AES);
                }),
                everywhere("T18 short", TEMPLATE, a -> agreed(a, null, length(1))),
                everywhere("T19 off the curve", "CKR_PUBLIC_KEY_INVALID", a -> agreed(a, OFF_THE_CURVE)),
                everywhere(
                        "T19 exponent",
                        "CKR_ATTRIBUTE_VALUE_INVALID",
                        a -> a.plainly("generate-pair", rsaWords(2048, Cka.CKA_PUBLIC_EXPONENT + ":03"))),
                everywhere("T19 modulus", "CKR_KEY_SIZE_RANGE", a -> a.plainly("generate-pair", rsaWords(1024))));
    }

    private static List<Attack> useAttacks() {
        return List.of(
                new Attack("T12 decrypted", OK, MECHANISM, OK, a -> {
                    String key = rsa(a, and(new String[] {"/"}, uses(Cka.CKA_DECRYPT)))
                            .split(" ", -1)[1];
                    return a.once("decrypt", Ckm.CKM_RSA_PKCS, NO_PARAMETER, key, "00".repeat(255) + "01");
                }),
                attack("T12 unwrapped", MECHANISM, OK, a -> {
                    String key = rsa(a, and(uses(Cka.CKA_WRAP), and(new String[] {"/"}, uses(Cka.CKA_UNWRAP))))
                            .split(" ", -1)[1];
                    String noise = "x" + "00".repeat(255) + "01";
                    String type = attribute(Cka.CKA_KEY_TYPE, Ckk.CKK_GENERIC_SECRET);
                    return a.result("unwrap", Ckm.CKM_RSA_PKCS, NO_PARAMETER, key, noise, SECRET_KEY, type);
                }),
                everywhere("T13", "CKR_ENCRYPTED_DATA_INVALID", a -> {
                    String key = rsa(a, and(new String[] {"/"}, uses(Cka.CKA_DECRYPT)))
                            .split(" ", -1)[1];
                    String first = a.once("decrypt", Ckm.CKM_RSA_PKCS_OAEP, OAEP, key, "00".repeat(255) + "01");
                    String other = a.once("decrypt", Ckm.CKM_RSA_PKCS_OAEP, OAEP, key, "0001" + "00".repeat(254));
                    return first.equals(other) ? first : first + " and " + other;
                }),
                everywhere("T14 odd", "CKR_ENCRYPTED_DATA_LEN_RANGE", a -> padded(a, 17)),
                everywhere("T14 empty", "CKR_ENCRYPTED_DATA_LEN_RANGE", a -> padded(a, 0)),
                everywhere("T15 no tag", PARAMETER, a -> encrypts(a, Ckm.CKM_AES_GCM, gcm(0))),
                everywhere("T15 short tag", PARAMETER, a -> encrypts(a, Ckm.CKM_AES_GCM, gcm(64))),
                attack("T15 short tag of CCM", PARAMETER, OK, a -> encrypts(a, Ckm.CKM_AES_CCM, ccm(8))),
                attack("T15 IV used twice", PARAMETER, OK, a -> twice(a, Ckm.CKM_AES_GCM, gcm(128))),
                attack("T15 nonce of CCM used twice", PARAMETER, OK, a -> twice(a, Ckm.CKM_AES_CCM, ccm(16))),
                everywhere("T16", "CKR_ENCRYPTED_DATA_INVALID", a -> {
                    String key = a.aes(32, uses(Cka.CKA_DECRYPT));
                    a.text("init", "decrypt", Long.toString(Ckm.CKM_AES_GCM), gcm(128), key);
                    String early = a.text("update", "decrypt", "x" + "00".repeat(64));
                    return early.isEmpty() ? a.plainly("final", "decrypt") : "plaintext before its tag";
                }),
                everywhere("T17", PARAMETER, a -> {
                    String type = attribute(Cka.CKA_KEY_TYPE, Ckk.CKK_GENERIC_SECRET);
                    String key = handle(a.text(
                            "generate",
                            Ckm.CKM_GENERIC_SECRET_KEY_GEN,
                            NO_PARAMETER,
                            and(uses(Cka.CKA_SIGN), length(32), type)));
                    return a.begun("sign", Ckm.CKM_SHA256_HMAC_GENERAL, "n1", key);
                }));
    }

    private static String made(Attacker a, long... uses) {
        return a.result("generate", Ckm.CKM_AES_KEY_GEN, NO_PARAMETER, and(uses(uses), length(32)));
    }

    private static String wrapped(Attacker a, int bytes) {
        String wraps = a.aes(bytes, uses(Cka.CKA_WRAP));
        return a.result("wrap", Ckm.CKM_AES_KEY_WRAP, NO_PARAMETER, wraps, a.aes(32, uses(Cka.CKA_EXTRACTABLE)));
    }

    /** A wrapped form of zeros where the profile wraps none: what is refused is refused before it is looked at. */
    private static String unwrapped(Attacker a, String... template) {
        String wraps = a.aes(32, uses(Cka.CKA_WRAP, Cka.CKA_UNWRAP));
        String target = a.aes(32, uses(Cka.CKA_EXTRACTABLE));
        String form = "00".repeat(40);
        if (a.result("wrap", Ckm.CKM_AES_KEY_WRAP, NO_PARAMETER, wraps, target).equals(OK)) {
            form = a.text("wrap", Ckm.CKM_AES_KEY_WRAP, NO_PARAMETER, wraps, target);
        }
        return a.result("unwrap", Ckm.CKM_AES_KEY_WRAP, NO_PARAMETER, and(new String[] {wraps, "x" + form}, template));
    }

    private static String[] rsaWords(long bits, String... more) {
        String type = Long.toString(Ckm.CKM_RSA_PKCS_KEY_PAIR_GEN);
        return and(new String[] {type, NO_PARAMETER, attribute(Cka.CKA_MODULUS_BITS, bits)}, more);
    }

    /** Both handles of a pair; the public key as these attributes say. */
    private static String rsa(Attacker a, String... attributes) {
        return a.text("generate-pair", rsaWords(2048, attributes));
    }

    /** Agrees with a point, or with the pair's own. */
    private static String agreed(Attacker a, @org.jspecify.annotations.Nullable String peer, String... template) {
        String[] pair = a.text(
                        "generate-pair",
                        Ckm.CKM_EC_KEY_PAIR_GEN,
                        NO_PARAMETER,
                        and(new String[] {P256, "/"}, uses(Cka.CKA_DERIVE)))
                .split(" ", -1);
        String point = peer == null
                ? a.text("read", pair[0], Long.toString(Cka.CKA_EC_POINT)).substring(4)
                : peer;
        String parameter = "n" + Ckd.CKD_NULL + ",n0,b,n65,b" + point;
        String type = attribute(Cka.CKA_KEY_TYPE, Ckk.CKK_GENERIC_SECRET);
        return a.result("derive", Ckm.CKM_ECDH1_DERIVE, parameter, and(new String[] {pair[1], type}, template));
    }

    private static String padded(Attacker a, int bytes) {
        String key = a.aes(32, uses(Cka.CKA_DECRYPT));
        return a.once("decrypt", Ckm.CKM_AES_CBC_PAD, ZERO_IV, key, "00".repeat(bytes));
    }

    private static String gcm(int bits) {
        return "b" + "00".repeat(12) + ",n12,n96,b,n0,n" + bits;
    }

    private static String ccm(int bytes) {
        return "n3,b" + "00".repeat(12) + ",n12,b,n0,n" + bytes;
    }

    private static String encrypts(Attacker a, long mechanism, String parameter) {
        return a.begun("encrypt", mechanism, parameter, a.aes(32, uses(Cka.CKA_ENCRYPT)));
    }

    private static String twice(Attacker a, long mechanism, String parameter) {
        String key = a.aes(32, uses(Cka.CKA_ENCRYPT));
        a.once("encrypt", mechanism, parameter, key, "010203");
        return a.once("encrypt", mechanism, parameter, key, "010204");
    }

    private Home home(String profile) {
        try {
            Home home = new Home(Files.createDirectories(folder.resolve(profile)), "token.profile = " + profile);
            home.newToken("attacked");
            return home;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"default", "strict", "compat"})
    void each_attack_gets_the_code_that_the_profile_says(String profile) {
        List<Attack> attacks = new ArrayList<>(keyAttacks());
        attacks.addAll(useAttacks());
        List<String> wrong = new ArrayList<>();
        try (Calls calls = Calls.start(home(profile))) {
            Attacker attacker = new Attacker(calls);
            for (Attack attack : attacks) {
                String expected = attack.expected(profile);
                String result = result(attack, attacker);
                if (!result.equals(expected)) {
                    wrong.add(attack.number() + ": " + result + " instead of " + expected);
                }
                calls.call("cancel");
            }
        }
        assertEquals(List.of(), wrong);
    }

    private static String result(Attack attack, Attacker attacker) {
        try {
            return attack.run().apply(attacker);
        } catch (Attacker.Stopped e) {
            return "stopped before by " + e.getMessage();
        }
    }

    @Test
    void t20_another_programs_handles_are_none() {
        Home home = home("default");
        try (Calls mine = Calls.start(home);
                Calls other = Calls.start(home)) {
            String key = new Attacker(mine).aes(32, uses(Cka.CKA_ENCRYPT));
            Attacker thief = new Attacker(other);
            assertEquals("CKR_KEY_HANDLE_INVALID", thief.begun("encrypt", Ckm.CKM_AES_ECB, NO_PARAMETER, key));
            assertEquals("CKR_OBJECT_HANDLE_INVALID", thief.plainly("destroy", key));
        }
    }
}
