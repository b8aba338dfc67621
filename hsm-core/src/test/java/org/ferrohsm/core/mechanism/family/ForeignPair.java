// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.util.BigIntegers;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.mechanism.NewKeyPair;
import org.ferrohsm.core.mechanism.parameter.NoParameters;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/**
 * A key pair of ours, and its forms for others in hexadecimal.
 *
 * @param publicInfo SubjectPublicKeyInfo
 * @param privateInfo PKCS#8
 */
record ForeignPair(HsmObject pub, HsmObject priv, String publicInfo, String privateInfo) {
    private static final HexFormat HEX = HexFormat.of();

    static ForeignPair make(long mechanism, long keyType, Template template) {
        NewKeyPair made = Objects.requireNonNull(Rows.TABLE.require(mechanism).keyPairMaker())
                .make(template, Template.EMPTY, NoParameters.INSTANCE);
        HsmObject pub = TestKeys.object(Cko.CKO_PUBLIC_KEY, keyType, made.publicKey());
        HsmObject priv = TestKeys.object(Cko.CKO_PRIVATE_KEY, keyType, made.privateKey());
        try (SecretBytes serialised = Rows.TABLE.codec(keyType).serialise(priv)) {
            return new ForeignPair(
                    pub,
                    priv,
                    HEX.formatHex(Rows.TABLE.codec(keyType).publicKeyInfo(pub.attributes())),
                    serialised.use(HEX::formatHex));
        }
    }

    /** A pair for each case of a file of vectors that succeeds. */
    static List<ForeignPair> ofVectors(String path) {
        VectorFile file = VectorFile.read(path);
        return file.cases().stream()
                .filter(one -> !one.isNegative())
                .map(one -> new VectorFields(one.fields()))
                .map(f -> make(VectorNumbers.of(file.mechanism()), f.number("type"), f.template()))
                .toList();
    }

    /** A signature of two numbers of one length as the sequence of two numbers that OpenSSL takes. */
    static byte[] sequence(byte[] signature) {
        int half = signature.length / 2;
        ASN1EncodableVector numbers = new ASN1EncodableVector();
        numbers.add(new ASN1Integer(new BigInteger(1, signature, 0, half)));
        numbers.add(new ASN1Integer(new BigInteger(1, signature, half, half)));
        try {
            return new DERSequence(numbers).getEncoded();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The reverse, for numbers of {@code half} bytes. */
    static byte[] numbers(byte[] sequence, int half) {
        ASN1Sequence parsed = ASN1Sequence.getInstance(sequence);
        byte[] numbers = new byte[2 * half];
        for (int i = 0; i < 2; i++) {
            BigInteger number = ASN1Integer.getInstance(parsed.getObjectAt(i)).getPositiveValue();
            System.arraycopy(BigIntegers.asUnsignedByteArray(half, number), 0, numbers, i * half, half);
        }
        return numbers;
    }
}
