// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.keystore;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.KeyStoreSpi;
import java.security.PrivateKey;
import java.security.UnrecoverableEntryException;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.Enumeration;
import java.util.Optional;
import java.util.function.Function;
import javax.crypto.SecretKey;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.login.LoginException;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.session.Session;
import org.ferrohsm.jca.key.KeyReader;
import org.ferrohsm.jca.token.Faults;
import org.ferrohsm.jca.token.PinPrompt;
import org.ferrohsm.jca.token.ProviderConfig;
import org.ferrohsm.jca.token.Token;
import org.ferrohsm.jca.token.TokenSource;
import org.jspecify.annotations.Nullable;

/**
 * A token's keys and certificates. Passwords of entries do not matter: the login is the token's. Changes are made in the
 * token at once, so that {@code store} has nothing to do. Aliases are read anew at {@code load}, when they are listed, and
 * when one is not known; what stands under an alias is read from the token each time.
 */
public final class FerroKeyStore extends KeyStoreSpi {
    private static final int LONGEST_CONFIGURATION = 1 << 16;

    private final TokenSource source;
    private @Nullable Token token;
    private volatile Directory directory = Directory.EMPTY;

    public FerroKeyStore(TokenSource source) {
        this.source = source;
    }

    @Override
    public void engineLoad(@Nullable InputStream stream, char @Nullable [] password) throws IOException {
        load(stream == null ? source.config() : configuration(stream), opened -> {
            if (password == null || password.length == 0) {
                opened.loginAsConfigured();
                CallbackHandler handler = source.callbackHandler();
                if (handler != null) {
                    loginBy(opened, handler);
                }
            } else {
                opened.login(password.clone());
            }
        });
    }

    @Override
    public void engineLoad(KeyStore.@Nullable LoadStoreParameter parameter) throws IOException {
        KeyStore.ProtectionParameter protection = parameter == null ? null : parameter.getProtectionParameter();
        if (protection instanceof KeyStore.CallbackHandlerProtection byHandler) {
            load(source.config(), opened -> loginBy(opened, byHandler.getCallbackHandler()));
        } else if (protection == null) {
            engineLoad(null, null);
        } else if (protection instanceof KeyStore.PasswordProtection byPassword) {
            engineLoad(null, byPassword.getPassword());
        } else {
            throw new IOException("the token is protected by a PIN: a password or a callback handler gives it");
        }
    }

    /** How a load logs in. */
    @FunctionalInterface
    private interface Login {
        void to(Token token);
    }

    private void load(ProviderConfig config, Login login) throws IOException {
        try {
            Token opened = config == source.config() ? source.token() : source.token(config);
            login.to(opened);
            token = opened;
            directory = Directory.read(opened);
        } catch (HsmException e) {
            throw failedLoad(e);
        }
    }

    private static void loginBy(Token token, CallbackHandler handler) {
        if (token.isLoggedIn()) {
            return;
        }
        try {
            token.login(PinPrompt.ask(handler));
        } catch (LoginException e) {
            throw Fault.USER_NOT_LOGGED_IN.because(String.valueOf(e.getMessage()), e);
        }
    }

    /** A PIN that is not right is told as the JCA tells it ({@link KeyStore#load(InputStream, char[])}). */
    private static IOException failedLoad(HsmException failure) {
        Exception mapped = Faults.of(failure);
        mapped.initCause(failure);
        if (mapped instanceof LoginException) {
            UnrecoverableKeyException unrecoverable = new UnrecoverableKeyException(mapped.getMessage());
            unrecoverable.initCause(mapped);
            return new IOException(mapped.getMessage(), unrecoverable);
        }
        return new IOException(mapped.getMessage(), mapped);
    }

    private ProviderConfig configuration(InputStream stream) throws IOException {
        byte[] content = stream.readNBytes(LONGEST_CONFIGURATION);
        try {
            return content.length == 0 ? source.config() : ProviderConfig.ofStream(content, source.config());
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void engineStore(@Nullable OutputStream stream, char @Nullable [] password) {
        // The token has everything already.
    }

    @Override
    public void engineStore(KeyStore.@Nullable LoadStoreParameter parameter) {
        // The token has everything already.
    }

    @Override
    public @Nullable Key engineGetKey(String alias, char @Nullable [] password) throws UnrecoverableKeyException {
        try {
            return fromEntry(alias, Entry::key, KeyReader::find)
                    .flatMap(found -> found)
                    .orElse(null);
        } catch (HsmException e) {
            throw Faults.as(UnrecoverableKeyException.class, UnrecoverableKeyException::new, e);
        }
    }

    @Override
    public Certificate @Nullable [] engineGetCertificateChain(String alias) {
        return Faults.plain(() -> fromEntry(
                        alias,
                        entry -> entry.key() == null ? null : entry.certificate(),
                        (opened, session, handle) -> new CertificateShelf(opened).chain(session, handle)))
                .map(chain -> chain.toArray(new Certificate[0]))
                .orElse(null);
    }

    @Override
    public @Nullable Certificate engineGetCertificate(String alias) {
        return Faults.plain(() -> fromEntry(
                        alias,
                        Entry::certificate,
                        (opened, session, handle) -> new CertificateShelf(opened).read(session, handle)))
                .orElse(null);
    }

    /** The certificate's first day; the token keeps no date for keys. */
    @Override
    public @Nullable Date engineGetCreationDate(String alias) {
        if (!engineContainsAlias(alias)) {
            return null;
        }
        return engineGetCertificate(alias) instanceof X509Certificate certificate
                ? certificate.getNotBefore()
                : Date.from(Instant.EPOCH);
    }

    @Override
    public void engineSetKeyEntry(String alias, Key key, char @Nullable [] password, Certificate @Nullable [] chain)
            throws KeyStoreException {
        change(opened -> new EntryWriter(opened).putKey(alias, key, chain, entry(alias)));
    }

    @Override
    public void engineSetKeyEntry(String alias, byte[] key, Certificate[] chain) throws KeyStoreException {
        throw new KeyStoreException("keys are imported as keys, not as protected bytes");
    }

    @Override
    public void engineSetCertificateEntry(String alias, Certificate certificate) throws KeyStoreException {
        Entry before = entry(alias);
        if (before != null && before.key() != null) {
            throw new KeyStoreException("a key stands under this alias");
        }
        change(opened -> new EntryWriter(opened).putCertificate(alias, certificate, before));
    }

    @Override
    public void engineDeleteEntry(String alias) throws KeyStoreException {
        Entry entry = entry(alias);
        if (entry != null) {
            change(opened -> new EntryWriter(opened).delete(entry));
        }
    }

    @Override
    public Enumeration<String> engineAliases() {
        refresh();
        return Collections.enumeration(directory.aliases());
    }

    @Override
    public boolean engineContainsAlias(String alias) {
        return entry(alias) != null;
    }

    @Override
    public int engineSize() {
        refresh();
        return directory.aliases().size();
    }

    @Override
    public boolean engineIsKeyEntry(String alias) {
        Entry entry = entry(alias);
        return entry != null && entry.key() != null;
    }

    @Override
    public boolean engineIsCertificateEntry(String alias) {
        Entry entry = entry(alias);
        return entry != null && entry.key() == null;
    }

    @Override
    public @Nullable String engineGetCertificateAlias(Certificate certificate) {
        Token opened = loaded();
        refresh();
        return Faults.plain(() -> opened.call(session -> aliasOf(new CertificateShelf(opened), session, certificate)))
                .orElse(null);
    }

    private Optional<String> aliasOf(CertificateShelf shelf, Session session, Certificate certificate) {
        try {
            for (long handle : shelf.find(session, certificate)) {
                Optional<String> alias = directory.aliasOfCertificate(handle);
                if (alias.isPresent()) {
                    return alias;
                }
            }
            return Optional.empty();
        } catch (CertificateEncodingException e) {
            return Optional.empty();
        }
    }

    /** A key without a certificate has no entry of its own to give: the JCA's needs a chain. */
    @Override
    public KeyStore.@Nullable Entry engineGetEntry(String alias, KeyStore.@Nullable ProtectionParameter protection)
            throws UnrecoverableEntryException {
        Key key = engineGetKey(alias, null);
        if (key instanceof PrivateKey privateKey) {
            Certificate[] chain = engineGetCertificateChain(alias);
            if (chain == null) {
                throw new UnrecoverableEntryException("the private key has no certificate: use getKey");
            }
            return new KeyStore.PrivateKeyEntry(privateKey, chain);
        }
        if (key instanceof SecretKey secretKey) {
            return new KeyStore.SecretKeyEntry(secretKey);
        }
        Certificate certificate = engineGetCertificate(alias);
        return certificate == null ? null : new KeyStore.TrustedCertificateEntry(certificate);
    }

    @Override
    public boolean engineEntryInstanceOf(String alias, Class<? extends KeyStore.Entry> kind) {
        Entry entry = entry(alias);
        if (entry == null) {
            return false;
        }
        if (entry.key() == null) {
            return kind == KeyStore.TrustedCertificateEntry.class;
        }
        return kind
                == (entry.key().objectClass() == Cko.CKO_PRIVATE_KEY
                        ? KeyStore.PrivateKeyEntry.class
                        : KeyStore.SecretKeyEntry.class);
    }

    /** A change of the token's entries. */
    @FunctionalInterface
    private interface Change {
        void in(Token token) throws KeyStoreException, InvalidKeyException, CertificateEncodingException;
    }

    private void change(Change change) throws KeyStoreException {
        try {
            change.in(loaded());
        } catch (HsmException e) {
            throw Faults.as(KeyStoreException.class, KeyStoreException::new, e);
        } catch (InvalidKeyException | CertificateEncodingException e) {
            throw new KeyStoreException(e.getMessage(), e);
        } finally {
            refresh();
        }
    }

    /** What is read from an object of the token. */
    @FunctionalInterface
    private interface Reading<T> {
        T from(Token token, Session session, long handle);
    }

    /** Reads from one object of an entry, once more if it has moved in the token since the directory was read. */
    private <T> Optional<T> fromEntry(String alias, Function<Entry, @Nullable Item> part, Reading<T> reading) {
        try {
            return from(entry(alias), part, reading);
        } catch (HsmException e) {
            if (e.fault() != Fault.OBJECT_HANDLE_INVALID && e.fault() != Fault.KEY_HANDLE_INVALID) {
                throw e;
            }
            refresh();
            return from(directory.get(alias), part, reading);
        }
    }

    private <T> Optional<T> from(@Nullable Entry entry, Function<Entry, @Nullable Item> part, Reading<T> reading) {
        Item item = entry == null ? null : part.apply(entry);
        if (item == null) {
            return Optional.empty();
        }
        Token opened = loaded();
        return Optional.of(opened.call(session -> reading.from(opened, session, item.handle())));
    }

    private @Nullable Entry entry(String alias) {
        Entry known = directory.get(alias);
        if (known == null) {
            refresh();
            known = directory.get(alias);
        }
        return known;
    }

    private void refresh() {
        directory = Faults.plain(() -> Directory.read(loaded()));
    }

    private Token loaded() {
        if (token == null) {
            throw new IllegalStateException("the key store has not been loaded");
        }
        return token;
    }
}
