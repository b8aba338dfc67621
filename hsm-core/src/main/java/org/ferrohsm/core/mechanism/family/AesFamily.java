// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.List;
import javax.crypto.spec.GCMParameterSpec;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.CipherStream;
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismFamily;
import org.ferrohsm.core.mechanism.parameter.CcmParameters;
import org.ferrohsm.core.mechanism.parameter.GcmParameters;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.object.HsmObject;

/** AES keys and what encrypts, authenticates and derives with them (PKCS#11 3.2 sections 6.10 to 6.13). */
final class AesFamily implements MechanismFamily {
    private static final int BLOCK = 16;
    private static final int MIN_TAG_BITS = 96;
    private static final int MAX_TAG_BITS = 128;

    private final Engines engines;

    AesFamily(Engines engines) {
        this.engines = engines;
    }

    @Override
    public List<Mechanism> mechanisms() {
        BlockRows rows = new BlockRows(BlockCipher.AES, engines);
        return List.of(
                rows.keyGeneration(Ckm.CKM_AES_KEY_GEN, SecretKeyType.AES),
                rows.ecb(Ckm.CKM_AES_ECB),
                rows.withIv(Ckm.CKM_AES_CBC, BlockMode.CBC),
                rows.withIv(Ckm.CKM_AES_CBC_PAD, BlockMode.CBC_PAD),
                rows.withIv(Ckm.CKM_AES_OFB, BlockMode.OFB),
                rows.withIv(Ckm.CKM_AES_CFB8, BlockMode.CFB8),
                rows.withIv(Ckm.CKM_AES_CFB64, BlockMode.CFB64),
                rows.withIv(Ckm.CKM_AES_CFB128, BlockMode.CFB128),
                rows.ctr(Ckm.CKM_AES_CTR),
                rows.mac(Ckm.CKM_AES_MAC, ChainedMac.Kind.CBC_MAC, BLOCK / 2),
                rows.generalMac(Ckm.CKM_AES_MAC_GENERAL, ChainedMac.Kind.CBC_MAC),
                rows.mac(Ckm.CKM_AES_CMAC, ChainedMac.Kind.CMAC, BLOCK),
                rows.generalMac(Ckm.CKM_AES_CMAC_GENERAL, ChainedMac.Kind.CMAC),
                rows.mac(Ckm.CKM_AES_XCBC_MAC, ChainedMac.Kind.XCBC, BLOCK),
                rows.mac(Ckm.CKM_AES_XCBC_MAC_96, ChainedMac.Kind.XCBC, 12),
                rows.ecbData(Ckm.CKM_AES_ECB_ENCRYPT_DATA),
                rows.cbcData(Ckm.CKM_AES_CBC_ENCRYPT_DATA),
                CipherWrapper.row(
                                rows.row(Ckm.CKM_AES_GCM),
                                1,
                                (key, parameters) -> gcm(key, parameters, true),
                                (key, parameters) -> gcm(key, parameters, false))
                        .parameters(GcmParameters.class)
                        .messages(message ->
                                new GcmParameters(message.nonce(), message.associatedData(), message.tagBits()))
                        .build(),
                rows.row(Ckm.CKM_AES_GMAC)
                        .parameters(GcmParameters.class)
                        .oneSignature()
                        .signs(this::gmac)
                        .verifies(this::gmac)
                        .build(),
                CipherWrapper.row(
                                rows.row(Ckm.CKM_AES_CCM),
                                1,
                                (key, parameters) -> Ccm.open(key(key), ccm(parameters), true),
                                (key, parameters) -> Ccm.open(key(key), ccm(parameters), false))
                        .parameters(CcmParameters.class)
                        .messages(message -> new CcmParameters(
                                message.dataLength(), message.nonce(), message.associatedData(), message.tagBits() / 8))
                        .build());
    }

    @Override
    public List<KeyCodec> codecs() {
        return List.of(new BlockRows(BlockCipher.AES, engines).codec(SecretKeyType.AES));
    }

    private CipherKey key(HsmObject key) {
        return CipherKey.of(key, BlockCipher.AES, engines);
    }

    private static GcmParameters checkedGcm(MechanismParameters parameters) {
        GcmParameters gcm = Checks.parameters(GcmParameters.class, parameters);
        long tagBits = gcm.tagBits();
        if (tagBits < MIN_TAG_BITS || tagBits > MAX_TAG_BITS || tagBits % 8 != 0) {
            throw Fault.MECHANISM_PARAM_INVALID.because("a tag of " + tagBits + " bits");
        }
        if (gcm.iv().length == 0) {
            throw Fault.MECHANISM_PARAM_INVALID.because("an empty IV");
        }
        return gcm;
    }

    private CipherStream gcm(HsmObject key, MechanismParameters parameters, boolean encrypting) {
        GcmParameters gcm = checkedGcm(parameters);
        GCMParameterSpec spec = new GCMParameterSpec((int) gcm.tagBits(), gcm.iv());
        return new BlockStream(key(key), BlockMode.GCM, encrypting, spec, gcm.aad(), (int) (gcm.tagBits() / 8));
    }

    private Gmac gmac(HsmObject key, MechanismParameters parameters) {
        GcmParameters gcm = checkedGcm(parameters);
        if (gcm.aad().length != 0) {
            throw Fault.MECHANISM_PARAM_INVALID.because("what GMAC authenticates are the data");
        }
        return new Gmac(key(key), gcm);
    }

    private static CcmParameters ccm(MechanismParameters parameters) {
        return Checks.parameters(CcmParameters.class, parameters);
    }
}
