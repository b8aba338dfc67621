// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.stream.Stream;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.Digester;
import org.ferrohsm.core.mechanism.Hash;

/** The hashes before HashML-DSA and HashSLH-DSA (FIPS 204 section 5.4.1, FIPS 205 section 10.2.2) and their rows. */
enum PreHash {
    SHA224(4, Ckm.CKM_HASH_ML_DSA_SHA224, Ckm.CKM_HASH_SLH_DSA_SHA224),
    SHA256(1, Ckm.CKM_HASH_ML_DSA_SHA256, Ckm.CKM_HASH_SLH_DSA_SHA256),
    SHA384(2, Ckm.CKM_HASH_ML_DSA_SHA384, Ckm.CKM_HASH_SLH_DSA_SHA384),
    SHA512(3, Ckm.CKM_HASH_ML_DSA_SHA512, Ckm.CKM_HASH_SLH_DSA_SHA512),
    SHA3_224(7, Ckm.CKM_HASH_ML_DSA_SHA3_224, Ckm.CKM_HASH_SLH_DSA_SHA3_224),
    SHA3_256(8, Ckm.CKM_HASH_ML_DSA_SHA3_256, Ckm.CKM_HASH_SLH_DSA_SHA3_256),
    SHA3_384(9, Ckm.CKM_HASH_ML_DSA_SHA3_384, Ckm.CKM_HASH_SLH_DSA_SHA3_384),
    SHA3_512(10, Ckm.CKM_HASH_ML_DSA_SHA3_512, Ckm.CKM_HASH_SLH_DSA_SHA3_512),
    SHAKE128(11, Ckm.CKM_HASH_ML_DSA_SHAKE128, Ckm.CKM_HASH_SLH_DSA_SHAKE128),
    SHAKE256(12, Ckm.CKM_HASH_ML_DSA_SHAKE256, Ckm.CKM_HASH_SLH_DSA_SHAKE256);

    /** Bytes of a digest by SHAKE128; by SHAKE256 it has twice as many. */
    private static final int SHAKE128_LENGTH = 32;

    /** Last arc of its object identifier beneath the hash functions of NIST. */
    private final int arc;

    private final long mlDsaRow;
    private final long slhDsaRow;

    PreHash(int arc, long mlDsaRow, long slhDsaRow) {
        this.arc = arc;
        this.mlDsaRow = mlDsaRow;
        this.slhDsaRow = slhDsaRow;
    }

    /** The hash whose digest mechanism this is, or MECHANISM_PARAM_INVALID. SHAKE has no such mechanism. */
    static PreHash ofMechanism(long mechanism) {
        return Stream.of(values())
                .filter(one -> one != SHAKE128 && one != SHAKE256)
                .filter(one -> Hash.valueOf(one.name()).mechanism() == mechanism)
                .findFirst()
                .orElseThrow(() -> Fault.MECHANISM_PARAM_INVALID.because("no hash for signatures of digests"));
    }

    /** CKM_HASH_ML_DSA_... */
    long mlDsaRow() {
        return mlDsaRow;
    }

    /** CKM_HASH_SLH_DSA_... */
    long slhDsaRow() {
        return slhDsaRow;
    }

    /** The DER of its object identifier. */
    byte[] oid() {
        return new byte[] {Der.OBJECT_IDENTIFIER, 9, 0x60, (byte) 0x86, 0x48, 1, 0x65, 3, 4, 2, (byte) arc};
    }

    Digester digester(Engines engines) {
        if (this == SHAKE128) {
            return new ShakeDigester(128, SHAKE128_LENGTH);
        }
        if (this == SHAKE256) {
            return new ShakeDigester(256, 2 * SHAKE128_LENGTH);
        }
        return new EngineDigester(engines, Hash.valueOf(name()));
    }

    /** Length of the digest in bytes. */
    int length() {
        return this == SHAKE128
                ? SHAKE128_LENGTH
                : this == SHAKE256 ? 2 * SHAKE128_LENGTH : Hash.valueOf(name()).length();
    }
}
