// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.mechanism.family.VectorFile;
import org.ferrohsm.core.mechanism.family.VectorNumbers;
import org.ferrohsm.interop.fixture.Calls;
import org.ferrohsm.interop.fixture.VectorFields;
import org.ferrohsm.interop.fixture.VectorParameters;
import org.jspecify.annotations.Nullable;

/** Runs the cases of a vector file through C_* functions, in one part or cut by a random. */
final class VectorCalls {
    /** A call that did not succeed. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refused(String result) {
            super(result);
        }
    }

    /** Which of these an implementation gives is open (PKCS#11 section 5.1.8, point 5). */
    private static final Set<String> TEMPLATE_FAULTS =
            Set.of("CKR_ATTRIBUTE_VALUE_INVALID", "CKR_TEMPLATE_INCOMPLETE", "CKR_TEMPLATE_INCONSISTENT");

    /**
     * A key of another kind may also lack the permission, or not be allowed to have it; functions that wrap name the
     * wrapping key.
     */
    private static final Set<String> KEY_FAULTS = Set.of(
            "CKR_KEY_TYPE_INCONSISTENT",
            "CKR_WRAPPING_KEY_TYPE_INCONSISTENT",
            "CKR_UNWRAPPING_KEY_TYPE_INCONSISTENT",
            "CKR_KEY_FUNCTION_NOT_PERMITTED",
            "CKR_ATTRIBUTE_TYPE_INVALID");

    private final Calls calls;
    private final VectorFile file;
    private final String mechanism;
    private final @Nullable Random cuts;
    private final List<String> made = new ArrayList<>();

    /** Cases in one part, or in parts that {@code cuts} chooses. */
    VectorCalls(Calls calls, VectorFile file, @Nullable Random cuts) {
        this.calls = calls;
        this.file = file;
        this.mechanism = Long.toString(VectorNumbers.of(file.mechanism()));
        this.cuts = cuts;
    }

    /** Fails unless the case ends as its fields say. */
    void run(VectorFile.Case one) {
        String result = "CKR_OK";
        VectorFields fields = new VectorFields(one.fields());
        try {
            run(one.operation(), fields);
        } catch (Refused e) {
            result = Objects.requireNonNull(e.getMessage());
        } finally {
            made.forEach(key -> calls.call("destroy", key));
            made.clear();
            calls.call("cancel");
        }
        String expected = one.isNegative() ? "CKR_" + fields.text("fault") : "CKR_OK";
        if (!means(expected, result)) {
            assertEquals(expected, result);
        }
    }

    private static boolean means(String expected, String result) {
        return switch (expected) {
            case "CKR_ATTRIBUTE_VALUE_INVALID", "CKR_TEMPLATE_INCOMPLETE", "CKR_TEMPLATE_INCONSISTENT" ->
                TEMPLATE_FAULTS.contains(result);
            case "CKR_KEY_TYPE_INCONSISTENT" -> KEY_FAULTS.contains(result);
            /* A parameter that lacks its key has a handle that is none. */
            case "CKR_MECHANISM_PARAM_INVALID" -> result.equals(expected) || result.equals("CKR_KEY_HANDLE_INVALID");
            default -> result.equals(expected);
        };
    }

    private void run(String operation, VectorFields f) {
        List<String> others = f.has("other-key") ? List.of(f.text("other-key").split(" ", -1)) : List.of();
        List<String> handles =
                others.stream().map(name -> bringIn("derive", name)).toList();
        String parameter = VectorParameters.of(file.mechanism(), f, handles);
        switch (operation) {
            case "digest", "sign-recover", "verify-recover", "decrypt" ->
                assertEquals(f.hex("output"), through(operation, key(operation, f), f.hex("data"), parameter));
            case "sign" -> {
                String signature = through(operation, key(operation, f), f.hex("data"), parameter);
                if (f.has("output")) {
                    assertEquals(f.hex("output"), signature);
                } else if (f.has("verify-with")) {
                    verify(bringIn("verify", f.text("verify-with")), f.hex("data"), parameter, signature);
                }
            }
            case "verify" -> verify(key(operation, f), f.hex("data"), parameter, f.text("signature"));
            case "encrypt" -> {
                String encrypted = through(operation, key(operation, f), f.hex("data"), parameter);
                if (f.has("decrypt-with")) {
                    String key = bringIn("decrypt", f.text("decrypt-with"));
                    assertEquals(f.hex("data"), through("decrypt", key, encrypted, parameter));
                } else {
                    assertEquals(f.hex("output"), encrypted);
                }
            }
            case "wrap" -> wrap(f, parameter);
            case "unwrap" -> assertEquals(f.hex("output"), unwrapped(key(operation, f), f.hex("data"), parameter));
            case "derive" -> {
                List<String> template = secret(f.number("type"), f.attributes());
                List<String> keys = keys(f, "derive", List.of(mechanism, parameter, key(operation, f)), template);
                for (int i = 0; i < keys.size(); i++) {
                    assertEquals(f.hex(i == 0 ? "output" : "output-" + (i + 1)), value(keys.get(i)));
                }
            }
            case "generate" -> {
                List<String> template = secret(-1, f.attributes());
                String value = value(keys(f, "generate", List.of(mechanism, parameter), template)
                        .get(0));
                if (f.has("output")) {
                    assertEquals(f.hex("output"), value);
                } else {
                    assertEquals(f.number("CKA_VALUE_LEN"), value.length() / 2);
                }
            }
            case "generate-pair" -> {
                for (String key : ok("generate-pair", List.of(mechanism, parameter), f.attributes())
                        .split(" ", -1)) {
                    made.add(key);
                }
            }
            case "encapsulate" -> encapsulate(f, parameter);
            case "decapsulate" ->
                assertEquals(f.hex("output"), decapsulated(f, key(operation, f), f.hex("data"), parameter));
            default -> throw new AssertionError("no operation " + operation);
        }
    }

    /** The keys that a call made, returned or in its parameter; what else is there is what the case expects. */
    private List<String> keys(VectorFields f, String command, List<String> words, List<String> template) {
        String[] answer = ok(command, words, template).split(" ", -1);
        List<String> keys = new ArrayList<>(List.of(answer[0]));
        List<String> others = new ArrayList<>();
        for (String back : answer.length < 3 ? new String[0] : answer[2].split(",", -1)) {
            if (back.startsWith("#")) {
                keys.add(back.substring(1));
            } else {
                others.add(back);
            }
        }
        keys.removeIf("0"::equals);
        made.addAll(keys);
        if (f.has("back")) {
            assertEquals(f.text("back"), String.join(",", others));
        }
        return keys;
    }

    private void encapsulate(VectorFields f, String parameter) {
        List<String> template = secret(f.number("type"), f.attributes());
        String[] answer = ok("encapsulate", List.of(mechanism, parameter, key("encapsulate", f)), template)
                .split(" ", -1);
        made.add(answer[0]);
        String shared = value(answer[0]);
        String key = bringIn("decapsulate", f.text("decapsulate-with"));
        assertEquals(shared, decapsulated(f, key, answer[1], parameter));
    }

    private String decapsulated(VectorFields f, String key, String ciphertext, String parameter) {
        List<String> template = secret(f.number("type"), f.attributes());
        return value(handle("decapsulate", List.of(mechanism, parameter, key, "x" + ciphertext), template));
    }

    private void wrap(VectorFields f, String parameter) {
        List<String> attributes = secret(Ckk.CKK_GENERIC_SECRET, List.of(Cka.CKA_VALUE + ":" + f.hex("data")));
        String wrapped = ok(
                "wrap",
                List.of(mechanism, parameter, key("wrap", f), handle("create", List.of(), attributes)),
                List.of());
        if (f.has("decrypt-with")) {
            assertEquals(f.hex("data"), unwrapped(bringIn("unwrap", f.text("decrypt-with")), wrapped, parameter));
        } else {
            assertEquals(f.hex("output"), wrapped);
        }
    }

    private String unwrapped(String key, String wrapped, String parameter) {
        return value(handle(
                "unwrap",
                List.of(mechanism, parameter, key, "x" + wrapped),
                secret(Ckk.CKK_GENERIC_SECRET, List.of())));
    }

    private void verify(String key, String data, String parameter, String signature) {
        ok("init", List.of("verify", mechanism, parameter, key), List.of());
        if (cuts == null) {
            ok("single", List.of("verify", "x" + data, "x" + signature), List.of());
        } else {
            parts(cuts, data).forEach(part -> ok("update", List.of("verify", "x" + part), List.of()));
            ok("final", List.of("verify", "x" + signature), List.of());
        }
    }

    /** What the operation makes of the data. */
    private String through(String operation, String key, String data, String parameter) {
        ok("init", List.of(operation, mechanism, parameter, key), List.of());
        if (cuts == null || operation.endsWith("-recover")) {
            return ok("single", List.of(operation, "x" + data), List.of());
        }
        StringBuilder output = new StringBuilder();
        parts(cuts, data).forEach(part -> output.append(ok("update", List.of(operation, "x" + part), List.of())));
        return output.append(ok("final", List.of(operation), List.of())).toString();
    }

    private static List<String> parts(Random cuts, String data) {
        List<String> parts = new ArrayList<>();
        for (int at = 0; at < data.length(); ) {
            int end = at + 2 * (1 + cuts.nextInt((data.length() - at) / 2));
            parts.add(data.substring(at, end));
            at = end;
        }
        return parts;
    }

    /** The key that the case names, 0 where there is none. */
    private String key(String operation, VectorFields f) {
        return f.has("key") ? bringIn(operation, f.text("key")) : "0";
    }

    /** CKA_SIGN_RECOVER for sign-recover. */
    private static long use(String operation) {
        return VectorNumbers.of("CKA_" + operation.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private String bringIn(String operation, String name) {
        VectorFields key = new VectorFields(Objects.requireNonNull(file.keys().get(name), name));
        List<String> attributes = new ArrayList<>(key.attributes());
        attributes.add(VectorFields.attribute(Cka.CKA_CLASS, key.number("class")));
        attributes.add(VectorFields.attribute(Cka.CKA_KEY_TYPE, key.number("type")));
        attributes.add(VectorFields.attribute(use(operation), true));
        if (operation.equals("derive") && key.number("class") == Cko.CKO_SECRET_KEY) {
            /* Or what is derived from it may not be read. */
            attributes.add(VectorFields.attribute(Cka.CKA_SENSITIVE, false));
            attributes.add(VectorFields.attribute(Cka.CKA_EXTRACTABLE, true));
        }
        return handle("create", List.of(), attributes);
    }

    /** The template of a secret key whose value can be read. */
    private static List<String> secret(long type, List<String> attributes) {
        List<String> all = new ArrayList<>(attributes);
        all.add(VectorFields.attribute(Cka.CKA_CLASS, Cko.CKO_SECRET_KEY));
        if (type >= 0) {
            all.add(VectorFields.attribute(Cka.CKA_KEY_TYPE, type));
        }
        all.add(VectorFields.attribute(Cka.CKA_SENSITIVE, false));
        all.add(VectorFields.attribute(Cka.CKA_EXTRACTABLE, true));
        return all;
    }

    private String value(String key) {
        return ok("read", List.of(key, Long.toString(Cka.CKA_VALUE)), List.of());
    }

    private String handle(String command, List<String> words, List<String> attributes) {
        String handle = ok(command, words, attributes).split(" ", -1)[0];
        assertTrue(!handle.equals("0"), command);
        made.add(handle);
        return handle;
    }

    private String ok(String command, List<String> words, List<String> attributes) {
        List<String> line = new ArrayList<>(List.of(command));
        line.addAll(words);
        line.addAll(attributes);
        Calls.Answer answer = calls.call(line.toArray(String[]::new));
        if (!answer.isOk()) {
            throw new Refused(answer.result());
        }
        return answer.text();
    }
}
