// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.object;

import static org.ferrohsm.core.attribute.ValueKind.BIG_INTEGER;
import static org.ferrohsm.core.attribute.ValueKind.BYTES;
import static org.ferrohsm.core.attribute.ValueKind.DATE;
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
import static org.ferrohsm.core.object.Note.SO_SETS;
import static org.ferrohsm.core.object.Note.STAYS_FALSE;
import static org.ferrohsm.core.object.Note.TOKEN_SETS;

import java.util.List;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckc;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.ck.Ckt;

/** The attribute tables of objects that are no keys, PKCS#11 3.2 sections 4.4 to 4.6 and 4.11 to 4.15, as data. */
final class KeylessSchemas {
    private static final AttributeRule PUBLIC_BY_DEFAULT = flag(Cka.CKA_PRIVATE, false, COPY_CHANGEABLE);
    private static final AttributeRule PRIVATE_BY_DEFAULT = flag(Cka.CKA_PRIVATE, true, COPY_CHANGEABLE);
    private static final AttributeValue SHA_1 = AttributeValue.of(Ckm.CKM_SHA_1);

    /** Section 4.4, table 13: every object that can be stored. */
    static final List<AttributeRule> STORAGE = List.of(
            row(Cka.CKA_CLASS, ULONG, null),
            flag(Cka.CKA_TOKEN, false, COPY_CHANGEABLE),
            flag(Cka.CKA_MODIFIABLE, true, COPY_CHANGEABLE),
            optional(Cka.CKA_LABEL, TEXT, CHANGEABLE),
            flag(Cka.CKA_COPYABLE, true, COPY_CHANGEABLE, STAYS_FALSE),
            flag(Cka.CKA_DESTROYABLE, true, COPY_CHANGEABLE),
            row(Cka.CKA_UNIQUE_ID, TEXT, null, TOKEN_SETS));

    /** Section 4.5. */
    private static final List<AttributeRule> DATA = List.of(
            PRIVATE_BY_DEFAULT,
            optional(Cka.CKA_APPLICATION, TEXT, CHANGEABLE),
            optional(Cka.CKA_OBJECT_ID, BYTES, CHANGEABLE),
            optional(Cka.CKA_VALUE, BYTES, CHANGEABLE));

    /** Section 4.6.2. */
    private static final List<AttributeRule> CERTIFICATE = List.of(
            PUBLIC_BY_DEFAULT,
            row(Cka.CKA_CERTIFICATE_TYPE, ULONG, null, CREATE_NEEDS),
            flag(Cka.CKA_TRUSTED, false, SO_SETS, CHANGEABLE),
            row(Cka.CKA_CERTIFICATE_CATEGORY, ULONG, AttributeValue.of(0L)),
            bytes(Cka.CKA_CHECK_VALUE),
            optional(Cka.CKA_START_DATE, DATE),
            optional(Cka.CKA_END_DATE, DATE),
            optional(Cka.CKA_PUBLIC_KEY_INFO, BYTES));

    /** Section 4.6.3; only the identifier, the issuer and the serial number may be changed. */
    private static final List<AttributeRule> X509 = List.of(
            row(Cka.CKA_SUBJECT, BYTES, null, CREATE_NEEDS),
            optional(Cka.CKA_ID, BYTES, CHANGEABLE),
            optional(Cka.CKA_ISSUER, BYTES, CHANGEABLE),
            optional(Cka.CKA_SERIAL_NUMBER, BYTES, CHANGEABLE),
            optional(Cka.CKA_VALUE, BYTES),
            optional(Cka.CKA_URL, TEXT),
            optional(Cka.CKA_HASH_OF_SUBJECT_PUBLIC_KEY, BYTES),
            optional(Cka.CKA_HASH_OF_ISSUER_PUBLIC_KEY, BYTES),
            row(Cka.CKA_JAVA_MIDP_SECURITY_DOMAIN, ULONG, AttributeValue.of(0L)),
            row(Cka.CKA_NAME_HASH_ALGORITHM, ULONG, SHA_1));

    /** Section 4.6.5; only the issuer and the serial number may be changed. */
    private static final List<AttributeRule> X509_ATTRIBUTES = List.of(
            row(Cka.CKA_OWNER, BYTES, null, CREATE_NEEDS),
            optional(Cka.CKA_AC_ISSUER, BYTES, CHANGEABLE),
            optional(Cka.CKA_SERIAL_NUMBER, BYTES, CHANGEABLE),
            optional(Cka.CKA_ATTR_TYPES, BYTES),
            row(Cka.CKA_VALUE, BYTES, null, CREATE_NEEDS));

    /** Section 4.11. */
    private static final List<AttributeRule> DOMAIN = List.of(
            PUBLIC_BY_DEFAULT,
            row(Cka.CKA_KEY_TYPE, ULONG, null, CREATE_NEEDS),
            flag(Cka.CKA_LOCAL, false, TOKEN_SETS),
            row(Cka.CKA_PRIME, BIG_INTEGER, null, CREATE_NEEDS),
            row(Cka.CKA_BASE, BIG_INTEGER, null, CREATE_NEEDS),
            row(Cka.CKA_PRIME_BITS, ULONG, null, CREATE_FORBIDS));

    private static final List<AttributeRule> SUBPRIME = List.of(
            row(Cka.CKA_SUBPRIME, BIG_INTEGER, null, CREATE_NEEDS),
            row(Cka.CKA_SUBPRIME_BITS, ULONG, null, CREATE_FORBIDS));

    /** Section 4.15. */
    private static final List<AttributeRule> TRUST = List.of(
            PUBLIC_BY_DEFAULT,
            row(Cka.CKA_ISSUER, BYTES, null, CREATE_NEEDS),
            row(Cka.CKA_SERIAL_NUMBER, BYTES, null, CREATE_NEEDS),
            optional(Cka.CKA_HASH_OF_CERTIFICATE, BYTES),
            row(Cka.CKA_NAME_HASH_ALGORITHM, ULONG, SHA_1),
            trust(Cka.CKA_TRUST_SERVER_AUTH),
            trust(Cka.CKA_TRUST_CLIENT_AUTH),
            trust(Cka.CKA_TRUST_CODE_SIGNING),
            trust(Cka.CKA_TRUST_EMAIL_PROTECTION),
            trust(Cka.CKA_TRUST_IPSEC_IKE),
            trust(Cka.CKA_TRUST_TIME_STAMPING),
            trust(Cka.CKA_TRUST_OCSP_SIGNING));

    private KeylessSchemas() {}

    private static AttributeRule trust(long type) {
        return row(type, ULONG, AttributeValue.of(Ckt.CKT_TRUST_UNKNOWN), CHANGEABLE);
    }

    /** Every schema of objects that are no keys, and that a caller can make. */
    static List<ObjectSchema> all() {
        return List.of(
                ObjectSchema.of(Cko.CKO_DATA, ObjectSchema.NO_TYPE, STORAGE, DATA),
                ObjectSchema.of(Cko.CKO_CERTIFICATE, Ckc.CKC_X_509, STORAGE, CERTIFICATE, X509),
                ObjectSchema.of(Cko.CKO_CERTIFICATE, Ckc.CKC_X_509_ATTR_CERT, STORAGE, CERTIFICATE, X509_ATTRIBUTES),
                ObjectSchema.of(Cko.CKO_DOMAIN_PARAMETERS, Ckk.CKK_DSA, STORAGE, DOMAIN, SUBPRIME),
                ObjectSchema.of(Cko.CKO_DOMAIN_PARAMETERS, Ckk.CKK_DH, STORAGE, DOMAIN),
                ObjectSchema.of(Cko.CKO_DOMAIN_PARAMETERS, Ckk.CKK_X9_42_DH, STORAGE, DOMAIN, SUBPRIME),
                ObjectSchema.of(Cko.CKO_TRUST, ObjectSchema.NO_TYPE, STORAGE, TRUST));
    }

    /** Attributes of objects that the token alone makes: profiles, mechanisms and validations. */
    static List<AttributeRule> ofBuiltIns() {
        return List.of(
                row(Cka.CKA_PROFILE_ID, ULONG, null),
                row(Cka.CKA_MECHANISM_TYPE, ULONG, null),
                row(Cka.CKA_VALIDATION_TYPE, ULONG, null),
                row(Cka.CKA_VALIDATION_LEVEL, ULONG, null),
                row(Cka.CKA_VALIDATION_FLAG, ULONG, null),
                row(Cka.CKA_VALIDATION_AUTHORITY_TYPE, ULONG, null));
    }
}
