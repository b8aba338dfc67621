// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.governance.people;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.seal.EncryptedPkcs8;
import org.ferrohsm.core.secret.SecretBytes;

/** An approver's Ed25519 key pair as it is used: from a file of its own that only its passphrase opens. */
public final class ApproverKey {
    /** What SubjectPublicKeyInfo (RFC 8410) puts before an Ed25519 key. */
    private static final byte[] SPKI = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final String PRIVATE = "ENCRYPTED PRIVATE KEY";
    private static final String PUBLIC = "PUBLIC KEY";

    private final Engines engines;
    private final PrivateKey key;
    private final byte[] publicKey;

    private ApproverKey(Engines engines, PrivateKey key, byte[] publicKey) {
        this.engines = engines;
        this.key = key;
        this.publicKey = publicKey;
    }

    /** The texts of a new pair's files: the private key under the passphrase with the public key after it, and that alone. */
    public record Files(String secret, String open) {}

    /** Makes a pair. */
    public static Files generate(Engines engines, SecretBytes passphrase) {
        KeyPair pair = engines.keyPairGenerator("Ed25519").generateKeyPair();
        byte[] pkcs8 = pair.getPrivate().getEncoded();
        try {
            String open = pem(PUBLIC, pair.getPublic().getEncoded());
            return new Files(pem(PRIVATE, EncryptedPkcs8.seal(pkcs8, passphrase, engines.random())) + open, open);
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    /**
     * Opens the file that {@link #generate} gave.
     *
     * @throws HsmException PIN_INCORRECT if the passphrase is another one; DATA_INVALID if it is no such file
     */
    public static ApproverKey open(Engines engines, String file, SecretBytes passphrase) {
        byte[] pkcs8 = EncryptedPkcs8.open(block(file, PRIVATE), passphrase);
        try {
            PrivateKey key = engines.keyFactory("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            return new ApproverKey(engines, key, publicKey(file));
        } catch (GeneralSecurityException e) {
            throw Fault.DATA_INVALID.because("this is no Ed25519 key", e);
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    /**
     * The public key, 32 bytes, in a file.
     *
     * @throws HsmException DATA_INVALID if there is none
     */
    public static byte[] publicKey(String file) {
        byte[] spki = block(file, PUBLIC);
        if (spki.length != SPKI.length + Approver.KEY_LENGTH
                || !Arrays.equals(Arrays.copyOf(spki, SPKI.length), SPKI)) {
            throw Fault.DATA_INVALID.because("this is no Ed25519 public key");
        }
        return Arrays.copyOfRange(spki, SPKI.length, spki.length);
    }

    /** 32 bytes. */
    public byte[] publicKey() {
        return publicKey.clone();
    }

    /** The signature of a message, 64 bytes. */
    public byte[] sign(byte[] message) {
        try {
            Signature signature = engines.signature("Ed25519");
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw Fault.FUNCTION_FAILED.because("the approver's key cannot sign", e);
        }
    }

    private static byte[] block(String file, String kind) {
        Matcher block = Pattern.compile("-----BEGIN " + kind + "-----([A-Za-z0-9+/=\\s]*)-----END " + kind + "-----")
                .matcher(file);
        if (!block.find()) {
            throw Fault.DATA_INVALID.because("the file has no " + kind);
        }
        try {
            return Base64.getMimeDecoder().decode(block.group(1));
        } catch (IllegalArgumentException e) {
            throw Fault.DATA_INVALID.because("the file's " + kind + " is damaged", e);
        }
    }

    private static String pem(String kind, byte[] bytes) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
                + "\n-----END " + kind + "-----\n";
    }
}
