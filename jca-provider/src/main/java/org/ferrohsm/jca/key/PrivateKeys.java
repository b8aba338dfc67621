// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.key;

import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.XECPrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Optional;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Cko;

/** Software private keys as templates, for import. */
final class PrivateKeys {
    private PrivateKeys() {}

    /** The attributes that say which key it is. */
    static Template.Builder template(PrivateKey key) throws InvalidKeyException {
        KeyKind kind = KeyKind.of(key);
        PrivateKey translated = translate(kind, key);
        Template.Builder template =
                Template.builder().put(Cka.CKA_CLASS, Cko.CKO_PRIVATE_KEY).put(Cka.CKA_KEY_TYPE, kind.keyType());
        if (translated instanceof RSAPrivateKey rsa) {
            putRsa(template, rsa);
        } else if (translated instanceof ECPrivateKey ec) {
            NamedCurve curve = NamedCurve.of(ec.getParams())
                    .orElseThrow(() -> new InvalidKeyException("the token does not have the key's curve"));
            template.put(Cka.CKA_EC_PARAMS, curve.ecParams())
                    .put(Cka.CKA_VALUE, PublicKeys.fixed(ec.getS(), curve.width()));
        } else if (OctetCurve.of(translated).isPresent()) {
            template.put(Cka.CKA_EC_PARAMS, OctetCurve.of(translated).get().ecParams())
                    .put(
                            Cka.CKA_VALUE,
                            octets(translated)
                                    .orElseThrow(() -> new InvalidKeyException("a private key without its octets")));
        } else {
            throw new InvalidKeyException("the token has no such key: " + translated.getClass());
        }
        return template;
    }

    private static Optional<byte[]> octets(PrivateKey key) {
        if (key instanceof EdECPrivateKey edwards) {
            return edwards.getBytes();
        }
        return key instanceof XECPrivateKey montgomery ? montgomery.getScalar() : Optional.empty();
    }

    private static void putRsa(Template.Builder template, RSAPrivateKey rsa) {
        template.put(Cka.CKA_MODULUS, PublicKeys.unsigned(rsa.getModulus()))
                .put(Cka.CKA_PRIVATE_EXPONENT, PublicKeys.unsigned(rsa.getPrivateExponent()));
        if (rsa instanceof RSAPrivateCrtKey crt) {
            template.put(Cka.CKA_PUBLIC_EXPONENT, PublicKeys.unsigned(crt.getPublicExponent()))
                    .put(Cka.CKA_PRIME_1, PublicKeys.unsigned(crt.getPrimeP()))
                    .put(Cka.CKA_PRIME_2, PublicKeys.unsigned(crt.getPrimeQ()))
                    .put(Cka.CKA_EXPONENT_1, PublicKeys.unsigned(crt.getPrimeExponentP()))
                    .put(Cka.CKA_EXPONENT_2, PublicKeys.unsigned(crt.getPrimeExponentQ()))
                    .put(Cka.CKA_COEFFICIENT, PublicKeys.unsigned(crt.getCrtCoefficient()));
        }
    }

    private static PrivateKey translate(KeyKind kind, PrivateKey key) throws InvalidKeyException {
        if (key instanceof RSAPrivateKey
                || key instanceof ECPrivateKey
                || OctetCurve.of(key).isPresent()) {
            return key;
        }
        byte[] encoded = key.getEncoded();
        if (encoded == null) {
            throw new InvalidKeyException("the key does not show itself, so that it cannot be imported");
        }
        try {
            return Platform.keyFactory(kind.algorithm()).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (InvalidKeySpecException e) {
            throw new InvalidKeyException("the platform does not take the private key", e);
        }
    }
}
