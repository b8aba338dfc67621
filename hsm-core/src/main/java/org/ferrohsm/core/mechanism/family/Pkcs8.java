// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.Arrays;
import java.util.function.BiFunction;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.secret.SecretBytes;

/** PrivateKeyInfo (RFC 5208, RFC 5958): the form in which private keys are wrapped. */
final class Pkcs8 {
    private static final byte[] VERSION = {Der.INTEGER, 1, 0};

    private Pkcs8() {}

    /** PrivateKeyInfo of {@code key}, which is wiped. {@code algorithm} is a whole AlgorithmIdentifier. */
    static SecretBytes write(byte[] algorithm, byte[] key) {
        byte[] wrapped = Der.element(Der.OCTET_STRING, key);
        byte[] info = Der.element(Der.SEQUENCE, VERSION, algorithm, wrapped);
        Arrays.fill(key, (byte) 0);
        Arrays.fill(wrapped, (byte) 0);
        return SecretBytes.adopt(info);
    }

    /**
     * What {@code reader} makes of the AlgorithmIdentifier and the key inside, whose bytes are wiped afterwards. Zeros
     * after the end are the filling of CKM_AES_KEY_WRAP (PKCS#11 3.2, "AES Key Wrap").
     *
     * @throws org.ferrohsm.core.fault.HsmException WRAPPED_KEY_INVALID if this is no PrivateKeyInfo
     */
    static <T> T read(SecretBytes serialised, BiFunction<byte[], byte[], T> reader) {
        return serialised.use(bytes -> {
            Der.Reader outer = new Der.Reader(bytes, Fault.WRAPPED_KEY_INVALID);
            byte[] content = outer.next(Der.SEQUENCE);
            byte[] filling = outer.rest();
            Der.Reader info = new Der.Reader(content, Fault.WRAPPED_KEY_INVALID);
            byte[] version = info.next(Der.INTEGER);
            byte[] algorithm = Der.element(Der.SEQUENCE, info.next(Der.SEQUENCE));
            byte[] key = info.next(Der.OCTET_STRING);
            Arrays.fill(content, (byte) 0);
            try {
                if (version.length != 1 || version[0] > 1 || !Arrays.equals(filling, new byte[filling.length])) {
                    throw Fault.WRAPPED_KEY_INVALID.because("no PrivateKeyInfo");
                }
                return reader.apply(algorithm, key);
            } finally {
                Arrays.fill(key, (byte) 0);
            }
        });
    }
}
