// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.seal.HostJce;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.core.tlog.Checkpoint;
import org.ferrohsm.core.tlog.NoteAlgorithm;
import org.ferrohsm.core.tlog.NoteKey;
import org.ferrohsm.core.tlog.NoteSigner;
import org.ferrohsm.core.tlog.SignedNote;
import org.ferrohsm.store.api.StoreReader;
import org.ferrohsm.store.api.StoreWriter;

/**
 * The keys that sign a log's checkpoints: Ed25519, and ML-DSA-44 where an engine has it. They are made once, are sealed in
 * the store, and the log has a record of their public parts.
 */
final class CheckpointKeys {
    /** The detail of the record that holds the Ed25519 key as text. */
    static final String ED25519_DETAIL = "ed25519";

    /** The detail of the record that holds the SHA-256 of the ML-DSA-44 key's text. */
    static final String ML_DSA_DETAIL = "ml-dsa-44-hash";

    private static final SealedEntry ENTRY = new SealedEntry("audit.signer");

    private final String origin;
    private final List<NoteSigner> signers;

    private CheckpointKeys(String origin, List<NoteSigner> signers) {
        this.origin = origin;
        this.signers = signers;
    }

    /** By what name a log's checkpoints go. */
    static String origin(UUID log) {
        return "ferrohsm/audit/" + log;
    }

    static CheckpointKeys generate(Engines engines, UUID log) {
        List<NoteSigner> signers = new ArrayList<>();
        signers.add(NoteSigner.generate(engines, origin(log), NoteAlgorithm.ED25519));
        try {
            signers.add(NoteSigner.generate(engines, origin(log), NoteAlgorithm.ML_DSA_44_COSIGNATURE));
        } catch (HsmException e) {
            if (e.fault() != Fault.MECHANISM_INVALID) {
                throw e;
            }
        }
        return new CheckpointKeys(origin(log), signers);
    }

    /** The public keys. */
    List<NoteKey> publicKeys() {
        return signers.stream().map(NoteSigner::key).toList();
    }

    SignedNote sign(long size, byte[] root, long seconds) {
        Checkpoint checkpoint = new Checkpoint(origin, size, root);
        return new SignedNote(
                checkpoint.text(),
                signers.stream().map(signer -> signer.sign(checkpoint, seconds)).toList());
    }

    /** What the log is told. */
    AuditEvent event() {
        AuditEvent.Builder event = AuditEvent.of(AuditAction.CHECKPOINT_KEY);
        for (NoteKey key : publicKeys()) {
            if (key.algorithm() == NoteAlgorithm.ED25519) {
                event.detail(ED25519_DETAIL, key.text());
            } else {
                event.detail(ML_DSA_DETAIL, hash(key));
            }
        }
        return event.build();
    }

    /** By what the log's record names an ML-DSA key. */
    static String hash(NoteKey key) {
        return HexFormat.of().formatHex(HostJce.sha256().digest(key.text().getBytes(US_ASCII)));
    }

    void save(StoreWriter tx, UUID log, SecretBytes root, SecureRandom random) {
        RecordFields fields = new RecordFields();
        fields.put(1, 1);
        List<byte[]> secrets = new ArrayList<>();
        int field = 2;
        for (NoteSigner signer : signers) {
            byte[] secret = signer.pkcs8();
            secrets.add(secret);
            fields.put(field++, signer.key().publicKey());
            fields.put(field++, secret);
        }
        ENTRY.save(tx, log, fields, root, random);
        secrets.forEach(secret -> Arrays.fill(secret, (byte) 0));
    }

    static Optional<CheckpointKeys> load(StoreReader tx, UUID log, SecretBytes root, Engines engines) {
        return ENTRY.load(tx, log, root).map(fields -> {
            fields.number(1);
            List<NoteSigner> signers = new ArrayList<>();
            signers.add(signer(fields, 2, engines, log, NoteAlgorithm.ED25519));
            if (!fields.isEmpty()) {
                signers.add(signer(fields, 4, engines, log, NoteAlgorithm.ML_DSA_44_COSIGNATURE));
            }
            return new CheckpointKeys(origin(log), signers);
        });
    }

    private static NoteSigner signer(
            RecordFields fields, int field, Engines engines, UUID log, NoteAlgorithm algorithm) {
        NoteKey key = new NoteKey(origin(log), algorithm, fields.anyBytes(field));
        byte[] secret = fields.anyBytes(field + 1);
        try {
            return NoteSigner.of(engines, key, secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }
}
