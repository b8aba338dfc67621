// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.params.HSSPublicKeyParameters;
import org.bouncycastle.crypto.params.XMSSMTParameters;
import org.bouncycastle.crypto.params.XMSSMTPublicKeyParameters;
import org.bouncycastle.crypto.params.XMSSParameters;
import org.bouncycastle.crypto.params.XMSSPublicKeyParameters;
import org.bouncycastle.crypto.signers.HSSSigner;
import org.bouncycastle.crypto.signers.XMSSMTSigner;
import org.bouncycastle.crypto.signers.XMSSSigner;
import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;

/**
 * One of the stateful hash-based signatures (NIST SP 800-208): HSS/LMS, XMSS and XMSS^MT.
 *
 * @param keyType CKK_*
 * @param mechanism CKM_*
 * @param oid DER of the object identifier of its public keys (RFC 9708, RFC 9802)
 * @param names what a public key's first bytes say, as attributes
 * @param verifier an engine that verifies with a public key; throws for one that cannot be
 */
record HashTreeScheme(
        long keyType,
        long mechanism,
        byte[] oid,
        Function<ByteBuffer, AttributeSet> names,
        Function<byte[], BiPredicate<byte[], byte[]>> verifier) {
    static final List<HashTreeScheme> ALL = List.of(
            new HashTreeScheme(
                    Ckk.CKK_HSS, Ckm.CKM_HSS, hex("060b2a864886f70d0109100311"), HashTreeScheme::hssNames, value -> {
                        HSSPublicKeyParameters key = hssKey(value);
                        return (data, signature) -> verify(new HSSSigner(), key, data, signature);
                    }),
            new HashTreeScheme(
                    Ckk.CKK_XMSS, Ckm.CKM_XMSS, hex("06082b06010505070622"), HashTreeScheme::xmssNames, value -> {
                        CipherParameters key = new XMSSPublicKeyParameters.Builder(XMSSParameters.lookupByOID(
                                        ByteBuffer.wrap(value).getInt()))
                                .withPublicKey(value)
                                .build();
                        return (data, signature) -> verify(new XMSSSigner(), key, data, signature);
                    }),
            new HashTreeScheme(
                    Ckk.CKK_XMSSMT, Ckm.CKM_XMSSMT, hex("06082b06010505070623"), HashTreeScheme::xmssNames, value -> {
                        CipherParameters key = new XMSSMTPublicKeyParameters.Builder(XMSSMTParameters.lookupByOID(
                                        ByteBuffer.wrap(value).getInt()))
                                .withPublicKey(value)
                                .build();
                        return (data, signature) -> verify(new XMSSMTSigner(), key, data, signature);
                    }));

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    private static HSSPublicKeyParameters hssKey(byte[] value) {
        try {
            HSSPublicKeyParameters key = HSSPublicKeyParameters.getInstance(value);
            if (key.getEncoded().length != value.length) {
                throw new IllegalArgumentException("bytes after the end of the key");
            }
            return key;
        } catch (IOException e) {
            throw new IllegalArgumentException("no HSS public key", e);
        }
    }

    private static boolean verify(Signer signer, CipherParameters key, byte[] data, byte[] signature) {
        signer.init(false, key);
        signer.update(data, 0, data.length);
        return signer.verifySignature(signature);
    }

    /** RFC 8554 section 6.1: the levels, then the types of the topmost tree. */
    private static AttributeSet hssNames(ByteBuffer value) {
        return AttributeSet.builder()
                .put(Cka.CKA_HSS_LEVELS, (long) value.getInt())
                .put(Cka.CKA_HSS_LMS_TYPE, (long) value.getInt())
                .put(Cka.CKA_HSS_LMOTS_TYPE, (long) value.getInt())
                .build();
    }

    /** RFC 8391 section 4.1.7. */
    private static AttributeSet xmssNames(ByteBuffer value) {
        return AttributeSet.builder()
                .put(Cka.CKA_PARAMETER_SET, (long) value.getInt())
                .build();
    }
}
