// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.object;

import static org.ferrohsm.core.attribute.ValueKind.BIG_INTEGER;
import static org.ferrohsm.core.attribute.ValueKind.BYTES;
import static org.ferrohsm.core.attribute.ValueKind.DATE;
import static org.ferrohsm.core.attribute.ValueKind.MECHANISMS;
import static org.ferrohsm.core.attribute.ValueKind.TEMPLATE;
import static org.ferrohsm.core.attribute.ValueKind.TEXT;
import static org.ferrohsm.core.attribute.ValueKind.ULONG;
import static org.ferrohsm.core.object.AttributeRule.bytes;
import static org.ferrohsm.core.object.AttributeRule.flag;
import static org.ferrohsm.core.object.AttributeRule.optional;
import static org.ferrohsm.core.object.AttributeRule.row;
import static org.ferrohsm.core.object.Note.CHANGEABLE;
import static org.ferrohsm.core.object.Note.COPY_CHANGEABLE;
import static org.ferrohsm.core.object.Note.CREATE_FORBIDS;
import static org.ferrohsm.core.object.Note.CREATE_NEEDS;
import static org.ferrohsm.core.object.Note.GENERATE_FORBIDS;
import static org.ferrohsm.core.object.Note.GENERATE_NEEDS;
import static org.ferrohsm.core.object.Note.SECRET;
import static org.ferrohsm.core.object.Note.SO_SETS;
import static org.ferrohsm.core.object.Note.STAYS_FALSE;
import static org.ferrohsm.core.object.Note.STAYS_TRUE;
import static org.ferrohsm.core.object.Note.TOKEN_SETS;
import static org.ferrohsm.core.object.Note.UNWRAP_FORBIDS;

import java.util.List;
import java.util.stream.Stream;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Cko;

/** The attribute tables of keys, PKCS#11 3.2 sections 4.7 to 4.10, as data. */
final class Schemas {
    private static final AttributeValue NO_MECHANISM = AttributeValue.of(-1L);

    private static final AttributeRule PUBLIC_BY_DEFAULT = flag(Cka.CKA_PRIVATE, false, COPY_CHANGEABLE);
    private static final AttributeRule PRIVATE_BY_DEFAULT = flag(Cka.CKA_PRIVATE, true, COPY_CHANGEABLE);

    /** Section 4.7, table 19: every key. */
    private static final List<AttributeRule> KEY = List.of(
            row(Cka.CKA_KEY_TYPE, ULONG, null, CREATE_NEEDS),
            optional(Cka.CKA_ID, BYTES, CHANGEABLE),
            optional(Cka.CKA_START_DATE, DATE, CHANGEABLE),
            optional(Cka.CKA_END_DATE, DATE, CHANGEABLE),
            flag(Cka.CKA_DERIVE, false, CHANGEABLE),
            flag(Cka.CKA_LOCAL, false, TOKEN_SETS),
            row(Cka.CKA_KEY_GEN_MECHANISM, ULONG, NO_MECHANISM, TOKEN_SETS),
            optional(Cka.CKA_ALLOWED_MECHANISMS, MECHANISMS),
            row(Cka.CKA_OBJECT_VALIDATION_FLAGS, ULONG, AttributeValue.of(0L), TOKEN_SETS),
            row(PolicyTags.ATTRIBUTE, TEXT, null));

    /** Section 4.8. */
    private static final List<AttributeRule> PUBLIC_KEY = List.of(
            PUBLIC_BY_DEFAULT,
            optional(Cka.CKA_SUBJECT, BYTES, CHANGEABLE),
            flag(Cka.CKA_ENCRYPT, true, CHANGEABLE),
            flag(Cka.CKA_VERIFY, true, CHANGEABLE),
            flag(Cka.CKA_VERIFY_RECOVER, false, CHANGEABLE),
            flag(Cka.CKA_WRAP, false, CHANGEABLE),
            flag(Cka.CKA_ENCAPSULATE, false, CHANGEABLE),
            flag(Cka.CKA_TRUSTED, false, SO_SETS, CHANGEABLE),
            row(Cka.CKA_WRAP_TEMPLATE, TEMPLATE, null),
            row(Cka.CKA_ENCAPSULATE_TEMPLATE, TEMPLATE, null),
            optional(Cka.CKA_PUBLIC_KEY_INFO, BYTES, GENERATE_FORBIDS));

    /** Sections 4.9 and 4.10: what private and secret keys share. */
    private static final List<AttributeRule> PROTECTED_KEY = List.of(
            PRIVATE_BY_DEFAULT,
            flag(Cka.CKA_SENSITIVE, true, CHANGEABLE, STAYS_TRUE),
            flag(Cka.CKA_DECRYPT, true, CHANGEABLE),
            flag(Cka.CKA_SIGN, true, CHANGEABLE),
            flag(Cka.CKA_UNWRAP, false, CHANGEABLE),
            flag(Cka.CKA_EXTRACTABLE, false, CHANGEABLE, STAYS_FALSE),
            flag(Cka.CKA_ALWAYS_SENSITIVE, false, TOKEN_SETS),
            flag(Cka.CKA_NEVER_EXTRACTABLE, false, TOKEN_SETS),
            flag(Cka.CKA_WRAP_WITH_TRUSTED, false, CHANGEABLE, STAYS_TRUE),
            row(Cka.CKA_UNWRAP_TEMPLATE, TEMPLATE, null),
            row(Cka.CKA_DERIVE_TEMPLATE, TEMPLATE, null));

    /** Section 4.9. */
    private static final List<AttributeRule> PRIVATE_KEY = List.of(
            optional(Cka.CKA_SUBJECT, BYTES, CHANGEABLE),
            flag(Cka.CKA_SIGN_RECOVER, false, CHANGEABLE),
            flag(Cka.CKA_DECAPSULATE, false, CHANGEABLE),
            flag(Cka.CKA_ALWAYS_AUTHENTICATE, false),
            row(Cka.CKA_DECAPSULATE_TEMPLATE, TEMPLATE, null),
            optional(Cka.CKA_PUBLIC_KEY_INFO, BYTES, GENERATE_FORBIDS));

    /** Section 4.10. */
    private static final List<AttributeRule> SECRET_KEY = List.of(
            flag(Cka.CKA_ENCRYPT, true, CHANGEABLE),
            flag(Cka.CKA_VERIFY, true, CHANGEABLE),
            flag(Cka.CKA_WRAP, false, CHANGEABLE),
            flag(Cka.CKA_TRUSTED, false, SO_SETS, CHANGEABLE),
            bytes(Cka.CKA_CHECK_VALUE),
            row(Cka.CKA_WRAP_TEMPLATE, TEMPLATE, null));

    private static final List<AttributeRule> RSA_PUBLIC = List.of(
            row(Cka.CKA_MODULUS, BIG_INTEGER, null, CREATE_NEEDS, GENERATE_FORBIDS),
            row(Cka.CKA_MODULUS_BITS, ULONG, null, CREATE_FORBIDS, GENERATE_NEEDS),
            row(Cka.CKA_PUBLIC_EXPONENT, BIG_INTEGER, null, CREATE_NEEDS));

    private static final List<AttributeRule> RSA_PRIVATE = List.of(
            row(Cka.CKA_MODULUS, BIG_INTEGER, null, CREATE_NEEDS, GENERATE_FORBIDS, UNWRAP_FORBIDS),
            row(Cka.CKA_PUBLIC_EXPONENT, BIG_INTEGER, null, GENERATE_FORBIDS, UNWRAP_FORBIDS),
            secret(Cka.CKA_PRIVATE_EXPONENT, CREATE_NEEDS),
            secret(Cka.CKA_PRIME_1),
            secret(Cka.CKA_PRIME_2),
            secret(Cka.CKA_EXPONENT_1),
            secret(Cka.CKA_EXPONENT_2),
            secret(Cka.CKA_COEFFICIENT));

    /** Such keys sign and agree, so what others do is off unless asked for. */
    private static final List<AttributeRule> EC_PUBLIC = List.of(
            flag(Cka.CKA_ENCRYPT, false, CHANGEABLE),
            bytes(Cka.CKA_EC_PARAMS, CREATE_NEEDS, GENERATE_NEEDS),
            bytes(Cka.CKA_EC_POINT, CREATE_NEEDS, GENERATE_FORBIDS));

    private static final List<AttributeRule> EC_PRIVATE = List.of(
            flag(Cka.CKA_DECRYPT, false, CHANGEABLE),
            bytes(Cka.CKA_EC_PARAMS, CREATE_NEEDS, GENERATE_FORBIDS, UNWRAP_FORBIDS),
            bytes(Cka.CKA_EC_POINT, GENERATE_FORBIDS, UNWRAP_FORBIDS),
            secret(Cka.CKA_VALUE, CREATE_NEEDS));

    private static final List<AttributeRule> SECRET_VALUE =
            List.of(secret(Cka.CKA_VALUE, CREATE_NEEDS), row(Cka.CKA_VALUE_LEN, ULONG, null, CREATE_FORBIDS));

    /** Keys that are nothing but a value. */
    private static final List<Long> SECRET_KEY_TYPES = List.of(
            Ckk.CKK_AES,
            Ckk.CKK_AES_XTS,
            Ckk.CKK_CAMELLIA,
            Ckk.CKK_ARIA,
            Ckk.CKK_SEED,
            Ckk.CKK_DES2,
            Ckk.CKK_DES3,
            Ckk.CKK_CHACHA20,
            Ckk.CKK_SALSA20,
            Ckk.CKK_POLY1305,
            Ckk.CKK_HKDF,
            Ckk.CKK_GENERIC_SECRET,
            Ckk.CKK_MD5_HMAC,
            Ckk.CKK_RIPEMD160_HMAC,
            Ckk.CKK_SHA_1_HMAC,
            Ckk.CKK_SHA224_HMAC,
            Ckk.CKK_SHA256_HMAC,
            Ckk.CKK_SHA384_HMAC,
            Ckk.CKK_SHA512_HMAC,
            Ckk.CKK_SHA512_224_HMAC,
            Ckk.CKK_SHA512_256_HMAC,
            Ckk.CKK_SHA3_224_HMAC,
            Ckk.CKK_SHA3_256_HMAC,
            Ckk.CKK_SHA3_384_HMAC,
            Ckk.CKK_SHA3_512_HMAC,
            Ckk.CKK_BLAKE2B_160_HMAC,
            Ckk.CKK_BLAKE2B_256_HMAC,
            Ckk.CKK_BLAKE2B_384_HMAC,
            Ckk.CKK_BLAKE2B_512_HMAC);

    private Schemas() {}

    static AttributeRule secret(long type, Note... more) {
        AttributeRule rule = row(type, BYTES, null, more);
        rule.notes().addAll(List.of(SECRET, GENERATE_FORBIDS, UNWRAP_FORBIDS));
        return rule;
    }

    /** Every schema of keys. */
    static List<ObjectSchema> all() {
        return Stream.concat(
                        Stream.of(
                                publicKey(Ckk.CKK_RSA, RSA_PUBLIC),
                                privateKey(Ckk.CKK_RSA, RSA_PRIVATE),
                                publicKey(Ckk.CKK_EC, EC_PUBLIC),
                                privateKey(Ckk.CKK_EC, EC_PRIVATE),
                                publicKey(Ckk.CKK_EC_EDWARDS, EC_PUBLIC),
                                privateKey(Ckk.CKK_EC_EDWARDS, EC_PRIVATE),
                                publicKey(Ckk.CKK_EC_MONTGOMERY, EC_PUBLIC),
                                privateKey(Ckk.CKK_EC_MONTGOMERY, EC_PRIVATE)),
                        Stream.concat(
                                AsymmetricKeySchemas.all().stream(),
                                SECRET_KEY_TYPES.stream().map(Schemas::secretKey)))
                .toList();
    }

    static ObjectSchema publicKey(long keyType, List<AttributeRule> parts) {
        return ObjectSchema.of(Cko.CKO_PUBLIC_KEY, keyType, KeylessSchemas.STORAGE, KEY, PUBLIC_KEY, parts);
    }

    static ObjectSchema privateKey(long keyType, List<AttributeRule> parts) {
        return ObjectSchema.of(
                Cko.CKO_PRIVATE_KEY, keyType, KeylessSchemas.STORAGE, KEY, PROTECTED_KEY, PRIVATE_KEY, parts);
    }

    private static ObjectSchema secretKey(long keyType) {
        return ObjectSchema.of(
                Cko.CKO_SECRET_KEY, keyType, KeylessSchemas.STORAGE, KEY, PROTECTED_KEY, SECRET_KEY, SECRET_VALUE);
    }
}
