// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.engine;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import org.ferrohsm.core.fault.Fault;
import org.jspecify.annotations.Nullable;

/**
 * The one place that knows which JCA provider does the arithmetic. For each algorithm the sources are asked in the order
 * of {@link EnginePreference}; the answer is kept. Providers are handed to the JCA as instances and loaded when the first
 * algorithm needs them: the host's own list of providers is never changed.
 *
 * <p>Every method throws {@link org.ferrohsm.core.fault.HsmException} with MECHANISM_INVALID if no source has the
 * algorithm.
 */
public final class Engines {
    private final Map<EngineSource, LazyProvider> sources = new EnumMap<>(EngineSource.class);
    private final Service<Signature> signatures = new Service<>("Signature", Signature::getInstance);
    private final Service<Cipher> ciphers = new Service<>("Cipher", Cipher::getInstance);
    private final Service<Mac> macs = new Service<>("Mac", Mac::getInstance);
    private final Service<MessageDigest> digests = new Service<>("MessageDigest", MessageDigest::getInstance);
    private final Service<KeyFactory> keyFactories = new Service<>("KeyFactory", KeyFactory::getInstance);
    private final Service<KeyAgreement> agreements = new Service<>("KeyAgreement", KeyAgreement::getInstance);
    private final Service<KeyPairGenerator> generators =
            new Service<>("KeyPairGenerator", KeyPairGenerator::getInstance);
    private final RandomSource random = new RandomSource(this::loaded, this::get);

    /** All sources. */
    public Engines() {
        this(EnumSet.allOf(EngineSource.class));
    }

    /** These sources only. */
    public Engines(Collection<EngineSource> allowed) {
        this(allowed, Providers::load);
    }

    /** These sources only, had through {@code loader}. */
    Engines(Collection<EngineSource> allowed, Providers.Loader loader) {
        for (EngineSource source : allowed) {
            sources.put(source, new LazyProvider(source, () -> loader.load(source)));
        }
    }

    public Signature signature(String algorithm) {
        return signatures.open(algorithm);
    }

    public Cipher cipher(String transformation) {
        return ciphers.open(transformation);
    }

    public Mac mac(String algorithm) {
        return macs.open(algorithm);
    }

    public MessageDigest digest(String algorithm) {
        return digests.open(algorithm);
    }

    public KeyFactory keyFactory(String algorithm) {
        return keyFactories.open(algorithm);
    }

    public KeyAgreement keyAgreement(String algorithm) {
        return agreements.open(algorithm);
    }

    public KeyPairGenerator keyPairGenerator(String algorithm) {
        return generators.open(algorithm);
    }

    /** Random numbers for keys and callers: thread-safe, never blocking. */
    public SecureRandom random() {
        return random.get();
    }

    /** How every source fares, in the order of their declaration. Loads those that nothing has needed yet. */
    public List<EngineStatus> status() {
        List<EngineStatus> all = new ArrayList<>();
        sources.values().forEach(source -> all.add(source.status()));
        return all;
    }

    /** Whether {@code source} has been loaded by now. */
    boolean loaded(EngineSource source) {
        LazyProvider provider = sources.get(source);
        return provider != null && provider.isLoaded();
    }

    private @Nullable Provider get(EngineSource source) {
        LazyProvider provider = sources.get(source);
        return provider == null ? null : provider.get();
    }

    /** {@code getInstance} of a JCA class. */
    @FunctionalInterface
    private interface Opener<T> {
        T open(String algorithm, Provider provider) throws GeneralSecurityException;
    }

    /** One kind of JCA service with the provider that was chosen for each of its algorithms. */
    private final class Service<T> {
        private final String type;
        private final Opener<T> opener;
        private final Map<String, Provider> chosen = new ConcurrentHashMap<>();

        Service(String type, Opener<T> opener) {
            this.type = type;
            this.opener = opener;
        }

        T open(String algorithm) {
            Provider provider = chosen.get(algorithm);
            if (provider == null) {
                return choose(algorithm);
            }
            try {
                return opener.open(algorithm, provider);
            } catch (GeneralSecurityException e) {
                throw Fault.FUNCTION_FAILED.because(provider.getName() + " no longer has " + type + " " + algorithm, e);
            }
        }

        private T choose(String algorithm) {
            for (EngineSource source : EnginePreference.order(type, algorithm)) {
                Provider provider = get(source);
                T opened = provider == null ? null : openIfKnown(algorithm, provider);
                if (opened != null) {
                    return opened;
                }
            }
            throw Fault.MECHANISM_INVALID.because("no engine has " + type + " " + algorithm);
        }

        /** A JDK that wants providers of ciphers to be signed throws SecurityException for one that is not. */
        private @Nullable T openIfKnown(String algorithm, Provider provider) {
            try {
                T opened = opener.open(algorithm, provider);
                chosen.put(algorithm, provider);
                return opened;
            } catch (NoSuchAlgorithmException | SecurityException e) {
                return null;
            } catch (GeneralSecurityException e) {
                throw Fault.FUNCTION_FAILED.because(provider.getName() + " fails at " + algorithm, e);
            }
        }
    }
}
