// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.key;

import java.math.BigInteger;
import java.security.PublicKey;
import java.util.Optional;
import java.util.stream.LongStream;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.session.Session;
import org.ferrohsm.jca.token.Token;

/** Makes opaque keys of a token's objects, whoever made those. */
public final class KeyReader {
    private static final long[] ATTRIBUTES = LongStream.concat(
                    LongStream.of(Usages.attributes()),
                    LongStream.of(
                            Cka.CKA_CLASS,
                            Cka.CKA_KEY_TYPE,
                            Cka.CKA_TOKEN,
                            Cka.CKA_UNIQUE_ID,
                            Cka.CKA_MODULUS,
                            Cka.CKA_EC_PARAMS))
            .toArray();

    private KeyReader() {}

    /**
     * The private or secret key behind a handle; empty if it is of a kind that the provider does not know.
     *
     * @throws org.ferrohsm.core.fault.HsmException OBJECT_HANDLE_INVALID
     */
    public static Optional<OpaqueKey> find(Token token, Session session, long handle) {
        ObjectAttributes attributes = ObjectAttributes.read(token, session, handle, ATTRIBUTES);
        return KeyKind.ofType(attributes.number(Cka.CKA_KEY_TYPE))
                .flatMap(kind -> key(kind, facts(token, handle, attributes), attributes));
    }

    /** The key behind the handle of an object that the provider has made. */
    public static OpaqueKey read(Token token, Session session, long handle) {
        return find(token, session, handle)
                .orElseThrow(() -> Fault.KEY_TYPE_INCONSISTENT.because("no key of the provider's kinds"));
    }

    /** The public key that belongs to a private key's object, as the platform's engines take it. */
    public static PublicKey publicKey(Token token, Session session, long handle) {
        ObjectAttributes attributes =
                ObjectAttributes.read(token, session, handle, Cka.CKA_KEY_TYPE, Cka.CKA_PUBLIC_KEY_INFO);
        KeyKind kind = KeyKind.ofType(attributes.number(Cka.CKA_KEY_TYPE))
                .orElseThrow(() -> Fault.KEY_TYPE_INCONSISTENT.because("no public key of the provider's kinds"));
        return PublicKeys.ofInfo(kind, attributes.bytes(Cka.CKA_PUBLIC_KEY_INFO));
    }

    private static KeyFacts facts(Token token, long handle, ObjectAttributes attributes) {
        ObjectReference reference = attributes.flag(Cka.CKA_TOKEN)
                ? ObjectReference.lasting(token, handle, attributes.text(Cka.CKA_UNIQUE_ID))
                : ObjectReference.ofSession(token, handle);
        return new KeyFacts(reference, attributes.number(Cka.CKA_KEY_TYPE), Usages.from(attributes::flag));
    }

    private static Optional<OpaqueKey> key(KeyKind kind, KeyFacts facts, ObjectAttributes attributes) {
        if (attributes.number(Cka.CKA_CLASS) == Cko.CKO_SECRET_KEY) {
            return Optional.of(new OpaqueSecretKey(facts, kind.algorithm()));
        }
        return switch (kind) {
            case RSA -> Optional.of(new RsaOpaqueKey(facts, new BigInteger(1, attributes.bytes(Cka.CKA_MODULUS))));
            case EC ->
                NamedCurve.ofEcParams(attributes.bytes(Cka.CKA_EC_PARAMS)).map(curve -> new EcOpaqueKey(facts, curve));
            case EDWARDS ->
                OctetCurve.ofEcParams(attributes.bytes(Cka.CKA_EC_PARAMS))
                        .map(curve -> new EdwardsOpaqueKey(facts, curve));
            case MONTGOMERY ->
                OctetCurve.ofEcParams(attributes.bytes(Cka.CKA_EC_PARAMS))
                        .map(curve -> new MontgomeryOpaqueKey(facts, curve));
            default -> Optional.empty();
        };
    }
}
