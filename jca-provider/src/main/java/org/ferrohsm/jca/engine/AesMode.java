// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.engine;

import java.security.InvalidAlgorithmParameterException;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.mechanism.parameter.CtrParameters;
import org.ferrohsm.core.mechanism.parameter.GcmParameters;
import org.ferrohsm.core.mechanism.parameter.RawParameters;
import org.jspecify.annotations.Nullable;

/** The modes of AES: their parameters in the JCA and in the token, and how their output grows. */
public enum AesMode {
    ECB("AES", 0, 0, null) {
        @Override
        MechanismCall call(byte[] iv, byte[] aad, int tagBits) {
            return MechanismCall.of(Ckm.CKM_AES_ECB);
        }
    },
    CBC("AES", 16, 0, IvParameterSpec.class) {
        @Override
        MechanismCall call(byte[] iv, byte[] aad, int tagBits) {
            return new MechanismCall(Ckm.CKM_AES_CBC, new RawParameters(iv));
        }
    },
    CBC_PADDED("AES", 16, 16, IvParameterSpec.class) {
        @Override
        MechanismCall call(byte[] iv, byte[] aad, int tagBits) {
            return new MechanismCall(Ckm.CKM_AES_CBC_PAD, new RawParameters(iv));
        }
    },
    CTR("AES", 16, 0, IvParameterSpec.class) {
        @Override
        MechanismCall call(byte[] iv, byte[] aad, int tagBits) {
            return new MechanismCall(Ckm.CKM_AES_CTR, new CtrParameters(8 * BLOCK, iv));
        }
    },
    GCM("GCM", 12, 0, GCMParameterSpec.class) {
        @Override
        MechanismCall call(byte[] iv, byte[] aad, int tagBits) {
            return new MechanismCall(Ckm.CKM_AES_GCM, new GcmParameters(iv, aad, tagBits));
        }
    };

    /** In bytes. */
    static final int BLOCK = 16;

    /** In bits. */
    static final int FULL_TAG = 128;

    private final String parametersName;
    private final int ivLength;
    private final int padding;
    private final @Nullable Class<? extends AlgorithmParameterSpec> parameterKind;

    AesMode(
            String parametersName,
            int ivLength,
            int padding,
            @Nullable Class<? extends AlgorithmParameterSpec> parameterKind) {
        this.parametersName = parametersName;
        this.ivLength = ivLength;
        this.padding = padding;
        this.parameterKind = parameterKind;
    }

    /** The mechanism with this IV; additional data and tag length are GCM's alone. */
    abstract MechanismCall call(byte[] iv, byte[] aad, int tagBits);

    /** Name of the AlgorithmParameters. */
    String parametersName() {
        return parametersName;
    }

    /** Length of an IV that the cipher makes itself, 0 if the mode has none. */
    int ivLength() {
        return ivLength;
    }

    /** By how much padding lengthens the data at most. */
    int padding() {
        return padding;
    }

    @Nullable
    Class<? extends AlgorithmParameterSpec> parameterKind() {
        return parameterKind;
    }

    /** The IV in parameters of this mode. */
    byte[] iv(AlgorithmParameterSpec spec) throws InvalidAlgorithmParameterException {
        if (this == GCM && spec instanceof GCMParameterSpec gcm) {
            return gcm.getIV();
        }
        if (this != GCM && ivLength > 0 && spec instanceof IvParameterSpec iv) {
            if (iv.getIV().length != ivLength) {
                throw new InvalidAlgorithmParameterException("an IV of " + iv.getIV().length + " bytes");
            }
            return iv.getIV();
        }
        throw new InvalidAlgorithmParameterException("parameters that the mode does not have: " + spec.getClass());
    }

    /** Parameters that say this IV and tag length; null if the mode has none. */
    @Nullable
    AlgorithmParameterSpec spec(byte[] iv, int tagBits) {
        if (this == ECB) {
            return null;
        }
        return this == GCM ? new GCMParameterSpec(tagBits, iv) : new IvParameterSpec(iv);
    }
}
