// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/** The pseudorandom functions of TLS 1.2 (RFC 5246 section 5) and, over MD5 and SHA-1, of TLS 1.0 (RFC 2246 section 5). */
final class TlsPrf {
    private final long prf;
    private final Engines engines;

    /** {@code prf} is CKM_* of the hash, or CKM_TLS_PRF for the older function; MECHANISM_PARAM_INVALID otherwise. */
    TlsPrf(long prf, Engines engines) {
        this.prf = prf;
        this.engines = engines;
        if (prf != Ckm.CKM_TLS_PRF) {
            DigestAlgorithm.ofPrf(prf);
        }
    }

    /** So many bytes from a secret key, a label and seeds. */
    byte[] run(HsmObject key, String label, int length, byte[]... seeds) {
        return run(key, label.getBytes(StandardCharsets.US_ASCII), length, seeds);
    }

    byte[] run(HsmObject key, byte[] label, int length, byte[]... seeds) {
        SecretBytes secret = Checks.secretValue(key);
        byte[] seed = label;
        for (byte[] part : seeds) {
            seed = Bytes.joined(seed, part);
        }
        if (prf != Ckm.CKM_TLS_PRF) {
            return stretched(DigestAlgorithm.ofPrf(prf), secret, seed, length);
        }
        int half = (secret.length() + 1) / 2;
        byte[] output = half(DigestAlgorithm.MD5, secret, 0, half, seed, length);
        byte[] other = half(DigestAlgorithm.SHA1, secret, secret.length() - half, half, seed, length);
        for (int i = 0; i < length; i++) {
            output[i] ^= other[i];
        }
        return output;
    }

    private byte[] half(DigestAlgorithm digest, SecretBytes secret, int from, int count, byte[] seed, int length) {
        try (SecretBytes half = secret.use(bytes -> SecretBytes.adopt(Arrays.copyOfRange(bytes, from, from + count)))) {
            return stretched(digest, half, seed, length);
        }
    }

    private byte[] stretched(DigestAlgorithm digest, SecretBytes secret, byte[] seed, int length) {
        MacFunction mac = HmacKey.initialised(digest, secret, engines);
        byte[] output = new byte[length];
        byte[] chain = seed;
        for (int at = 0; at < length; at += digest.length()) {
            chain = Prf.run(mac, chain);
            byte[] block = Prf.run(mac, chain, seed);
            System.arraycopy(block, 0, output, at, Math.min(block.length, length - at));
        }
        return output;
    }
}
