// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.engine;

import java.security.InvalidAlgorithmParameterException;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.mechanism.parameter.CcmParameters;
import org.ferrohsm.core.mechanism.parameter.CtrParameters;
import org.ferrohsm.core.mechanism.parameter.GcmParameters;
import org.ferrohsm.core.mechanism.parameter.RawParameters;
import org.jspecify.annotations.Nullable;

/** The modes of AES: their parameters in the JCA and in the token, and how their output grows. */
public enum AesMode {
    ECB("AES", 0, 0, null) {
        @Override
        MechanismCall call(byte[] iv, byte[] aad, int tagBits, int length) {
            return MechanismCall.of(Ckm.CKM_AES_ECB);
        }
    },
    CBC("AES", 16, 0, IvParameterSpec.class) {
        @Override
        MechanismCall call(byte[] iv, byte[] aad, int tagBits, int length) {
            return new MechanismCall(Ckm.CKM_AES_CBC, new RawParameters(iv));
        }
    },
    CBC_PADDED("AES", 16, 16, IvParameterSpec.class) {
        @Override
        MechanismCall call(byte[] iv, byte[] aad, int tagBits, int length) {
            return new MechanismCall(Ckm.CKM_AES_CBC_PAD, new RawParameters(iv));
        }
    },
    CTR("AES", 16, 0, IvParameterSpec.class) {
        @Override
        MechanismCall call(byte[] iv, byte[] aad, int tagBits, int length) {
            return new MechanismCall(Ckm.CKM_AES_CTR, new CtrParameters(8 * BLOCK, iv));
        }
    },
    CFB("AES", 16, 0, IvParameterSpec.class) {
        @Override
        MechanismCall call(byte[] iv, byte[] aad, int tagBits, int length) {
            return new MechanismCall(Ckm.CKM_AES_CFB128, new RawParameters(iv));
        }
    },
    CFB8("AES", 16, 0, IvParameterSpec.class) {
        @Override
        MechanismCall call(byte[] iv, byte[] aad, int tagBits, int length) {
            return new MechanismCall(Ckm.CKM_AES_CFB8, new RawParameters(iv));
        }
    },
    OFB("AES", 16, 0, IvParameterSpec.class) {
        @Override
        MechanismCall call(byte[] iv, byte[] aad, int tagBits, int length) {
            return new MechanismCall(Ckm.CKM_AES_OFB, new RawParameters(iv));
        }
    },
    CCM("CCM", 12, 0, GCMParameterSpec.class) {
        @Override
        MechanismCall call(byte[] iv, byte[] aad, int tagBits, int length) {
            return new MechanismCall(Ckm.CKM_AES_CCM, new CcmParameters(length, iv, aad, tagBits / 8));
        }
    },
    GCM("GCM", 12, 0, GCMParameterSpec.class) {
        @Override
        MechanismCall call(byte[] iv, byte[] aad, int tagBits, int length) {
            return new MechanismCall(Ckm.CKM_AES_GCM, new GcmParameters(iv, aad, tagBits));
        }
    };

    /** In bytes. */
    static final int BLOCK = 16;

    /** In bits. */
    static final int FULL_TAG = 128;

    /** In bits: what the token takes, which is more than NIST SP 800-38C asks. */
    private static final int CCM_SHORTEST_TAG = 64;

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

    /**
     * The mechanism with this IV; additional data and tag length are the authenticated modes' alone.
     *
     * @param length of the plaintext in bytes, which CCM must know before it begins
     */
    abstract MechanismCall call(byte[] iv, byte[] aad, int tagBits, int length);

    /** Whether the mode has additional data and a tag. */
    boolean isAuthenticated() {
        return this == GCM || this == CCM;
    }

    /** Whether the mode must know the length of the data before it begins (NIST SP 800-38C). */
    boolean isWhole() {
        return this == CCM;
    }

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
        if (isAuthenticated() && spec instanceof GCMParameterSpec gcm) {
            if (this == CCM && (gcm.getTLen() < CCM_SHORTEST_TAG || gcm.getTLen() % 16 != 0)) {
                throw new InvalidAlgorithmParameterException("a tag of " + gcm.getTLen() + " bits");
            }
            return gcm.getIV();
        }
        if (!isAuthenticated() && ivLength > 0 && spec instanceof IvParameterSpec iv) {
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
        return isAuthenticated() ? new GCMParameterSpec(tagBits, iv) : new IvParameterSpec(iv);
    }
}
