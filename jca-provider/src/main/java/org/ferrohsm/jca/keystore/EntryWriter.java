// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.keystore;

import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.SecretKey;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.session.Session;
import org.ferrohsm.jca.key.KeyKind;
import org.ferrohsm.jca.key.KeyMaker;
import org.ferrohsm.jca.key.ObjectAttributes;
import org.ferrohsm.jca.key.OpaqueKey;
import org.ferrohsm.jca.spec.FerroKeySpec;
import org.ferrohsm.jca.token.Token;
import org.jspecify.annotations.Nullable;

/** Changes a token's entries: the new objects are there before the old ones go. */
final class EntryWriter {
    private static final byte[] NO_ID = new byte[0];

    private final Token token;
    private final CertificateShelf certificates;

    EntryWriter(Token token) {
        this.token = token;
        this.certificates = new CertificateShelf(token);
    }

    /** Puts a key under an alias: one of the token is renamed, a session key copied, a software key imported. */
    void putKey(String alias, Key key, Certificate @Nullable [] chain, @Nullable Entry before)
            throws KeyStoreException, InvalidKeyException, CertificateEncodingException {
        X509Certificate[] checked = x509(chain);
        String kept = keep(alias, key);
        Session session = token.borrow();
        try {
            Item item = item(session, kept);
            if (checked.length > 0) {
                putChain(session, alias, item, checked);
            }
            if (before != null && before.certificate() != null && checked.length > 0) {
                token.objects().destroy(session, before.certificate().handle());
            }
            if (before != null && before.key() != null && !before.key().equals(item)) {
                destroyKey(session, before.key(), item.id());
            }
        } finally {
            token.giveBack(session);
        }
    }

    /** Puts a certificate for itself under an alias. */
    void putCertificate(String alias, Certificate certificate, @Nullable Entry before)
            throws KeyStoreException, CertificateEncodingException {
        X509Certificate checked = x509(new Certificate[] {certificate})[0];
        Session session = token.borrow();
        try {
            certificates.store(session, checked, NO_ID, alias);
            if (before != null && before.certificate() != null) {
                token.objects().destroy(session, before.certificate().handle());
            }
        } finally {
            token.giveBack(session);
        }
    }

    /** Destroys an entry's key with its public half, and its certificate. */
    void delete(Entry entry) {
        token.call(session -> {
            if (entry.certificate() != null) {
                token.objects().destroy(session, entry.certificate().handle());
            }
            if (entry.key() != null) {
                destroyKey(session, entry.key(), "");
            }
            return true;
        });
    }

    /** CKA_UNIQUE_ID of the key as it stays in the token. */
    private String keep(String alias, Key key) throws InvalidKeyException, KeyStoreException {
        if (key instanceof OpaqueKey opaque) {
            if (opaque.reference().token() != token) {
                throw new KeyStoreException("the key is in another token");
            }
            return token.call(session -> keepOpaque(session, alias, opaque));
        }
        KeyMaker maker = new KeyMaker(token, FerroKeySpec.builder().label(alias).build());
        OpaqueKey imported;
        if (key instanceof PrivateKey software) {
            imported = maker.importPrivate(software);
        } else if (key instanceof SecretKey software) {
            imported = importSecret(maker, software);
        } else {
            throw new KeyStoreException("neither a private nor a secret key");
        }
        return token.call(session -> imported.reference().with(session, handle -> uniqueId(session, handle)));
    }

    private String keepOpaque(Session session, String alias, OpaqueKey key) {
        Template name = Template.builder().put(Cka.CKA_LABEL, alias).build();
        if (key.reference().isLasting()) {
            return key.reference().with(session, handle -> {
                token.objects().change(session, handle, name);
                return uniqueId(session, handle);
            });
        }
        Template lasting = Template.builder()
                .put(Cka.CKA_TOKEN, true)
                .put(Cka.CKA_LABEL, alias)
                .build();
        long copy = key.reference().with(session, handle -> token.objects().copy(session, handle, lasting));
        if (key instanceof PrivateKey) {
            new KeyMaker(token, FerroKeySpec.builder().label(alias).build()).createPublicOf(session, copy);
        }
        return uniqueId(session, copy);
    }

    private static OpaqueKey importSecret(KeyMaker maker, SecretKey key) throws InvalidKeyException {
        byte[] value = key.getEncoded();
        if (value == null) {
            throw new InvalidKeyException("the key does not show itself, so that it cannot be imported");
        }
        try {
            return maker.importSecret(KeyKind.ofSecret(key.getAlgorithm()), value);
        } finally {
            Arrays.fill(value, (byte) 0);
        }
    }

    private String uniqueId(Session session, long handle) {
        return ObjectAttributes.read(token, session, handle, Cka.CKA_UNIQUE_ID).text(Cka.CKA_UNIQUE_ID);
    }

    private Item item(Session session, String uniqueId) throws KeyStoreException {
        long[] found = token.objects()
                .search(
                        session,
                        Template.builder().put(Cka.CKA_UNIQUE_ID, uniqueId).build());
        if (found.length != 1) {
            throw new KeyStoreException("the key has gone while it was being stored");
        }
        ObjectAttributes read =
                ObjectAttributes.read(token, session, found[0], Cka.CKA_CLASS, Cka.CKA_ID, Cka.CKA_LABEL);
        return new Item(
                found[0],
                read.number(Cka.CKA_CLASS),
                HexFormat.of().formatHex(read.bytes(Cka.CKA_ID)),
                read.text(Cka.CKA_LABEL),
                uniqueId);
    }

    /** The first certificate goes with the key; the others are kept once, whoever's chain they are in. */
    private void putChain(Session session, String alias, Item key, X509Certificate[] chain)
            throws KeyStoreException, CertificateEncodingException {
        if (key.id().isEmpty()) {
            throw new KeyStoreException("the key has no CKA_ID to pair it with a certificate");
        }
        certificates.store(session, chain[0], HexFormat.of().parseHex(key.id()), alias);
        for (int i = 1; i < chain.length; i++) {
            if (certificates.find(session, chain[i]).length == 0) {
                certificates.store(session, chain[i], NO_ID, "");
            }
        }
    }

    private void destroyKey(Session session, Item key, String keptId) {
        token.objects().destroy(session, key.handle());
        if (key.objectClass() == Cko.CKO_PRIVATE_KEY
                && !key.id().isEmpty()
                && !key.id().equals(keptId)) {
            Template publicHalf = Template.builder()
                    .put(Cka.CKA_CLASS, Cko.CKO_PUBLIC_KEY)
                    .put(Cka.CKA_TOKEN, true)
                    .put(Cka.CKA_ID, HexFormat.of().parseHex(key.id()))
                    .build();
            for (long handle : token.objects().search(session, publicHalf)) {
                token.objects().destroy(session, handle);
            }
        }
    }

    private static X509Certificate[] x509(Certificate @Nullable [] chain) throws KeyStoreException {
        if (chain == null) {
            return new X509Certificate[0];
        }
        X509Certificate[] checked = new X509Certificate[chain.length];
        for (int i = 0; i < chain.length; i++) {
            if (!(chain[i] instanceof X509Certificate certificate)) {
                throw new KeyStoreException("the token keeps X.509 certificates only");
            }
            checked[i] = certificate;
        }
        return checked;
    }
}
