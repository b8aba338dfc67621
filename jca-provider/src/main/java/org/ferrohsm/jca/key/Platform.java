// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.key;

import java.security.AlgorithmParameters;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.InvalidParameterSpecException;

/**
 * The platform's own services for public things. Whoever asks the JCA by name alone may be answered by this provider, when
 * it stands first, and ask itself without end.
 */
public final class Platform {
    private Platform() {}

    /** A factory of software keys. */
    public static KeyFactory keyFactory(String algorithm) {
        try {
            return KeyFactory.getInstance(algorithm, other("KeyFactory", algorithm));
        } catch (NoSuchAlgorithmException e) {
            throw new ProviderException(e);
        }
    }

    /** The encoded form of a specification of parameters. */
    public static AlgorithmParameters parameters(String algorithm, AlgorithmParameterSpec spec) {
        try {
            AlgorithmParameters parameters = parameters(algorithm);
            parameters.init(spec);
            return parameters;
        } catch (InvalidParameterSpecException e) {
            throw new ProviderException("the platform does not take parameters of " + algorithm, e);
        }
    }

    /** Parameters to be filled. */
    public static AlgorithmParameters parameters(String algorithm) {
        try {
            return AlgorithmParameters.getInstance(algorithm, other("AlgorithmParameters", algorithm));
        } catch (NoSuchAlgorithmException e) {
            throw new ProviderException(e);
        }
    }

    /** The parser of X.509 certificates. */
    public static CertificateFactory certificates() {
        try {
            return CertificateFactory.getInstance("X.509");
        } catch (CertificateException e) {
            throw new ProviderException(e);
        }
    }

    private static Provider other(String type, String algorithm) {
        for (Provider provider : Security.getProviders()) {
            if (provider.getService(type, algorithm) != null && !isOurs(provider)) {
                return provider;
            }
        }
        throw new ProviderException("the platform has no " + type + " for " + algorithm);
    }

    private static boolean isOurs(Provider provider) {
        return provider.getClass().getName().startsWith("org.ferrohsm.");
    }
}
