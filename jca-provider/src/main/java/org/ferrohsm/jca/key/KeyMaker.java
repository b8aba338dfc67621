// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.key;

import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Set;
import javax.crypto.SecretKey;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.service.KeyPairHandles;
import org.ferrohsm.core.session.Session;
import org.ferrohsm.jca.spec.FerroKeySpec;
import org.ferrohsm.jca.spec.KeyUsage;
import org.ferrohsm.jca.token.Faults;
import org.ferrohsm.jca.token.Token;

/**
 * Generates and imports keys. They are private and sensitive; the rest is as a {@link FerroKeySpec} says. Failures are
 * those of the core, but for InvalidKeyException where a software key is of no kind that the token has.
 */
public final class KeyMaker {
    private static final int ID_LENGTH = 16;

    private final Token token;
    private final FerroKeySpec spec;

    public KeyMaker(Token token, FerroKeySpec spec) {
        this.token = token;
        this.spec = spec;
    }

    /** A key that ends with the session, for callers that ask for nothing else. */
    public static FerroKeySpec sessionKey() {
        return FerroKeySpec.builder().session().build();
    }

    /** Generates a pair; the public half comes as the platform's key. {@code size} says how large: its attributes. */
    public KeyPair generatePair(KeyKind kind, MechanismCall mechanism, Template.Builder size) {
        return token.call(session -> {
            byte[] id = id(session);
            Template publicTemplate = publicTemplate(size, kind, id);
            Template privateTemplate = protectedTemplate(Template.builder(), kind, id, Usages.OF_PRIVATE_KEYS);
            KeyPairHandles made = token.keys().generatePair(session, mechanism, publicTemplate, privateTemplate);
            PublicKey publicKey = KeyReader.publicKey(token, session, made.privateKey());
            if (!spec.isTokenKey()) {
                token.objects().destroy(session, made.publicKey());
            }
            return new KeyPair(publicKey, (PrivateKey) KeyReader.read(token, session, made.privateKey()));
        });
    }

    /** Generates a secret key of {@code bytes} bytes. */
    public OpaqueSecretKey generateSecret(KeyKind kind, MechanismCall mechanism, int bytes) {
        return token.call(session -> {
            Template.Builder size = Template.builder().put(Cka.CKA_VALUE_LEN, bytes);
            Template template = protectedTemplate(size, kind, id(session), Usages.OF_SECRET_KEYS);
            long handle = token.keys().generate(session, mechanism, template);
            return (OpaqueSecretKey) KeyReader.read(token, session, handle);
        });
    }

    /** Imports a private key, and its public key beside it if it is to stay. */
    public OpaquePrivateKey importPrivate(PrivateKey key) throws InvalidKeyException {
        KeyKind kind = KeyKind.of(key);
        Template.Builder parts = PrivateKeys.template(key);
        return Faults.keyed(() -> token.call(session -> {
            byte[] id = id(session);
            Template template = protectedTemplate(parts, kind, id, Usages.OF_PRIVATE_KEYS);
            long handle = token.objects().create(session, template);
            if (spec.isTokenKey()) {
                createPublic(session, KeyReader.publicKey(token, session, handle), kind, id);
            }
            return (OpaquePrivateKey) KeyReader.read(token, session, handle);
        }));
    }

    /** Imports a secret key of this value. */
    public OpaqueSecretKey importSecret(KeyKind kind, byte[] value) throws InvalidKeyException {
        return Faults.keyed(() -> token.call(session -> {
            Template.Builder parts = Template.builder()
                    .put(Cka.CKA_CLASS, Cko.CKO_SECRET_KEY)
                    .put(Cka.CKA_KEY_TYPE, kind.keyType())
                    .put(Cka.CKA_VALUE, value);
            Template template = protectedTemplate(parts, kind, id(session), Usages.OF_SECRET_KEYS);
            return (OpaqueSecretKey)
                    KeyReader.read(token, session, token.objects().create(session, template));
        }));
    }

    /** Imports a private or a secret key that shows itself. */
    public OpaqueKey importKey(Key key) throws InvalidKeyException {
        if (key instanceof PrivateKey privateKey) {
            return importPrivate(privateKey);
        }
        byte[] value = key instanceof SecretKey ? key.getEncoded() : null;
        if (value == null) {
            throw new InvalidKeyException("the key does not show itself, so that it cannot be imported");
        }
        try {
            return importSecret(KeyKind.ofSecret(key.getAlgorithm()), value);
        } finally {
            Arrays.fill(value, (byte) 0);
        }
    }

    /** The template of a private or secret key that is unwrapped or derived. */
    public Template received(Session session, long objectClass, KeyKind kind, Template.Builder more) {
        more.put(Cka.CKA_CLASS, objectClass).put(Cka.CKA_KEY_TYPE, kind.keyType());
        return protectedTemplate(
                more,
                kind,
                id(session),
                objectClass == Cko.CKO_SECRET_KEY ? Usages.OF_SECRET_KEYS : Usages.OF_PRIVATE_KEYS);
    }

    /** Makes the public key object beside a private key that has come to stay. */
    public void createPublicOf(Session session, long privateKey) {
        ObjectAttributes read = ObjectAttributes.read(token, session, privateKey, Cka.CKA_KEY_TYPE, Cka.CKA_ID);
        KeyKind kind = KeyKind.ofType(read.number(Cka.CKA_KEY_TYPE))
                .orElseThrow(() -> Fault.KEY_TYPE_INCONSISTENT.because("no key of the provider's kinds"));
        createPublic(session, KeyReader.publicKey(token, session, privateKey), kind, read.bytes(Cka.CKA_ID));
    }

    private void createPublic(Session session, PublicKey key, KeyKind kind, byte[] id) {
        try {
            token.objects().create(session, publicTemplate(PublicKeys.template(key), kind, id));
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("the token's own public key is of no kind that it has", e);
        }
    }

    private Template publicTemplate(Template.Builder template, KeyKind kind, byte[] id) {
        template.put(Cka.CKA_TOKEN, spec.isTokenKey()).put(Cka.CKA_PRIVATE, false);
        putName(template, id);
        Usages.put(template, Usages.OF_PUBLIC_KEYS, usages(kind));
        return template.build();
    }

    private Template protectedTemplate(Template.Builder template, KeyKind kind, byte[] id, Set<KeyUsage> possible) {
        template.put(Cka.CKA_TOKEN, spec.isTokenKey())
                .put(Cka.CKA_PRIVATE, true)
                .put(Cka.CKA_SENSITIVE, true)
                .put(Cka.CKA_EXTRACTABLE, spec.isExtractable());
        putName(template, id);
        Usages.put(template, possible, usages(kind));
        return template.build();
    }

    private Set<KeyUsage> usages(KeyKind kind) {
        return spec.usages().orElseGet(kind::usages);
    }

    private void putName(Template.Builder template, byte[] id) {
        template.put(Cka.CKA_ID, id);
        spec.label().ifPresent(label -> template.put(Cka.CKA_LABEL, label));
    }

    private byte[] id(Session session) {
        return spec.id().orElseGet(() -> token.crypto().random(session, ID_LENGTH));
    }
}
