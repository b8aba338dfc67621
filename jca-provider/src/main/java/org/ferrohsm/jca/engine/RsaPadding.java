// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.engine;

import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Ckz;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.mechanism.parameter.OaepParameters;
import org.ferrohsm.jca.key.Platform;
import org.jspecify.annotations.Nullable;

/**
 * The padding of an RSA encryption.
 *
 * @param oaep OAEP's parameters unless others are given; null for PKCS#1 v1.5
 */
public record RsaPadding(@Nullable OAEPParameterSpec oaep) {
    /** PKCS#1 v1.5. */
    public static RsaPadding pkcs1() {
        return new RsaPadding(null);
    }

    /** OAEP on this hash. As in the platform's provider, MGF1 is on SHA-1 unless parameters say another. */
    public static RsaPadding oaep(HashAlgorithm hash) {
        return new RsaPadding(
                new OAEPParameterSpec(hash.digestName(), "MGF1", MGF1ParameterSpec.SHA1, PSource.PSpecified.DEFAULT));
    }

    /** The padding with a caller's parameters. */
    RsaPadding with(@Nullable AlgorithmParameterSpec given) throws InvalidAlgorithmParameterException {
        if (given == null) {
            return this;
        }
        if (oaep == null || !(given instanceof OAEPParameterSpec spec)) {
            throw new InvalidAlgorithmParameterException("parameters that the padding does not have");
        }
        if (HashAlgorithm.of(spec.getDigestAlgorithm()).isEmpty()
                || !spec.getMGFAlgorithm().equalsIgnoreCase("MGF1")
                || !(spec.getMGFParameters() instanceof MGF1ParameterSpec mgf1)
                || HashAlgorithm.of(mgf1.getDigestAlgorithm()).isEmpty()
                || !(spec.getPSource() instanceof PSource.PSpecified)) {
            throw new InvalidAlgorithmParameterException("OAEP needs known hashes, MGF1 and a specified label");
        }
        return new RsaPadding(spec);
    }

    MechanismCall call() {
        if (oaep == null) {
            return MechanismCall.of(Ckm.CKM_RSA_PKCS);
        }
        byte[] label = ((PSource.PSpecified) oaep.getPSource()).getValue();
        String maskHash = ((MGF1ParameterSpec) oaep.getMGFParameters()).getDigestAlgorithm();
        return new MechanismCall(
                Ckm.CKM_RSA_PKCS_OAEP,
                new OaepParameters(
                        known(oaep.getDigestAlgorithm()).mechanisms().digest(),
                        known(maskHash).mgf(),
                        Ckz.CKZ_DATA_SPECIFIED,
                        label));
    }

    @Nullable
    AlgorithmParameters encoded() {
        return oaep == null ? null : Platform.parameters("OAEP", oaep);
    }

    private static HashAlgorithm known(String name) {
        return HashAlgorithm.of(name).orElseThrow(() -> new IllegalStateException("checked before: " + name));
    }
}
