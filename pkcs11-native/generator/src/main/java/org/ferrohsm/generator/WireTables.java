// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.generator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes {@code wiretables.c}: attribute kinds and mechanism layouts, by number. */
final class WireTables {
    private WireTables() {}

    static void write(Definitions definitions, Path output) throws IOException {
        StringBuilder out = new StringBuilder("""
                #include "wiretables.h"

                const struct layout layout_none = {0, 0, NULL};
                const struct layout layout_bytes = {0, 0, NULL};
                """);
        Map<String, List<Layout.Field>> structs = new TreeMap<>();
        definitions.layouts().forEach(layout -> structs.put(layout.struct(), layout.fields()));
        definitions.layouts().stream()
                .flatMap(layout -> layout.fields().stream())
                .filter(field -> !field.nestedStruct().isEmpty())
                .forEach(field -> structs.put(field.nestedStruct(), field.nested()));
        structs.keySet().forEach(name -> out.append("%nstatic const struct layout layout_%s;".formatted(name)));
        out.append('\n');
        structs.forEach((name, fields) -> layout(out, name, fields));
        Map<Long, String> layouts = new TreeMap<>(definitions.mechanismLayouts());
        layouts.replaceAll((mechanism, name) -> "&layout_" + name);
        lookup(
                out,
                "enum attribute_kind attribute_kind(CK_ATTRIBUTE_TYPE type)",
                kinds(definitions),
                "KIND_BYTE_ARRAY");
        lookup(out, "const struct layout *mechanism_layout(CK_MECHANISM_TYPE type)", layouts, "&layout_bytes");
        Tables.write(output.resolve("wiretables.c"), out.toString());
    }

    private static Map<Long, String> kinds(Definitions definitions) {
        Map<Long, String> kinds = new TreeMap<>(definitions.attributeKinds());
        kinds.replaceAll((type, kind) -> "KIND_" + kind);
        return kinds;
    }

    private static void layout(StringBuilder out, String struct, List<Layout.Field> fields) {
        String rows = fields.stream()
                .map(field -> "    {%s},\n".formatted(row(struct, field)))
                .collect(Collectors.joining());
        out.append("%nstatic const struct field fields_%s[] = {%n%s};%n".formatted(struct, rows));
        out.append("static const struct layout layout_%s = {sizeof(%s), %d, fields_%s};%n"
                .formatted(struct, struct, fields.size(), struct));
    }

    private static String row(String struct, Layout.Field field) {
        String offset = Layout.isNumber(struct) ? "0" : "offsetof(%s, %s)".formatted(struct, field.name());
        return switch (field.kind()) {
            case ULONG -> "FIELD_ULONG, %s, 0, NULL".formatted(offset);
            case BYTE -> "FIELD_BYTE, %s, 0, NULL".formatted(offset);
            case BYTES -> "FIELD_BYTES, %s, offsetof(%s, %s), NULL".formatted(offset, struct, field.length());
            case BITS, NONCE, PASSWORD, PRF_FIELDS ->
                "FIELD_%s, %s, offsetof(%s, %s), NULL".formatted(field.kind(), offset, struct, field.length());
            case EIGHT -> "FIELD_EIGHT, %s, 8, NULL".formatted(offset);
            case FIXED -> "FIELD_FIXED, %s, sizeof(((%s *) 0)->%s), NULL".formatted(offset, struct, field.name());
            case ARRAY ->
                "FIELD_ARRAY, %s, offsetof(%s, %s), &layout_%s"
                        .formatted(offset, struct, field.length(), field.nestedStruct());
            case TEMPLATE -> "FIELD_TEMPLATE, %s, offsetof(%s, %s), NULL".formatted(offset, struct, field.length());
            case HANDLE_OUT -> "FIELD_HANDLE_OUT, %s, 0, NULL".formatted(offset);
            case FIXED_OUT -> "FIELD_FIXED_OUT, %s, %s, NULL".formatted(offset, field.length());
            case BYTES_OUT, MATERIAL_OUT ->
                "FIELD_%s, %s, offsetof(%s, %s), NULL".formatted(field.kind(), offset, struct, field.length());
            case STRUCT -> "FIELD_STRUCT, %s, 0, &layout_%s".formatted(offset, field.nestedStruct());
        };
    }

    private static void lookup(StringBuilder out, String function, Map<Long, String> rows, String otherwise) {
        out.append("%n%s%n{%n    switch (type) {%n".formatted(function));
        rows.forEach((number, result) -> out.append("    case 0x%x: return %s;%n".formatted(number, result)));
        out.append("    default: return %s;%n    }%n}%n".formatted(otherwise));
    }
}
