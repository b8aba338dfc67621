// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.object;

import static org.ferrohsm.core.attribute.ValueKind.BIG_INTEGER;
import static org.ferrohsm.core.attribute.ValueKind.ULONG;
import static org.ferrohsm.core.object.AttributeRule.bytes;
import static org.ferrohsm.core.object.AttributeRule.flag;
import static org.ferrohsm.core.object.AttributeRule.row;
import static org.ferrohsm.core.object.Note.CHANGEABLE;
import static org.ferrohsm.core.object.Note.CREATE_FORBIDS;
import static org.ferrohsm.core.object.Note.CREATE_NEEDS;
import static org.ferrohsm.core.object.Note.GENERATE_FORBIDS;
import static org.ferrohsm.core.object.Note.GENERATE_NEEDS;
import static org.ferrohsm.core.object.Note.UNWRAP_FORBIDS;

import java.util.List;
import java.util.stream.Stream;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;

/** The attribute tables of PKCS#11 3.2 section 6 for keys of ML-DSA, SLH-DSA, ML-KEM, HSS, XMSS, Diffie-Hellman and DSA. What they cannot do is off. */
final class AsymmetricKeySchemas {
    private static final List<AttributeRule> SIGNING_PUBLIC = List.of(
            flag(Cka.CKA_ENCRYPT, false, CHANGEABLE),
            row(Cka.CKA_PARAMETER_SET, ULONG, null, CREATE_NEEDS, GENERATE_NEEDS),
            bytes(Cka.CKA_VALUE, CREATE_NEEDS, GENERATE_FORBIDS));

    private static final AttributeRule PARAMETER_SET =
            row(Cka.CKA_PARAMETER_SET, ULONG, null, CREATE_NEEDS, GENERATE_FORBIDS, UNWRAP_FORBIDS);

    /** One of CKA_SEED and CKA_VALUE must be there, which the codec sees to. */
    private static final List<AttributeRule> SIGNING_PRIVATE = List.of(
            flag(Cka.CKA_DECRYPT, false, CHANGEABLE),
            PARAMETER_SET,
            Schemas.secret(Cka.CKA_SEED),
            Schemas.secret(Cka.CKA_VALUE));

    private static final List<AttributeRule> HASH_BASED_PRIVATE = List.of(
            flag(Cka.CKA_DECRYPT, false, CHANGEABLE), PARAMETER_SET, Schemas.secret(Cka.CKA_VALUE, CREATE_NEEDS));

    private static final List<AttributeRule> KEM_PUBLIC = List.of(
            flag(Cka.CKA_ENCRYPT, false, CHANGEABLE),
            flag(Cka.CKA_VERIFY, false, CHANGEABLE),
            flag(Cka.CKA_ENCAPSULATE, true, CHANGEABLE),
            row(Cka.CKA_PARAMETER_SET, ULONG, null, CREATE_NEEDS, GENERATE_NEEDS),
            bytes(Cka.CKA_VALUE, CREATE_NEEDS, GENERATE_FORBIDS));

    private static final List<AttributeRule> KEM_PRIVATE = List.of(
            flag(Cka.CKA_DECRYPT, false, CHANGEABLE),
            flag(Cka.CKA_SIGN, false, CHANGEABLE),
            flag(Cka.CKA_DECAPSULATE, true, CHANGEABLE),
            PARAMETER_SET,
            Schemas.secret(Cka.CKA_SEED),
            Schemas.secret(Cka.CKA_VALUE));

    /** Sections 6.65 and 6.66: the numbers follow from the value. */
    private static final List<AttributeRule> HSS_PUBLIC = List.of(
            flag(Cka.CKA_ENCRYPT, false, CHANGEABLE),
            row(Cka.CKA_HSS_LEVELS, ULONG, null, CREATE_FORBIDS, GENERATE_FORBIDS),
            row(Cka.CKA_HSS_LMS_TYPE, ULONG, null, CREATE_FORBIDS, GENERATE_FORBIDS),
            row(Cka.CKA_HSS_LMOTS_TYPE, ULONG, null, CREATE_FORBIDS, GENERATE_FORBIDS),
            bytes(Cka.CKA_VALUE, CREATE_NEEDS, GENERATE_FORBIDS));

    /** Section 6.4. */
    private static final List<AttributeRule> DH_PUBLIC = List.of(
            flag(Cka.CKA_ENCRYPT, false, CHANGEABLE),
            flag(Cka.CKA_VERIFY, false, CHANGEABLE),
            row(Cka.CKA_PRIME, BIG_INTEGER, null, CREATE_NEEDS, GENERATE_NEEDS),
            row(Cka.CKA_BASE, BIG_INTEGER, null, CREATE_NEEDS, GENERATE_NEEDS),
            row(Cka.CKA_VALUE, BIG_INTEGER, null, CREATE_NEEDS, GENERATE_FORBIDS));

    private static final List<AttributeRule> DH_PRIVATE = List.of(
            flag(Cka.CKA_DECRYPT, false, CHANGEABLE),
            flag(Cka.CKA_SIGN, false, CHANGEABLE),
            row(Cka.CKA_PRIME, BIG_INTEGER, null, CREATE_NEEDS, GENERATE_FORBIDS, UNWRAP_FORBIDS),
            row(Cka.CKA_BASE, BIG_INTEGER, null, CREATE_NEEDS, GENERATE_FORBIDS, UNWRAP_FORBIDS),
            Schemas.secret(Cka.CKA_VALUE, CREATE_NEEDS),
            row(Cka.CKA_VALUE_BITS, ULONG, null, CREATE_FORBIDS, GENERATE_FORBIDS, UNWRAP_FORBIDS));

    private static final List<AttributeRule> X942_PUBLIC =
            with(DH_PUBLIC, row(Cka.CKA_SUBPRIME, BIG_INTEGER, null, CREATE_NEEDS, GENERATE_NEEDS));

    private static final List<AttributeRule> X942_PRIVATE = with(
            DH_PRIVATE.stream()
                    .filter(rule -> rule.type() != Cka.CKA_VALUE_BITS)
                    .toList(),
            row(Cka.CKA_SUBPRIME, BIG_INTEGER, null, CREATE_NEEDS, GENERATE_FORBIDS, UNWRAP_FORBIDS));

    /** Section 6.2. */
    private static final List<AttributeRule> DSA_PUBLIC = List.of(
            flag(Cka.CKA_ENCRYPT, false, CHANGEABLE),
            row(Cka.CKA_PRIME, BIG_INTEGER, null, CREATE_NEEDS, GENERATE_NEEDS),
            row(Cka.CKA_SUBPRIME, BIG_INTEGER, null, CREATE_NEEDS, GENERATE_NEEDS),
            row(Cka.CKA_BASE, BIG_INTEGER, null, CREATE_NEEDS, GENERATE_NEEDS),
            row(Cka.CKA_VALUE, BIG_INTEGER, null, CREATE_NEEDS, GENERATE_FORBIDS));

    private static final List<AttributeRule> DSA_PRIVATE = List.of(
            flag(Cka.CKA_DECRYPT, false, CHANGEABLE),
            row(Cka.CKA_PRIME, BIG_INTEGER, null, CREATE_NEEDS, GENERATE_FORBIDS, UNWRAP_FORBIDS),
            row(Cka.CKA_SUBPRIME, BIG_INTEGER, null, CREATE_NEEDS, GENERATE_FORBIDS, UNWRAP_FORBIDS),
            row(Cka.CKA_BASE, BIG_INTEGER, null, CREATE_NEEDS, GENERATE_FORBIDS, UNWRAP_FORBIDS),
            Schemas.secret(Cka.CKA_VALUE, CREATE_NEEDS));

    private AsymmetricKeySchemas() {}

    private static List<AttributeRule> with(List<AttributeRule> rules, AttributeRule another) {
        return Stream.concat(rules.stream(), Stream.of(another)).toList();
    }

    static List<ObjectSchema> all() {
        return List.of(
                Schemas.publicKey(Ckk.CKK_ML_DSA, SIGNING_PUBLIC),
                Schemas.privateKey(Ckk.CKK_ML_DSA, SIGNING_PRIVATE),
                Schemas.publicKey(Ckk.CKK_SLH_DSA, SIGNING_PUBLIC),
                Schemas.privateKey(Ckk.CKK_SLH_DSA, HASH_BASED_PRIVATE),
                Schemas.publicKey(Ckk.CKK_DH, DH_PUBLIC),
                Schemas.privateKey(Ckk.CKK_DH, DH_PRIVATE),
                Schemas.publicKey(Ckk.CKK_X9_42_DH, X942_PUBLIC),
                Schemas.privateKey(Ckk.CKK_X9_42_DH, X942_PRIVATE),
                Schemas.publicKey(Ckk.CKK_DSA, DSA_PUBLIC),
                Schemas.privateKey(Ckk.CKK_DSA, DSA_PRIVATE),
                Schemas.publicKey(Ckk.CKK_HSS, HSS_PUBLIC),
                Schemas.publicKey(Ckk.CKK_XMSS, SIGNING_PUBLIC),
                Schemas.publicKey(Ckk.CKK_XMSSMT, SIGNING_PUBLIC),
                Schemas.publicKey(Ckk.CKK_ML_KEM, KEM_PUBLIC),
                Schemas.privateKey(Ckk.CKK_ML_KEM, KEM_PRIVATE));
    }
}
