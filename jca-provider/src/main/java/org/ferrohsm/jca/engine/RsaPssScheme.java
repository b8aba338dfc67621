// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.engine;

import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.SignatureException;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.mechanism.parameter.PssParameters;
import org.ferrohsm.jca.key.KeyKind;
import org.ferrohsm.jca.key.Platform;
import org.jspecify.annotations.Nullable;

/**
 * RSASSA-PSS.
 *
 * @param fixed the hash that the algorithm's name says, or null if the parameters say it and must be set
 */
public record RsaPssScheme(@Nullable HashAlgorithm fixed) implements SignatureScheme {
    @Override
    public KeyKind kind() {
        return KeyKind.RSA;
    }

    @Override
    public @Nullable AlgorithmParameterSpec defaults() {
        return fixed == null
                ? null
                : new PSSParameterSpec(
                        fixed.digestName(), "MGF1", fixed.mgf1(), fixed.length(), PSSParameterSpec.TRAILER_FIELD_BC);
    }

    @Override
    public AlgorithmParameterSpec check(@Nullable AlgorithmParameterSpec given)
            throws InvalidAlgorithmParameterException {
        if (!(given instanceof PSSParameterSpec pss)) {
            throw new InvalidAlgorithmParameterException("RSASSA-PSS takes a PSSParameterSpec");
        }
        Optional<HashAlgorithm> hash = HashAlgorithm.of(pss.getDigestAlgorithm());
        if (hash.isEmpty() || (fixed != null && fixed != hash.get())) {
            throw new InvalidAlgorithmParameterException("no hash of this algorithm: " + pss.getDigestAlgorithm());
        }
        if (!pss.getMGFAlgorithm().equalsIgnoreCase("MGF1")
                || !(pss.getMGFParameters() instanceof MGF1ParameterSpec mgf1)
                || HashAlgorithm.of(mgf1.getDigestAlgorithm()).isEmpty()) {
            throw new InvalidAlgorithmParameterException("the mask generation function must be MGF1 on a known hash");
        }
        if (pss.getTrailerField() != PSSParameterSpec.TRAILER_FIELD_BC) {
            throw new InvalidAlgorithmParameterException("no trailer field but 1");
        }
        return pss;
    }

    @Override
    public MechanismCall call(@Nullable AlgorithmParameterSpec parameters) throws SignatureException {
        if (!(parameters instanceof PSSParameterSpec pss)
                || !(pss.getMGFParameters() instanceof MGF1ParameterSpec mgf1)) {
            throw new SignatureException("RSASSA-PSS needs its parameters set");
        }
        HashAlgorithm hash = known(pss.getDigestAlgorithm());
        return new MechanismCall(
                hash.mechanisms().rsaPss(),
                new PssParameters(
                        hash.mechanisms().digest(),
                        known(mgf1.getDigestAlgorithm()).mgf(),
                        pss.getSaltLength()));
    }

    @Override
    public @Nullable AlgorithmParameters encoded(@Nullable AlgorithmParameterSpec parameters) {
        return parameters == null ? null : Platform.parameters("RSASSA-PSS", parameters);
    }

    private static HashAlgorithm known(String name) throws SignatureException {
        return HashAlgorithm.of(name).orElseThrow(() -> new SignatureException("no such hash: " + name));
    }
}
