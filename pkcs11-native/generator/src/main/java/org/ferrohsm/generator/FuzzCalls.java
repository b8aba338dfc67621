// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.generator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.ferrohsm.generator.Definitions.Call;
import org.ferrohsm.generator.Tables.Declaration;
import org.ferrohsm.generator.Tables.Group;

/** Writes {@code fuzzcalls.c}: a call of every function that sends a message, its arguments made of a fuzzer's input. */
final class FuzzCalls {
    private static final Set<String> LIFE_CYCLE = Set.of("C_Initialize", "C_Finalize");

    private FuzzCalls() {}

    static void write(Path spec, Definitions definitions, Path output) throws IOException {
        Map<String, Group> functions = new HashMap<>();
        Tables.groups(spec.resolve("functions.csv")).forEach(function -> functions.put(function.name(), function));
        List<Call> calls = definitions.calls().stream()
                .filter(call -> call.onWire() && !call.function().isEmpty() && !LIFE_CYCLE.contains(call.name()))
                .toList();
        StringBuilder out = new StringBuilder("""
                #include "functions.h"
                #include "fuzzcalls.h"
                #include "hostile.h"
                """);
        calls.forEach(call -> out.append(body(call, functions.get(call.function()))));
        out.append("%ntypedef CK_RV (*caller)(struct input *in);%nstatic const caller callers[] = {%n".formatted());
        calls.forEach(call -> out.append("    call_%s,%n".formatted(call.function())));
        out.append("""
                };

                CK_RV fuzz_call(struct input *in)
                {
                    return callers[input_byte(in) % (sizeof callers / sizeof callers[0])](in);
                }
                """);
        String mechanisms = definitions.mechanismLayouts().entrySet().stream()
                .filter(row -> !row.getValue().equals("none"))
                .map(row -> "    0x%x,%n".formatted(row.getKey()))
                .collect(Collectors.joining());
        out.append("%nconst CK_MECHANISM_TYPE fuzz_mechanisms[] = {%n%s};%n".formatted(mechanisms));
        out.append("const size_t fuzz_mechanism_count = sizeof fuzz_mechanisms / sizeof fuzz_mechanisms[0];%n"
                .formatted());
        Tables.write(output.resolve("fuzzcalls.c"), out.toString());
    }

    private static String body(Call call, Group function) {
        StringBuilder out = new StringBuilder();
        out.append("%nstatic CK_RV call_%s(struct input *in)%n{%n".formatted(function.name()));
        Deque<Declaration> left = new ArrayDeque<>(function.members());
        while (!left.isEmpty()) {
            argument(call, out, left);
        }
        String names = function.members().stream().map(Declaration::name).collect(Collectors.joining(", "));
        out.append("    hostile_answer(in, CALL_%s, RESPONSE_%s);%n".formatted(call.name(), call.name()));
        return out.append("    return %s(%s);%n}%n".formatted(function.name(), names))
                .toString();
    }

    /** Declares the next argument, and its length where it has one. */
    private static void argument(Call call, StringBuilder out, Deque<Declaration> left) {
        Declaration argument = left.removeFirst();
        String next = left.isEmpty() ? "" : left.getFirst().type();
        String type = argument.type();
        String name = argument.name();
        if (!type.endsWith("_PTR")) {
            String value = switch (type) {
                case "CK_NOTIFY" -> "NULL";
                case "CK_BBOOL", "CK_BYTE" -> "input_byte(in)";
                default -> "input_ulong(in)";
            };
            out.append("    %s %s = %s;%n".formatted(type, name, value));
        } else if (type.equals("CK_MECHANISM_PTR")) {
            out.append("    %s %s = hostile_mechanism(in, %s);%n"
                    .formatted(type, name, call.request().contains("N")));
        } else if (name.equals("pFunctionName")) {
            out.append("    %s %s = hostile_text(in);%n".formatted(type, name));
        } else if (next.equals("CK_ULONG")) {
            String length = left.removeFirst().name();
            out.append("    CK_ULONG %s;%n".formatted(length));
            out.append("    %s %s = %s(in, &%s);%n".formatted(type, name, maker(call, argument), length));
        } else if (next.equals("CK_ULONG_PTR")) {
            String length = left.removeFirst().name();
            out.append("    %s %s;%n".formatted(type, name));
            out.append("    CK_ULONG_PTR %s = hostile_room(in, (void **) &%s, sizeof *%s);%n"
                    .formatted(length, name, name));
        } else if (type.equals("CK_UTF8CHAR_PTR")) {
            out.append("    %s %s = hostile_text(in);%n".formatted(type, name));
        } else {
            String size = type.equals("CK_VOID_PTR") ? "sizeof(CK_ULONG)" : "sizeof *" + name;
            out.append("    %s %s = hostile_place(in, %s);%n".formatted(type, name, size));
        }
    }

    private static String maker(Call call, Declaration argument) {
        if (argument.type().equals("CK_ATTRIBUTE_PTR")) {
            return call.request().contains("fA") ? "hostile_rooms" : "hostile_template";
        }
        if (argument.name().equals("pParameter") && call.request().contains("m")) {
            return "hostile_message_parameter";
        }
        return switch (argument.name()) {
            case "phObject" -> "hostile_ulongs";
            case "RandomData" -> "hostile_block";
            default -> "hostile_bytes";
        };
    }
}
