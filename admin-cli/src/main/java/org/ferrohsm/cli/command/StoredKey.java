// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ferrohsm.cli.input.KeyType;
import org.ferrohsm.cli.input.KeyUsage;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckc;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.object.PolicyTags;
import org.ferrohsm.core.service.AttributeReading;
import org.ferrohsm.core.session.Session;

/** A key in a token as operators see it. */
record StoredKey(long handle, Map<Long, AttributeValue> attributes) {
    private static final long[] SHOWN = {
        Cka.CKA_CLASS,
        Cka.CKA_KEY_TYPE,
        Cka.CKA_LABEL,
        Cka.CKA_ID,
        Cka.CKA_UNIQUE_ID,
        Cka.CKA_PRIVATE,
        Cka.CKA_MODIFIABLE,
        Cka.CKA_DESTROYABLE,
        Cka.CKA_SENSITIVE,
        Cka.CKA_ALWAYS_SENSITIVE,
        Cka.CKA_EXTRACTABLE,
        Cka.CKA_NEVER_EXTRACTABLE,
        Cka.CKA_LOCAL,
        Cka.CKA_TRUSTED,
        Cka.CKA_CERTIFICATE_TYPE,
        Cka.CKA_SIGN,
        Cka.CKA_VERIFY,
        Cka.CKA_DECRYPT,
        Cka.CKA_ENCRYPT,
        Cka.CKA_UNWRAP,
        Cka.CKA_WRAP,
        Cka.CKA_DERIVE,
        Cka.CKA_MODULUS,
        Cka.CKA_EC_PARAMS,
        Cka.CKA_VALUE_LEN,
        Cka.CKA_PUBLIC_KEY_INFO,
        PolicyTags.ATTRIBUTE
    };

    private static final List<Map.Entry<String, Long>> FLAGS = List.of(
            Map.entry("private", Cka.CKA_PRIVATE),
            Map.entry("modifiable", Cka.CKA_MODIFIABLE),
            Map.entry("destroyable", Cka.CKA_DESTROYABLE),
            Map.entry("sensitive", Cka.CKA_SENSITIVE),
            Map.entry("alwaysSensitive", Cka.CKA_ALWAYS_SENSITIVE),
            Map.entry("extractable", Cka.CKA_EXTRACTABLE),
            Map.entry("neverExtractable", Cka.CKA_NEVER_EXTRACTABLE),
            Map.entry("local", Cka.CKA_LOCAL),
            Map.entry("trusted", Cka.CKA_TRUSTED));

    static StoredKey read(Hsm hsm, Session session, long handle) {
        Map<Long, AttributeValue> attributes = new HashMap<>();
        for (AttributeReading reading : hsm.runtime().objects().read(session, handle, SHOWN)) {
            if (reading.value() != null) {
                attributes.put(reading.type(), reading.value());
            }
        }
        return new StoredKey(handle, attributes);
    }

    /** CKO_*. */
    long keyClass() {
        return number(Cka.CKA_CLASS);
    }

    String label() {
        return value(Cka.CKA_LABEL).map(AttributeValue::asText).orElse("");
    }

    /** CKA_ID in hexadecimal. */
    String id() {
        return value(Cka.CKA_ID)
                .map(id -> HexFormat.of().formatHex(id.asBytes()))
                .orElse("");
    }

    private boolean isCertificate() {
        return keyClass() == Cko.CKO_CERTIFICATE;
    }

    /** The kind by the name that `key generate` takes, or PKCS#11's name where it takes none. */
    String type() {
        if (isCertificate()) {
            return Ckc.name(number(Cka.CKA_CERTIFICATE_TYPE));
        }
        long type = number(Cka.CKA_KEY_TYPE);
        if (type == Ckk.CKK_RSA) {
            return "rsa:" + bits(value(Cka.CKA_MODULUS));
        }
        if (type == Ckk.CKK_EC) {
            return value(Cka.CKA_EC_PARAMS)
                    .flatMap(curve -> KeyType.ofCurve(curve.asBytes()))
                    .map(KeyType::toString)
                    .orElse("ec");
        }
        if (type == Ckk.CKK_EC_EDWARDS) {
            return KeyType.ED25519.toString();
        }
        if (type == Ckk.CKK_AES || type == Ckk.CKK_GENERIC_SECRET) {
            return (type == Ckk.CKK_AES ? "aes:" : "hmac:") + number(Cka.CKA_VALUE_LEN) * Byte.SIZE;
        }
        return Ckk.name(type);
    }

    /** The key in a list. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("class", className());
        fields.put("type", type());
        fields.put("label", label());
        fields.put("id", id());
        fields.put("usage", usage());
        value(PolicyTags.ATTRIBUTE).ifPresent(tags -> fields.put("policyTags", tags.asText()));
        return fields;
    }

    /** The key with all that may be shown of it. */
    Map<String, Object> allFields() {
        Map<String, Object> fields = fields();
        value(Cka.CKA_UNIQUE_ID).ifPresent(id -> fields.put("uniqueId", id.asText()));
        FLAGS.forEach(flag -> value(flag.getValue()).ifPresent(set -> fields.put(flag.getKey(), set.asBoolean())));
        value(Cka.CKA_PUBLIC_KEY_INFO)
                .filter(info -> info.length() > 0)
                .ifPresent(info -> fields.put("publicKey", pem(info.asBytes())));
        return fields;
    }

    /** What tells it from others. */
    String described() {
        String what = isCertificate() ? className() : className() + " key " + type();
        return "the " + what + " with label \"" + label() + "\", id " + id();
    }

    private String className() {
        return Cko.name(keyClass()).replace("CKO_", "").replace("_KEY", "").toLowerCase(Locale.ROOT);
    }

    private List<String> usage() {
        boolean open = keyClass() == Cko.CKO_PUBLIC_KEY;
        return Arrays.stream(KeyUsage.values())
                .filter(use -> flag(open ? use.openHalf() : use.secretHalf()))
                .map(use -> open ? use.counterpart() : use.toString())
                .toList();
    }

    private boolean flag(long type) {
        return value(type).map(AttributeValue::asBoolean).orElse(false);
    }

    private long number(long type) {
        return value(type).map(AttributeValue::asLong).orElse(0L);
    }

    private Optional<AttributeValue> value(long type) {
        return Optional.ofNullable(attributes.get(type));
    }

    private static long bits(Optional<AttributeValue> modulus) {
        return modulus.map(value -> (long) new BigInteger(1, value.asBytes()).bitLength())
                .orElse(0L);
    }

    private static String pem(byte[] info) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(info)
                + "\n-----END PUBLIC KEY-----";
    }
}
