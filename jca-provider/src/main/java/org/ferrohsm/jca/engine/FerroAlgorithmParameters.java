// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.engine;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.AlgorithmParametersSpi;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.InvalidParameterSpecException;
import org.ferrohsm.jca.key.Platform;
import org.jspecify.annotations.Nullable;

/**
 * Parameters, which are public, in the platform's encoding. They are here for callers that take everything from the one
 * provider they were told to use.
 */
public final class FerroAlgorithmParameters extends AlgorithmParametersSpi {
    private final AlgorithmParameters platform;

    /** Parameters of one of the platform's algorithms. */
    public FerroAlgorithmParameters(String algorithm) {
        this.platform = Platform.parameters(algorithm);
    }

    @Override
    protected void engineInit(AlgorithmParameterSpec spec) throws InvalidParameterSpecException {
        platform.init(spec);
    }

    @Override
    protected void engineInit(byte[] encoded) throws IOException {
        platform.init(encoded);
    }

    @Override
    protected void engineInit(byte[] encoded, @Nullable String format) throws IOException {
        platform.init(encoded, format);
    }

    @Override
    protected <T extends AlgorithmParameterSpec> T engineGetParameterSpec(Class<T> kind)
            throws InvalidParameterSpecException {
        return platform.getParameterSpec(kind);
    }

    @Override
    protected byte[] engineGetEncoded() throws IOException {
        return platform.getEncoded();
    }

    @Override
    protected byte[] engineGetEncoded(@Nullable String format) throws IOException {
        return platform.getEncoded(format);
    }

    @Override
    protected String engineToString() {
        return platform.toString();
    }
}
