// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.attribute.SecretAttributes;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.NewKey;
import org.ferrohsm.core.mechanism.NewKeyPair;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;
import org.jspecify.annotations.Nullable;

/**
 * Keys of ML-DSA, ML-KEM and SLH-DSA: CKA_PARAMETER_SET with CKA_VALUE, and CKA_SEED where the algorithm has one. Their
 * PKCS#8 forms are those of RFC 9881, RFC 9935 and RFC 9909.
 */
final class PqcKeyCodec implements KeyCodec {
    private static final int SEED_TAG = 0x80;

    private final long keyType;
    private final List<PqcParameterSet> sets;

    PqcKeyCodec(long keyType, List<PqcParameterSet> sets) {
        this.keyType = keyType;
        this.sets = sets;
    }

    @Override
    public Set<Long> keyTypes() {
        return Set.of(keyType);
    }

    /** The set that the template of a generation asks for, or TEMPLATE_INCOMPLETE, ATTRIBUTE_VALUE_INVALID. */
    PqcParameterSet required(Template template) {
        return set(Checks.number(template, Cka.CKA_PARAMETER_SET));
    }

    /** The set of a key that exists. */
    PqcParameterSet of(HsmObject key) {
        return set(key.attributes().number(Cka.CKA_PARAMETER_SET, -1));
    }

    private PqcParameterSet set(long number) {
        return sets.stream()
                .filter(set -> set.number() == number)
                .findFirst()
                .orElseThrow(() -> Fault.ATTRIBUTE_VALUE_INVALID.because("no parameter set " + number));
    }

    /** A new key pair of a seed, which it takes over. */
    static NewKeyPair pairOf(PqcParameterSet set, SecretBytes seed) {
        NewKey privateKey = ofSeed(set, seed);
        byte[] info = privateKey.attributes().bytes(Cka.CKA_PUBLIC_KEY_INFO);
        return new NewKeyPair(
                publicKey(set, Arrays.copyOfRange(info, info.length - set.publicLength(), info.length)), privateKey);
    }

    /** A new key pair of an expanded private key, which it takes over. */
    static NewKeyPair pairOf(PqcParameterSet set, SecretBytes expanded, byte[] publicValue) {
        return new NewKeyPair(publicKey(set, publicValue), privateKey(set, publicValue, expanded, null));
    }

    private static NewKey publicKey(PqcParameterSet set, byte[] value) {
        return new NewKey(common(set, value).put(Cka.CKA_VALUE, value).build(), SecretAttributes.none());
    }

    private static NewKey ofSeed(PqcParameterSet set, SecretBytes seed) {
        byte[] expanded = seed.use(set.expand());
        return privateKey(set, set.publicOf().apply(expanded), SecretBytes.adopt(expanded), seed);
    }

    private static NewKey privateKey(
            PqcParameterSet set, byte[] publicValue, SecretBytes expanded, @Nullable SecretBytes seed) {
        Map<Long, SecretBytes> secrets = new TreeMap<>();
        secrets.put(Cka.CKA_VALUE, expanded);
        if (seed != null) {
            secrets.put(Cka.CKA_SEED, seed);
        }
        return new NewKey(common(set, publicValue).build(), SecretAttributes.of(secrets));
    }

    private static AttributeSet.Builder common(PqcParameterSet set, byte[] publicValue) {
        return AttributeSet.builder()
                .put(Cka.CKA_PARAMETER_SET, set.number())
                .put(Cka.CKA_PUBLIC_KEY_INFO, set.subjectPublicKeyInfo(publicValue));
    }

    @Override
    public NewKey complete(long objectClass, AttributeSet attributes, SecretAttributes secrets) {
        if (!attributes.contains(Cka.CKA_PARAMETER_SET)) {
            throw Fault.TEMPLATE_INCOMPLETE.because("CKA_PARAMETER_SET is needed");
        }
        PqcParameterSet set = set(attributes.number(Cka.CKA_PARAMETER_SET, -1));
        NewKey key;
        if (objectClass == Cko.CKO_PUBLIC_KEY) {
            key = publicKey(set, checkedPublic(set, attributes));
        } else {
            key = completePrivate(
                    set,
                    secrets.get(Cka.CKA_SEED),
                    secrets.get(Cka.CKA_VALUE),
                    Fault.TEMPLATE_INCOMPLETE,
                    Fault.ATTRIBUTE_VALUE_INVALID);
            secrets.close();
        }
        return new NewKey(attributes.toBuilder().putAll(key.attributes()).build(), key.secrets());
    }

    private static byte[] checkedPublic(PqcParameterSet set, AttributeSet attributes) {
        if (!attributes.contains(Cka.CKA_VALUE)) {
            throw Fault.TEMPLATE_INCOMPLETE.because("CKA_VALUE is needed");
        }
        byte[] value = attributes.bytes(Cka.CKA_VALUE);
        if (value.length != set.publicLength()) {
            throw Fault.ATTRIBUTE_VALUE_INVALID.because("a public key of " + value.length + " bytes");
        }
        if (!set.isPublicKey(value)) {
            throw Fault.PUBLIC_KEY_INVALID.because("no public key of that parameter set");
        }
        return value;
    }

    /** A private key of a seed, of its expanded form or of both, of which it makes copies. */
    private static NewKey completePrivate(
            PqcParameterSet set,
            @Nullable SecretBytes seed,
            @Nullable SecretBytes expanded,
            Fault missing,
            Fault otherwise) {
        if (seed != null && seed.length() > 0) {
            return completeSeeded(set, seed, expanded, otherwise);
        }
        if (expanded == null || expanded.length() == 0) {
            throw missing.because("CKA_VALUE or CKA_SEED is needed");
        }
        byte[] publicValue = expanded.use(set::publicKeyOf)
                .orElseThrow(() -> otherwise.because("no private key of that parameter set"));
        return privateKey(set, publicValue, expanded.copy(), null);
    }

    private static NewKey completeSeeded(
            PqcParameterSet set, SecretBytes seed, @Nullable SecretBytes expanded, Fault otherwise) {
        if (seed.length() != set.seedLength()) {
            throw otherwise.because("a seed of " + seed.length() + " bytes");
        }
        NewKey key = ofSeed(set, seed.copy());
        SecretBytes made = key.secrets().get(Cka.CKA_VALUE);
        if (expanded != null && expanded.length() > 0 && (made == null || !made.matches(expanded))) {
            key.secrets().close();
            throw otherwise.because("the seed is that of another private key");
        }
        return key;
    }

    @Override
    public byte[] publicKeyInfo(AttributeSet attributes) {
        return attributes.contains(Cka.CKA_VALUE)
                ? set(attributes.number(Cka.CKA_PARAMETER_SET, -1))
                        .subjectPublicKeyInfo(attributes.bytes(Cka.CKA_VALUE))
                : attributes.bytes(Cka.CKA_PUBLIC_KEY_INFO);
    }

    @Override
    public byte[] checkValue(HsmObject key) {
        return new byte[0];
    }

    @Override
    public SecretBytes serialise(HsmObject key) {
        PqcParameterSet set = of(key);
        return key.secret(Cka.CKA_VALUE).use(expanded -> {
            if (set.seedLength() == 0) {
                return Pkcs8.write(set.algorithm(), expanded.clone());
            }
            byte[] octets = Der.element(Der.OCTET_STRING, expanded);
            SecretBytes seed = key.secrets().get(Cka.CKA_SEED);
            if (seed == null) {
                return Pkcs8.write(set.algorithm(), octets);
            }
            byte[] both = seed.use(bytes -> Der.element(Der.SEQUENCE, Der.element(Der.OCTET_STRING, bytes), octets));
            Arrays.fill(octets, (byte) 0);
            return Pkcs8.write(set.algorithm(), both);
        });
    }

    @Override
    public NewKey parse(long objectClass, SecretBytes serialised) {
        return Pkcs8.read(serialised, (algorithm, key) -> {
            PqcParameterSet set = sets.stream()
                    .filter(one -> Arrays.equals(one.algorithm(), algorithm))
                    .findFirst()
                    .orElseThrow(() -> Fault.WRAPPED_KEY_INVALID.because("a key of another algorithm"));
            int tag = set.seedLength() == 0 || key.length == 0 ? 0 : key[0] & 0xff;
            byte[] seed = new byte[0];
            byte[] expanded = new byte[0];
            if (tag == 0) {
                expanded = key.clone();
            } else if (tag == SEED_TAG) {
                seed = Der.content(SEED_TAG, key, Fault.WRAPPED_KEY_INVALID);
            } else if (tag == Der.SEQUENCE) {
                byte[] content = Der.content(Der.SEQUENCE, key, Fault.WRAPPED_KEY_INVALID);
                Der.Reader both = new Der.Reader(content, Fault.WRAPPED_KEY_INVALID);
                seed = both.next(Der.OCTET_STRING);
                expanded = both.next(Der.OCTET_STRING);
                both.end();
                Arrays.fill(content, (byte) 0);
            } else {
                expanded = Der.content(Der.OCTET_STRING, key, Fault.WRAPPED_KEY_INVALID);
            }
            try (SecretBytes ownSeed = SecretBytes.adopt(seed);
                    SecretBytes ownExpanded = SecretBytes.adopt(expanded)) {
                return completePrivate(set, ownSeed, ownExpanded, Fault.WRAPPED_KEY_INVALID, Fault.WRAPPED_KEY_INVALID);
            }
        });
    }
}
