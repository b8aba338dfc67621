// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.input;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ferrohsm.cli.output.CliException;
import org.ferrohsm.cli.output.ExitCode;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckm;

/**
 * The kinds of key that `key generate` makes, by the names it takes. EC parameters are the curve's object identifier in DER
 * (PKCS#11 3.2 section 6.3.3; RFC 5480 section 2.1.1.1; RFC 8410 section 3).
 */
public enum KeyType {
    RSA_2048("rsa:2048", true, Ckm.CKM_RSA_PKCS_KEY_PAIR_GEN, 2048, "", KeyUsage.SIGN),
    RSA_3072("rsa:3072", true, Ckm.CKM_RSA_PKCS_KEY_PAIR_GEN, 3072, "", KeyUsage.SIGN),
    RSA_4096("rsa:4096", true, Ckm.CKM_RSA_PKCS_KEY_PAIR_GEN, 4096, "", KeyUsage.SIGN),
    P_256("ec:P-256", true, Ckm.CKM_EC_KEY_PAIR_GEN, 0, "06082a8648ce3d030107", KeyUsage.SIGN),
    P_384("ec:P-384", true, Ckm.CKM_EC_KEY_PAIR_GEN, 0, "06052b81040022", KeyUsage.SIGN),
    P_521("ec:P-521", true, Ckm.CKM_EC_KEY_PAIR_GEN, 0, "06052b81040023", KeyUsage.SIGN),
    ED25519("ed25519", true, Ckm.CKM_EC_EDWARDS_KEY_PAIR_GEN, 0, "06032b6570", KeyUsage.SIGN),
    AES_128("aes:128", false, Ckm.CKM_AES_KEY_GEN, 128, "", KeyUsage.DECRYPT),
    AES_192("aes:192", false, Ckm.CKM_AES_KEY_GEN, 192, "", KeyUsage.DECRYPT),
    AES_256("aes:256", false, Ckm.CKM_AES_KEY_GEN, 256, "", KeyUsage.DECRYPT),
    HMAC_256("hmac:256", false, Ckm.CKM_GENERIC_SECRET_KEY_GEN, 256, "", KeyUsage.SIGN),
    HMAC_384("hmac:384", false, Ckm.CKM_GENERIC_SECRET_KEY_GEN, 384, "", KeyUsage.SIGN),
    HMAC_512("hmac:512", false, Ckm.CKM_GENERIC_SECRET_KEY_GEN, 512, "", KeyUsage.SIGN);

    private final String text;
    private final boolean pair;
    private final long mechanism;
    private final int bits;
    private final String parameters;
    private final KeyUsage usualUse;

    KeyType(String text, boolean pair, long mechanism, int bits, String parameters, KeyUsage usualUse) {
        this.text = text;
        this.pair = pair;
        this.mechanism = mechanism;
        this.bits = bits;
        this.parameters = parameters;
        this.usualUse = usualUse;
    }

    /** The kind that {@code text} names, in any case. */
    public static KeyType of(String text) {
        return Arrays.stream(values())
                .filter(type -> type.text.equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new CliException(
                        ExitCode.USAGE,
                        "--type " + text + " is no kind of key that can be made: take one of " + all()));
    }

    /** The kind on the curve with these CKA_EC_PARAMS. */
    public static Optional<KeyType> ofCurve(byte[] ecParameters) {
        String curve = HexFormat.of().formatHex(ecParameters);
        return Arrays.stream(values())
                .filter(type -> type.parameters.equals(curve))
                .findFirst();
    }

    /** The names of all kinds. */
    public static String all() {
        return Arrays.stream(values()).map(type -> type.text).collect(Collectors.joining(", "));
    }

    /** Whether it has a public half. */
    public boolean isPair() {
        return pair;
    }

    /** CKM_* that makes it. */
    public long mechanism() {
        return mechanism;
    }

    /** What it is for unless said otherwise. */
    public KeyUsage usualUse() {
        return usualUse;
    }

    /** Adds the size or the curve to the template of the public half or of the secret key. */
    public void describe(Template.Builder template) {
        if (!parameters.isEmpty()) {
            template.put(Cka.CKA_EC_PARAMS, HexFormat.of().parseHex(parameters));
        } else if (pair) {
            template.put(Cka.CKA_MODULUS_BITS, bits).put(Cka.CKA_PUBLIC_EXPONENT, new byte[] {1, 0, 1});
        } else {
            template.put(Cka.CKA_VALUE_LEN, bits / Byte.SIZE);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
