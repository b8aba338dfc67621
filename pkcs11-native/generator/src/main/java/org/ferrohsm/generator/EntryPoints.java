// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.generator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.ferrohsm.generator.Definitions.Call;
import org.ferrohsm.generator.Tables.Declaration;
import org.ferrohsm.generator.Tables.Group;

/** Writes the C entry points that follow from their row in {@code functions.def}. */
final class EntryPoints {
    /** Functions that are a step of an operation, and the operation that ends with their faults (PKCS#11 section 5.2). */
    private static final Map<String, String> STEPS = steps();

    /** Functions that are a step of a message, and the process whose message ends with their faults (section 5.9.4). */
    private static final Map<String, String> MESSAGE_STEPS = Map.of(
            "C_EncryptMessageNext", "CKF_MESSAGE_ENCRYPT",
            "C_DecryptMessageNext", "CKF_MESSAGE_DECRYPT",
            "C_VerifyMessageNext", "CKF_MESSAGE_VERIFY");

    private final Map<String, Group> structs = new HashMap<>();
    private final Map<String, Group> functions = new HashMap<>();

    private EntryPoints(Path spec) throws IOException {
        Tables.groups(spec.resolve("structs.csv")).forEach(struct -> structs.put(struct.name(), struct));
        Tables.groups(spec.resolve("functions.csv")).forEach(function -> functions.put(function.name(), function));
    }

    static void write(Path spec, Definitions definitions, Path output) throws IOException {
        EntryPoints points = new EntryPoints(spec);
        Tables.write(output.resolve("functions.h"), points.header(definitions));
        Tables.write(output.resolve("entry.c"), points.source(definitions));
        Tables.write(
                output.resolve("exports.map"),
                definitions.calls().stream()
                        .map(Call::function)
                        .filter(name -> !name.isEmpty())
                        .map("    %s;\n"::formatted)
                        .collect(Collectors.joining("", "{\n  global:\n", "  local:\n    *;\n};\n")));
    }

    private static Map<String, String> steps() {
        Map<String, String> steps = new HashMap<>();
        Map.of(
                        "Encrypt", "CKF_ENCRYPT",
                        "Decrypt", "CKF_DECRYPT",
                        "Digest", "CKF_DIGEST",
                        "Sign", "CKF_SIGN",
                        "Verify", "CKF_VERIFY",
                        "VerifySignature", "CKF_VERIFY")
                .forEach((name, flag) -> {
                    for (String step : List.of("", "Update", "Final")) {
                        steps.put("C_" + name + step, flag);
                    }
                });
        steps.put("C_SignRecover", "CKF_SIGN_RECOVER");
        steps.put("C_VerifyRecover", "CKF_VERIFY_RECOVER");
        steps.put("C_DigestEncryptUpdate", "CKF_DIGEST | CKF_ENCRYPT");
        steps.put("C_DecryptDigestUpdate", "CKF_DECRYPT | CKF_DIGEST");
        steps.put("C_SignEncryptUpdate", "CKF_SIGN | CKF_ENCRYPT");
        steps.put("C_DecryptVerifyUpdate", "CKF_DECRYPT | CKF_VERIFY");
        return Map.copyOf(steps);
    }

    private String header(Definitions definitions) {
        StringBuilder out = new StringBuilder("#ifndef FERROHSM_FUNCTIONS_H\n#define FERROHSM_FUNCTIONS_H\n\n");
        for (Call call : definitions.calls()) {
            if (call.onWire()) {
                out.append("#define CALL_%s %d%n".formatted(call.name(), call.id()));
                out.append("#define REQUEST_%s \"%s\"%n".formatted(call.name(), call.request()));
                out.append("#define RESPONSE_%s \"%s\"%n".formatted(call.name(), call.response()));
            }
        }
        return out.append("\n#endif\n").toString();
    }

    private String source(Definitions definitions) {
        StringBuilder out = new StringBuilder("""
                #include "attributes.h"
                #include "call.h"
                #include "ck.h"
                #include "functions.h"
                #include "lifecycle.h"
                #include "mechanisms.h"
                #include "messageparameters.h"
                """);
        for (Call call : definitions.calls()) {
            if (call.entry().startsWith("CKR_")) {
                local(out, call);
            } else if (!call.entry().equals("hand") && !call.entry().equals("none")) {
                out.append(new Body(call, functions.get(call.function())).text());
            }
        }
        return out.toString();
    }

    private void local(StringBuilder out, Call call) {
        Group function = functions.get(call.name());
        out.append("%nCK_RV %s(%s)%n{%n".formatted(function.name(), CkHeader.parameters(function)));
        function.members().forEach(parameter -> out.append("    (void) %s;%n".formatted(parameter.name())));
        out.append("    return lifecycle_ready() ? %s : CKR_CRYPTOKI_NOT_INITIALIZED;%n}%n".formatted(call.entry()));
    }

    /** One entry point: its parameters are handed out to the parts of the signatures, from left to right. */
    private final class Body {
        private final Call call;
        private final Group function;
        private final Deque<Declaration> parameters;
        private final List<String> unused = new ArrayList<>();
        private final List<String> checks = new ArrayList<>();
        private final List<String> puts = new ArrayList<>();
        private final List<String> gets = new ArrayList<>();
        private String outputLength = "";
        private String takeBack = "";
        private boolean info;

        Body(Call call, Group function) {
            this.call = call;
            this.function = function;
            this.parameters = new ArrayDeque<>(function.members());
            parts(call.request()).forEach(this::put);
            parameters.removeIf(this::ignored);
            parts(call.response()).forEach(this::get);
            if (!parameters.isEmpty()) {
                throw new IllegalArgumentException(call.name() + ": nothing takes " + parameters);
            }
        }

        String text() {
            StringBuilder out = new StringBuilder();
            out.append("%nCK_RV %s(%s)%n{%n".formatted(function.name(), CkHeader.parameters(function)));
            unused.forEach(name -> out.append("    (void) %s;%n".formatted(name)));
            out.append("    struct call call;\n");
            out.append("    call_begin(&call, CALL_%s, REQUEST_%s);%n".formatted(call.name(), call.name()));
            checks.forEach(name -> out.append("    call_require(&call, %s, CKR_ARGUMENTS_BAD);%n".formatted(name)));
            puts.forEach(line -> out.append("    %s;%n".formatted(line)));
            out.append("    call_run(&call, RESPONSE_%s);%n".formatted(call.name()));
            if (info) {
                out.append("    if (call.rv == CKR_OK) {\n");
                gets.forEach(line -> out.append("        %s;%n".formatted(line)));
                out.append("    }\n");
            } else {
                gets.forEach(line -> out.append("    %s;%n".formatted(line)));
            }
            String session = function.members().get(0).name();
            String step = STEPS.get(function.name());
            String messageStep = MESSAGE_STEPS.get(function.name());
            String end = step != null
                    ? "call_end_step(&call, %s, %s)".formatted(session, step)
                    : messageStep != null
                            ? "call_end_message_step(&call, %s, %s)".formatted(session, messageStep)
                            : "call_end(&call)";
            return out.append("    return %s;%n}%n".formatted(end)).toString();
        }

        private void put(String part) {
            Declaration first = parameters.removeFirst();
            switch (part) {
                case "u" -> puts.add("put_ulong(&call, %s)".formatted(first.name()));
                case "y" -> puts.add("put_byte(&call, %s)".formatted(first.name()));
                case "s" -> puts.add("put_space_string(&call, %s, 32)".formatted(first.name()));
                case "ay" -> puts.add("put_byte_array(&call, %s, %s)".formatted(first.name(), next()));
                case "aA" -> puts.add("put_attribute_array(&call, %s, %s)".formatted(first.name(), next()));
                case "M" -> {
                    puts.add("put_mechanism%s(&call, %s)"
                            .formatted(call.name().endsWith("Init") ? "_or_cancel" : "", first.name()));
                    takeBack = "get_parameter(&call, %s)".formatted(first.name());
                }
                case "N" -> {
                    puts.add("put_message_mechanism%s(&call, %s, %s)"
                            .formatted(
                                    function.name().endsWith("Init") ? "_or_cancel" : "", first.name(), tagIsGiven()));
                    takeBack = "get_message_mechanism(&call, %s)".formatted(first.name());
                }
                case "m" -> {
                    String length = next();
                    puts.add("put_message_parameter(&call, %s, %s, %s)".formatted(first.name(), length, tagIsGiven()));
                    takeBack = "get_message_parameter(&call, %s, %s)".formatted(first.name(), length);
                }
                case "fy", "fu" -> buffer(first, part.equals("fy") ? "byte" : "ulong");
                default -> throw new IllegalArgumentException(call.name() + ": no such part: " + part);
            }
        }

        /** The room is what pulLength points to, or, where a call gets it by value, must all be there. */
        private void buffer(Declaration output, String item) {
            Declaration room = parameters.removeFirst();
            boolean byValue = !room.type().endsWith("_PTR");
            if (byValue) {
                checks.add("%s != NULL || %s == 0".formatted(output.name(), room.name()));
            }
            puts.add("put_%s_buffer(&call, %s, %s%s)".formatted(item, output.name(), byValue ? "&" : "", room.name()));
            outputLength = byValue ? "" : room.name();
            if (byValue && item.equals("byte")) {
                outputLength = "&" + room.name();
            }
        }

        private void get(String part) {
            switch (part) {
                case "ay" -> {
                    gets.add("get_byte_array(&call, %s)".formatted(outputLength));
                    if (outputLength.startsWith("&")) {
                        exact(outputLength.substring(1));
                    }
                }
                case "au" ->
                    gets.add("get_ulong_array(&call, %s)"
                            .formatted(outputLength.isEmpty() ? required(parameters.removeFirst()) : outputLength));
                case "m", "P" -> gets.add(takeBack);
                case "u" -> gets.add(number(parameters.removeFirst()));
                case "info" -> info(parameters.removeFirst());
                default -> throw new IllegalArgumentException(call.name() + ": no such part: " + part);
            }
        }

        /** Whether the caller's structure holds a tag to check, which C must not read before. */
        private String tagIsGiven() {
            return switch (function.name()) {
                case "C_DecryptMessage", "C_UnwrapKeyAuthenticated" -> "true";
                case "C_DecryptMessageNext" -> "(flags & CKF_END_OF_MESSAGE) != 0";
                default -> "false";
            };
        }

        /** Where the parameter takes what is derived, there is no other place for a handle (section 6.39, phKey). */
        private String number(Declaration place) {
            if (!call.response().equals("uP") || !function.name().equals("C_DeriveKey")) {
                return "get_ulong(&call, %s)".formatted(required(place));
            }
            checks.add("%s != NULL || parameter_takes_all(pMechanism)".formatted(place.name()));
            return "get_derived(&call, %s)".formatted(place.name());
        }

        /** Whoever asked for so many bytes is not served by fewer. */
        private void exact(String length) {
            puts.add(0, "CK_ULONG wanted = " + length);
            gets.add("call_require(&call, %s == wanted, CKR_DEVICE_ERROR)".formatted(length));
        }

        private void info(Declaration parameter) {
            String pointer = required(parameter);
            info = true;
            Group struct = structs.get(parameter.type().replaceAll("_PTR$", ""));
            StringBuilder signature = new StringBuilder();
            for (Declaration field : struct.members()) {
                String place = pointer + "->" + field.name();
                if (field.array() > 0) {
                    signature.append('s');
                    gets.add("get_space_string(&call, %s, sizeof %s)".formatted(place, place));
                } else if (field.type().equals("CK_VERSION")) {
                    signature.append('v');
                    gets.add("get_version(&call, &%s)".formatted(place));
                } else {
                    signature.append('u');
                    gets.add("get_ulong(&call, &%s)".formatted(place));
                }
            }
            if (!signature.toString().equals(call.response())) {
                throw new IllegalArgumentException(call.name() + ": the struct is written as " + signature);
            }
        }

        private String next() {
            return parameters.removeFirst().name();
        }

        private String required(Declaration output) {
            checks.add(output.name() + " != NULL");
            return output.name();
        }

        /** Callbacks stay on this side; what is reserved must be NULL (PKCS#11 section 5.4.4). */
        private boolean ignored(Declaration parameter) {
            if (parameter.name().equals("pRserved")) {
                checks.add("pRserved == NULL");
                return true;
            }
            if (parameter.name().equals("pApplication") || parameter.name().equals("Notify")) {
                unused.add(parameter.name());
                return true;
            }
            return false;
        }

        private List<String> parts(String signature) {
            if (signature.contains("v") || signature.matches("u{3,}|.*s.*") && signature.equals(call.response())) {
                return List.of("info");
            }
            List<String> parts = new ArrayList<>();
            for (int at = 0; at < signature.length(); ) {
                int length = signature.charAt(at) == 'a' || signature.charAt(at) == 'f' ? 2 : 1;
                parts.add(signature.substring(at, at + length));
                at += length;
            }
            return parts;
        }
    }
}
