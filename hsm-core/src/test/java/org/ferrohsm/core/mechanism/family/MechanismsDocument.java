// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.ferrohsm.core.ck.Ckf;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.engine.EnginePreference;
import org.ferrohsm.core.engine.EngineSource;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismTable;
import org.ferrohsm.core.mechanism.parameter.NoParameters;

/** docs/mechanisms.md, written from the table. */
final class MechanismsDocument {
    private static final Map<Long, String> CAPABILITIES = capabilities();

    private MechanismsDocument() {}

    private static Map<Long, String> capabilities() {
        Map<Long, String> names = new LinkedHashMap<>();
        names.put(Ckf.CKF_GENERATE, "generate");
        names.put(Ckf.CKF_GENERATE_KEY_PAIR, "generate pair");
        names.put(Ckf.CKF_SIGN, "sign");
        names.put(Ckf.CKF_VERIFY, "verify");
        names.put(Ckf.CKF_ENCRYPT, "encrypt");
        names.put(Ckf.CKF_DECRYPT, "decrypt");
        names.put(Ckf.CKF_DIGEST, "digest");
        names.put(Ckf.CKF_WRAP, "wrap");
        names.put(Ckf.CKF_UNWRAP, "unwrap");
        names.put(Ckf.CKF_DERIVE, "derive");
        names.put(Ckf.CKF_SIGN_RECOVER, "sign recover");
        names.put(Ckf.CKF_VERIFY_RECOVER, "verify recover");
        names.put(Ckf.CKF_ENCAPSULATE, "encapsulate");
        names.put(Ckf.CKF_DECAPSULATE, "decapsulate");
        names.put(Ckf.CKF_MESSAGE_ENCRYPT, "encrypt messages");
        names.put(Ckf.CKF_MESSAGE_DECRYPT, "decrypt messages");
        names.put(Ckf.CKF_MESSAGE_SIGN, "sign messages");
        names.put(Ckf.CKF_MESSAGE_VERIFY, "verify messages");
        return names;
    }

    static String render(MechanismTable table) {
        List<String> lines = new ArrayList<>();
        lines.add("# Mechanisms");
        lines.add("");
        lines.add(
                "Generated from the mechanism table by `MechanismsDocumentTest`, which also says how to write it anew.");
        lines.add("Key sizes are in the unit of `C_GetMechanismInfo`: bits for RSA, elliptic curves and");
        lines.add("`CKM_GENERIC_SECRET_KEY_GEN`, bytes for everything else.");
        lines.add("");
        lines.add("| mechanism | keys | sizes | can | parameters |");
        lines.add("|---|---|---|---|---|");
        for (long type : table.types()) {
            lines.add(row(table, table.require(type)));
        }
        lines.add("");
        lines.add("## Left out");
        lines.add("");
        lines.add(
                "Composite KEMs such as X-Wing and composite signatures, KMAC, and SHAKE as a digest have no numbers in PKCS#11");
        lines.add("3.2. Raw RSA does not wrap: whoever may try ciphertexts could read a wrapped key, or change it.");
        lines.add("");
        lines.add("| mechanisms | why |");
        lines.add("|---|---|");
        for (LeftOut leftOut : LeftOut.ALL) {
            lines.add("| " + String.join(", ", leftOut.mechanisms()) + " | " + leftOut.reason() + " |");
        }
        lines.add("");
        lines.add("## Engines");
        lines.add("");
        lines.add(
                "Which provider is asked first for an algorithm; the first row that fits decides, and a provider that does");
        lines.add("not load or lacks the algorithm is passed over.");
        lines.add("");
        lines.add("| service | algorithm | order | why |");
        lines.add("|---|---|---|---|");
        for (EnginePreference preference : EnginePreference.ALL) {
            lines.add(row(preference));
        }
        return String.join("\n", lines) + "\n";
    }

    private static String row(MechanismTable table, Mechanism mechanism) {
        String keys = mechanism.keyType() == Mechanism.ANY_KEY_TYPE
                ? ""
                : table.keyTypes().stream()
                        .filter(mechanism::takes)
                        .map(Ckk::name)
                        .collect(Collectors.joining(", "));
        String sizes = mechanism.maxKeySize() == 0
                ? ""
                : mechanism.minKeySize()
                        + (mechanism.minKeySize() == mechanism.maxKeySize() ? "" : " to " + mechanism.maxKeySize());
        String can = CAPABILITIES.entrySet().stream()
                .filter(capability -> (mechanism.flags() & capability.getKey()) != 0)
                .map(Map.Entry::getValue)
                .collect(Collectors.joining(", "));
        String parameters = mechanism.parameters() == NoParameters.class
                ? "none"
                : mechanism.parameters().getSimpleName().replace("Parameters", "");
        return "| " + mechanism.name() + " | " + keys + " | " + sizes + " | " + can + " | " + parameters
                + (mechanism.parametersOptional() ? " (optional)" : "") + " |";
    }

    private static String library(EngineSource source) {
        return switch (source) {
            case ACCP -> "ACCP";
            case SUN, SUN_RSA_SIGN, SUN_EC, SUN_JCE -> "JDK";
            case BOUNCY_CASTLE -> "Bouncy Castle";
        };
    }

    private static String row(EnginePreference preference) {
        String order = preference.order().stream()
                .map(MechanismsDocument::library)
                .distinct()
                .collect(Collectors.joining(", "));
        return "| " + preference.type().replace("*", "all others") + " | " + preference.prefix() + " | " + order + " | "
                + preference.reason() + " |";
    }
}
