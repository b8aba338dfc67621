// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.engine;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.KeyAgreementSpi;
import javax.crypto.SecretKey;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckd;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.mechanism.parameter.EcdhParameters;
import org.ferrohsm.core.session.Session;
import org.ferrohsm.jca.key.EcOpaqueKey;
import org.ferrohsm.jca.key.KeyKind;
import org.ferrohsm.jca.key.KeyMaker;
import org.ferrohsm.jca.key.KeyReader;
import org.ferrohsm.jca.key.ObjectAttributes;
import org.ferrohsm.jca.key.ObjectReference;
import org.ferrohsm.jca.key.OctetCurve;
import org.ferrohsm.jca.key.OpaquePrivateKey;
import org.ferrohsm.jca.key.PublicKeys;
import org.ferrohsm.jca.spec.KeyUsage;
import org.ferrohsm.jca.token.Faults;
import org.ferrohsm.jca.token.Token;
import org.jspecify.annotations.Nullable;

/** ECDH on all the token's curves, by private keys of the token. */
public final class FerroKeyAgreement extends KeyAgreementSpi {
    private static final byte[] NO_SHARED_DATA = new byte[0];

    /** In bytes; of a longer secret it takes the last ones (PKCS#11 3.2 section 6.3, CKM_ECDH1_DERIVE). */
    private static final int AES_KEY = 32;

    /** TLS goes on with the secret in software: it needs the bytes. */
    private static final String TLS_SECRET = "TlsPremasterSecret";

    private final KeyKind kind;
    private final @Nullable OctetCurve fixed;
    private @Nullable OpaquePrivateKey key;
    private byte @Nullable [] theirPoint;

    private FerroKeyAgreement(KeyKind kind, @Nullable OctetCurve fixed) {
        this.kind = kind;
        this.fixed = fixed;
    }

    /** On curves over prime fields. */
    public static FerroKeyAgreement ecdh() {
        return new FerroKeyAgreement(KeyKind.EC, null);
    }

    /** On the curves of RFC 7748; {@code fixed} is the one that the algorithm's name says, or null. */
    public static FerroKeyAgreement xdh(@Nullable OctetCurve fixed) {
        return new FerroKeyAgreement(KeyKind.MONTGOMERY, fixed);
    }

    @Override
    protected void engineInit(Key given, SecureRandom random) throws InvalidKeyException {
        if (!(given instanceof OpaquePrivateKey mine) || mine.keyType() != kind.keyType()) {
            throw new InvalidKeyException(
                    "no " + kind.algorithm() + " key of FerroHSM; import it, or leave it to another provider");
        }
        if (fixed != null && OctetCurve.of(mine).filter(fixed::equals).isEmpty()) {
            throw new InvalidKeyException("a key on another curve than " + fixed);
        }
        mine.require(KeyUsage.DERIVE);
        key = mine;
        theirPoint = null;
    }

    @Override
    protected void engineInit(Key given, @Nullable AlgorithmParameterSpec parameters, SecureRandom random)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        if (parameters != null) {
            throw new InvalidAlgorithmParameterException("ECDH has no parameters");
        }
        engineInit(given, random);
    }

    @Override
    protected @Nullable Key engineDoPhase(Key given, boolean lastPhase) throws InvalidKeyException {
        OpaquePrivateKey mine = initialised();
        if (!lastPhase) {
            throw new IllegalStateException("ECDH has one phase");
        }
        if (!(given instanceof PublicKey theirs)) {
            throw new InvalidKeyException("the other party's key must be a public key");
        }
        theirPoint = PublicKeys.pointOnTheCurveOf(mine, theirs);
        return null;
    }

    /** The shared secret in clear, as the method promises: it leaves the token. */
    @Override
    protected byte[] engineGenerateSecret() {
        OpaquePrivateKey mine = initialised();
        Token token = mine.reference().token();
        MechanismCall call = call();
        byte[] secret = Faults.plain(() -> token.call(session -> {
            Template template = Template.builder()
                    .put(Cka.CKA_CLASS, Cko.CKO_SECRET_KEY)
                    .put(Cka.CKA_KEY_TYPE, KeyKind.GENERIC.keyType())
                    .put(Cka.CKA_TOKEN, false)
                    .put(Cka.CKA_SENSITIVE, false)
                    .put(Cka.CKA_EXTRACTABLE, true)
                    .build();
            long derived = derive(mine.reference(), session, call, template);
            byte[] value = ObjectAttributes.read(token, session, derived, Cka.CKA_VALUE)
                    .bytes(Cka.CKA_VALUE);
            token.objects().destroy(session, derived);
            return value;
        }));
        theirPoint = null;
        return secret;
    }

    @Override
    protected int engineGenerateSecret(byte[] output, int offset) throws ShortBufferException {
        int length = width(initialised());
        if (output.length - offset < length) {
            throw new ShortBufferException("the secret has " + length + " bytes");
        }
        byte[] secret = engineGenerateSecret();
        System.arraycopy(secret, 0, output, offset, secret.length);
        Arrays.fill(secret, (byte) 0);
        return secret.length;
    }

    /** The shared secret as an opaque session key of {@code algorithm}. */
    @Override
    protected SecretKey engineGenerateSecret(String algorithm) throws NoSuchAlgorithmException, InvalidKeyException {
        if (algorithm.equals(TLS_SECRET)) {
            byte[] secret = engineGenerateSecret();
            SecretKey premaster = new SecretKeySpec(secret, algorithm);
            Arrays.fill(secret, (byte) 0);
            return premaster;
        }
        OpaquePrivateKey mine = initialised();
        Token token = mine.reference().token();
        KeyKind secretKind = KeyKind.ofSecret(algorithm);
        MechanismCall call = call();
        try {
            SecretKey derived = token.call(session -> {
                Template.Builder size = Template.builder();
                if (secretKind == KeyKind.AES) {
                    size.put(Cka.CKA_VALUE_LEN, AES_KEY);
                }
                Template template = new KeyMaker(token, KeyMaker.sessionKey())
                        .received(session, Cko.CKO_SECRET_KEY, secretKind, size);
                return (SecretKey) KeyReader.read(token, session, derive(mine.reference(), session, call, template));
            });
            theirPoint = null;
            return derived;
        } catch (HsmException e) {
            throw Faults.as(InvalidKeyException.class, InvalidKeyException::new, e);
        }
    }

    private static int width(OpaquePrivateKey mine) {
        return mine instanceof EcOpaqueKey ec
                ? ec.curve().width()
                : OctetCurve.of(mine).map(OctetCurve::width).orElseThrow();
    }

    private MechanismCall call() {
        byte[] point = theirPoint;
        if (point == null) {
            throw new IllegalStateException("the other party's key has not been given yet");
        }
        return new MechanismCall(Ckm.CKM_ECDH1_DERIVE, new EcdhParameters(Ckd.CKD_NULL, NO_SHARED_DATA, point));
    }

    private static long derive(ObjectReference base, Session session, MechanismCall call, Template template) {
        return base.with(session, handle -> base.token().keys().derive(session, call, handle, template));
    }

    private OpaquePrivateKey initialised() {
        if (key == null) {
            throw new IllegalStateException("the agreement has no key yet");
        }
        return key;
    }
}
