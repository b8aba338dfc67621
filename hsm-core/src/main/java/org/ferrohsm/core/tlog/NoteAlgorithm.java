// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.tlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/** The types of signatures that notes bear here (C2SP signed-note and tlog-cosignature). */
public enum NoteAlgorithm {
    /** Ed25519 over the note's text. */
    ED25519(0x01, "Ed25519", "302a300506032b6570032100", 32, 64),
    /** Ed25519 over a checkpoint, with the time. */
    ED25519_COSIGNATURE(0x04, "Ed25519", "302a300506032b6570032100", 32, 64),
    /** ML-DSA-44 over a checkpoint, with the time. */
    ML_DSA_44_COSIGNATURE(0x06, "ML-DSA", "30820532300b06096086480165030403110382052100", 1312, 2420);

    private static final byte[] SUBTREE = "subtree/v1\n\0".getBytes(UTF_8);

    private static final int SEED = 32;
    private static final String SEED_PREFIX = "3034020100300b060960864801650304031104228020";
    private static final int SEED_ONLY = 22 + SEED;

    /** The expanded key of 2560 bytes with its type and length. */
    private static final int EXPANDED = 4 + 2560;

    private static final int SEED_AND_EXPANDED = 2626;

    private final int type;
    private final String jcaName;
    /** What SubjectPublicKeyInfo (RFC 5280) puts before the key's own bytes, hexadecimal. */
    private final String spkiPrefix;

    private final int keyLength;
    private final int signatureLength;

    NoteAlgorithm(int type, String jcaName, String spkiPrefix, int keyLength, int signatureLength) {
        this.type = type;
        this.jcaName = jcaName;
        this.spkiPrefix = spkiPrefix;
        this.keyLength = keyLength;
        this.signatureLength = signatureLength;
    }

    static NoteAlgorithm of(int type) throws NoteException {
        for (NoteAlgorithm algorithm : values()) {
            if (algorithm.type == type) {
                return algorithm;
            }
        }
        throw new NoteException("a key of unknown type " + type);
    }

    int type() {
        return type;
    }

    String jcaName() {
        return jcaName;
    }

    String generatorName() {
        return this == ML_DSA_44_COSIGNATURE ? "ML-DSA-44" : jcaName;
    }

    int keyLength() {
        return keyLength;
    }

    /** How many bytes come before the plain signature. */
    int timeLength() {
        return this == ED25519 ? 0 : Long.BYTES;
    }

    int signatureLength() {
        return timeLength() + signatureLength;
    }

    byte[] spki(byte[] publicKey) {
        byte[] prefix = HexFormat.of().parseHex(spkiPrefix);
        byte[] spki = Arrays.copyOf(prefix, prefix.length + publicKey.length);
        System.arraycopy(publicKey, 0, spki, prefix.length, publicKey.length);
        return spki;
    }

    /** The key's own bytes, without what SubjectPublicKeyInfo puts before them. */
    byte[] raw(byte[] spki) {
        return Arrays.copyOfRange(spki, spkiPrefix.length() / 2, spki.length);
    }

    /**
     * A private key as every engine reads it: of an ML-DSA key that is encoded as seed and expanded key (RFC 9881 section 6)
     * the seed alone.
     */
    byte[] portable(byte[] pkcs8) {
        if (this != ML_DSA_44_COSIGNATURE || pkcs8.length != SEED_AND_EXPANDED) {
            return pkcs8;
        }
        byte[] seedOnly = ByteBuffer.allocate(SEED_ONLY)
                .put(HexFormat.of().parseHex(SEED_PREFIX))
                .put(pkcs8, SEED_AND_EXPANDED - EXPANDED - SEED, SEED)
                .array();
        Arrays.fill(pkcs8, (byte) 0);
        return seedOnly;
    }

    /** What is signed of a checkpoint at a time in seconds. */
    byte[] message(String signer, Checkpoint checkpoint, long seconds) {
        return switch (this) {
            case ED25519 -> checkpoint.text().getBytes(UTF_8);
            case ED25519_COSIGNATURE -> ("cosignature/v1\ntime " + seconds + "\n" + checkpoint.text()).getBytes(UTF_8);
            case ML_DSA_44_COSIGNATURE -> {
                byte[] name = signer.getBytes(UTF_8);
                byte[] origin = checkpoint.origin().getBytes(UTF_8);
                yield ByteBuffer.allocate(
                                SUBTREE.length + 1 + name.length + 8 + 1 + origin.length + 16 + TreeHash.LENGTH)
                        .put(SUBTREE)
                        .put((byte) name.length)
                        .put(name)
                        .putLong(seconds)
                        .put((byte) origin.length)
                        .put(origin)
                        .putLong(0)
                        .putLong(checkpoint.size())
                        .put(checkpoint.root())
                        .array();
            }
        };
    }
}
