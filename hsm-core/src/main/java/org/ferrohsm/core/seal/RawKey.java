// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.seal;

import java.util.Arrays;
import javax.crypto.SecretKey;

/**
 * Key bytes lent to a cipher for one call. Unlike {@link javax.crypto.spec.SecretKeySpec} it keeps no copy of its own:
 * the copies that it hands out are wiped by the JDK's ciphers.
 */
final class RawKey implements SecretKey {
    private static final long serialVersionUID = 1L;

    private final transient byte[] bytes;
    private final String algorithm;

    RawKey(byte[] bytes, String algorithm) {
        this.bytes = bytes;
        this.algorithm = algorithm;
    }

    @Override
    public String getAlgorithm() {
        return algorithm;
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    @Override
    public byte[] getEncoded() {
        return bytes.clone();
    }

    @Override
    public void destroy() {
        Arrays.fill(bytes, (byte) 0);
    }
}
