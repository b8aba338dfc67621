// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.ck.Ckt;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.MechanismTable;
import org.ferrohsm.core.object.HsmObject;

/** What follows from a new object's other attributes: computed where it was not given, and checked where it was. */
final class Completion {
    private static final int CHECK_VALUE = 3;
    private static final Set<Long> KEYS = Set.of(Cko.CKO_PUBLIC_KEY, Cko.CKO_PRIVATE_KEY, Cko.CKO_SECRET_KEY);
    private static final List<Long> TRUSTS = List.of(
            Cka.CKA_TRUST_SERVER_AUTH,
            Cka.CKA_TRUST_CLIENT_AUTH,
            Cka.CKA_TRUST_CODE_SIGNING,
            Cka.CKA_TRUST_EMAIL_PROTECTION,
            Cka.CKA_TRUST_IPSEC_IKE,
            Cka.CKA_TRUST_TIME_STAMPING,
            Cka.CKA_TRUST_OCSP_SIGNING);

    private static final Set<Long> KNOWN_TRUSTS = Set.of(
            Ckt.CKT_TRUST_UNKNOWN,
            Ckt.CKT_TRUSTED,
            Ckt.CKT_TRUST_ANCHOR,
            Ckt.CKT_NOT_TRUSTED,
            Ckt.CKT_TRUST_MUST_VERIFY_TRUST);

    private final MechanismTable mechanisms;
    private final Engines engines;

    Completion(MechanismTable mechanisms, Engines engines) {
        this.mechanisms = mechanisms;
        this.engines = engines;
    }

    /**
     * The attributes of a new object.
     *
     * @throws org.ferrohsm.core.fault.HsmException ATTRIBUTE_VALUE_INVALID if one that was given is not what follows from
     *     the others; TEMPLATE_INCOMPLETE, TEMPLATE_INCONSISTENT
     */
    AttributeSet complete(HsmObject object) {
        AttributeSet attributes = object.attributes();
        long objectClass = object.objectClass();
        if (KEYS.contains(objectClass)) {
            return key(object, mechanisms.codec(object.keyType()));
        }
        if (objectClass == Cko.CKO_CERTIFICATE) {
            return certificate(attributes);
        }
        if (objectClass == Cko.CKO_TRUST) {
            requireKnown(attributes);
            requireHash(attributes);
        }
        if (objectClass == Cko.CKO_DOMAIN_PARAMETERS) {
            return attributes.toBuilder()
                    .put(Cka.CKA_PRIME_BITS, bits(attributes.bytes(Cka.CKA_PRIME)))
                    .build();
        }
        return attributes;
    }

    private static AttributeSet key(HsmObject key, KeyCodec codec) {
        AttributeSet.Builder attributes = key.attributes().toBuilder();
        if (key.objectClass() == Cko.CKO_SECRET_KEY) {
            derived(attributes, Cka.CKA_CHECK_VALUE, codec.checkValue(key));
            return attributes.build();
        }
        if (key.attributes().flag(Cka.CKA_ALWAYS_AUTHENTICATE) && !key.isPrivate()) {
            // Section 4.9: a PIN before each use makes sense for a private object alone.
            throw Fault.TEMPLATE_INCONSISTENT.because("CKA_ALWAYS_AUTHENTICATE needs CKA_PRIVATE");
        }
        derived(attributes, Cka.CKA_PUBLIC_KEY_INFO, codec.publicKeyInfo(key.attributes()));
        return attributes.build();
    }

    private AttributeSet certificate(AttributeSet attributes) {
        byte[] value = attributes.bytes(Cka.CKA_VALUE);
        boolean byUrl = attributes.bytes(Cka.CKA_URL).length > 0;
        // Section 4.6.3, footnotes 2 to 4.
        if (value.length == 0 && !byUrl) {
            throw Fault.TEMPLATE_INCOMPLETE.because("a certificate has a CKA_VALUE or a CKA_URL");
        }
        boolean hashed = attributes.bytes(Cka.CKA_HASH_OF_SUBJECT_PUBLIC_KEY).length > 0
                && attributes.bytes(Cka.CKA_HASH_OF_ISSUER_PUBLIC_KEY).length > 0;
        if (byUrl && !hashed) {
            throw Fault.TEMPLATE_INCOMPLETE.because("a certificate at a CKA_URL needs the hashes of both public keys");
        }
        AttributeSet.Builder complete = attributes.toBuilder();
        if (value.length > 0) {
            derived(
                    complete,
                    Cka.CKA_CHECK_VALUE,
                    Arrays.copyOf(engines.digest("SHA-1").digest(value), CHECK_VALUE));
        }
        return complete.build();
    }

    /** Section 4.15.1. */
    private static void requireKnown(AttributeSet attributes) {
        for (long type : TRUSTS) {
            if (!KNOWN_TRUSTS.contains(attributes.number(type, Ckt.CKT_TRUST_UNKNOWN))) {
                throw Fault.ATTRIBUTE_VALUE_INVALID.because(Cka.name(type) + " is no CKT_*");
            }
        }
    }

    /** Section 4.15, footnote 2. */
    private static void requireHash(AttributeSet attributes) {
        boolean trusts = TRUSTS.stream()
                .map(type -> attributes.number(type, Ckt.CKT_TRUST_UNKNOWN))
                .anyMatch(trust -> trust != Ckt.CKT_TRUST_UNKNOWN && trust != Ckt.CKT_NOT_TRUSTED);
        if (trusts && attributes.bytes(Cka.CKA_HASH_OF_CERTIFICATE).length == 0) {
            throw Fault.TEMPLATE_INCOMPLETE.because("trust in a certificate needs its CKA_HASH_OF_CERTIFICATE");
        }
    }

    /** Puts what follows; a caller may ask for none by an empty value (section 4.10.1). */
    private static void derived(AttributeSet.Builder attributes, long type, byte[] value) {
        if (value.length == 0) {
            return;
        }
        AttributeValue given = attributes.get(type);
        if (given != null && given.length() > 0 && !Arrays.equals(given.asBytes(), value)) {
            throw Fault.ATTRIBUTE_VALUE_INVALID.because(Cka.name(type) + " is not what follows from the object");
        }
        boolean declined = given != null && given.length() == 0 && type == Cka.CKA_CHECK_VALUE;
        if (!declined) {
            attributes.put(type, value);
        }
    }

    private static long bits(byte[] magnitude) {
        return new java.math.BigInteger(1, magnitude).bitLength();
    }
}
