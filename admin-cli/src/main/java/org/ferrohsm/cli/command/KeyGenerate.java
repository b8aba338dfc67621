// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import java.security.SecureRandom;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.ferrohsm.cli.input.KeyId;
import org.ferrohsm.cli.input.KeyType;
import org.ferrohsm.cli.input.KeyUsage;
import org.ferrohsm.cli.input.Token;
import org.ferrohsm.cli.output.ExitCode;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.object.PolicyTags;
import org.ferrohsm.core.session.Session;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code key generate}. */
@Command(name = "generate", description = "makes a key, or a pair of keys, that never leaves the token in the clear")
public final class KeyGenerate extends Verb {
    private static final int ID_LENGTH = 8;

    @Mixin
    TokenOption choice = new TokenOption();

    @Mixin
    PinOption pin = new PinOption();

    @Option(
            names = "--type",
            required = true,
            paramLabel = "TYPE",
            description =
                    "rsa:2048 (3072, 4096), ec:P-256 (P-384, P-521), ed25519, aes:256 (128, 192), hmac:256 (384, 512)")
    String type = "";

    @Option(names = "--label", required = true, paramLabel = "LABEL", description = "its name")
    String label = "";

    @Option(names = "--id", paramLabel = "HEX", description = "its CKA_ID in hexadecimal (else random)")
    @Nullable
    String id;

    @Option(
            names = "--usage",
            paramLabel = "USES",
            description = "sign, decrypt, unwrap, derive, separated by commas (default: sign; for AES decrypt)")
    @Nullable
    String usage;

    @Option(
            names = "--tags",
            paramLabel = "TAGS",
            description = "policy tags, separated by commas, of the private or secret key: what rules it is under")
    @Nullable
    String tags;

    KeyGenerate(Invocation invocation) {
        super(invocation);
    }

    @Override
    ExitCode run() {
        KeyType kind = KeyType.of(type);
        Set<KeyUsage> uses = usage == null ? Set.of(kind.usualUse()) : KeyUsage.of(usage);
        byte[] keyId = id == null ? randomId() : KeyId.parse(id);
        try (Hsm hsm = invocation.open()) {
            Token token = choice.in(hsm);
            Session session = pin.login(invocation, hsm, token);
            long made = generate(hsm, session, kind, uses, keyId);
            StoredKey key = StoredKey.read(hsm, session, made);
            Map<String, Object> fields = key.fields();
            fields.put("token", token.info().serial());
            invocation
                    .output()
                    .statement("Made " + key.described() + " in the token with " + token.described() + ".", fields);
        }
        return ExitCode.OK;
    }

    private long generate(Hsm hsm, Session session, KeyType kind, Set<KeyUsage> uses, byte[] keyId) {
        MechanismCall mechanism = MechanismCall.of(kind.mechanism());
        Template.Builder secret = half(keyId);
        if (tags != null) {
            secret.put(PolicyTags.ATTRIBUTE, tags);
        }
        if (!kind.isPair()) {
            permit(secret, uses, KeyUsage::secretHalf);
            permit(secret, uses, KeyUsage::openHalf);
            kind.describe(secret);
            return hsm.runtime().keys().generate(session, mechanism, secret.build());
        }
        Template.Builder open = half(keyId);
        permit(secret, uses, KeyUsage::secretHalf);
        permit(open, uses.stream().filter(use -> use != KeyUsage.DERIVE).toList(), KeyUsage::openHalf);
        kind.describe(open);
        return hsm.runtime()
                .keys()
                .generatePair(session, mechanism, open.build(), secret.build())
                .privateKey();
    }

    /** Every use is said, since what a template leaves out may be allowed. */
    private static void permit(Template.Builder half, Collection<KeyUsage> uses, ToLongFunction<KeyUsage> attribute) {
        for (KeyUsage use : KeyUsage.values()) {
            half.put(attribute.applyAsLong(use), uses.contains(use));
        }
    }

    private Template.Builder half(byte[] keyId) {
        return Template.builder()
                .put(Cka.CKA_TOKEN, true)
                .put(Cka.CKA_LABEL, label)
                .put(Cka.CKA_ID, keyId);
    }

    private static byte[] randomId() {
        byte[] bytes = new byte[ID_LENGTH];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
