// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.generator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the tables that the decoder in {@code org.ferrohsm.bridge.wire} works from. */
final class WireClasses {
    private static final String PACKAGE = "package org.ferrohsm.bridge.wire;\n\n";

    private WireClasses() {}

    static void write(Definitions definitions, Path output) throws IOException {
        Path folder = output.resolve("org/ferrohsm/bridge/wire");
        Tables.write(folder.resolve("Call.java"), call(definitions));
        Tables.write(folder.resolve("AttributeKind.java"), attributeKind(definitions));
        Tables.write(folder.resolve("ParameterLayout.java"), parameterLayout(definitions));
    }

    private static String call(Definitions definitions) {
        List<Definitions.Call> calls =
                definitions.calls().stream().filter(Definitions.Call::onWire).toList();
        String constants = calls.stream()
                .map(call ->
                        "    %s(%d, \"%s\", \"%s\")".formatted(call.name(), call.id(), call.request(), call.response()))
                .collect(Collectors.joining(",\n"));
        String cases = calls.stream()
                .map(call -> "            case %d -> %s;%n".formatted(call.id(), call.name()))
                .collect(Collectors.joining());
        return PACKAGE + """
                import org.jspecify.annotations.Nullable;

                /** The messages of the wire, generated from functions.def; docs/spec/wire.md explains the signatures. */
                public enum Call {
                %s;

                    private final int id;
                    private final String request;
                    private final String response;

                    Call(int id, String request, String response) {
                        this.id = id;
                        this.request = request;
                        this.response = response;
                    }

                    public int id() {
                        return id;
                    }

                    /** The parts of a request. */
                    public String request() {
                        return request;
                    }

                    /** The parts of an answer that reports success. */
                    public String response() {
                        return response;
                    }

                    /** The call with this id, null if there is none. */
                    public static @Nullable Call of(int id) {
                        return switch (id) {
                %s            default -> null;
                        };
                    }
                }
                """.formatted(constants, cases);
    }

    private static String attributeKind(Definitions definitions) {
        return PACKAGE + """
                /** How the value of an attribute is written, generated from attributes.def. */
                public enum AttributeKind {
                    BYTE,
                    ULONG,
                    DATE,
                    MECHANISM_TYPE_ARRAY,
                    ATTRIBUTE_ARRAY,
                    BYTE_ARRAY;

                    /** The kind of the attribute {@code type}, from 0 to ffffffff. */
                    public static AttributeKind of(long type) {
                        return switch ((int) type) {
                %s            default -> BYTE_ARRAY;
                        };
                    }
                }
                """.formatted(cases(definitions.attributeKinds()));
    }

    private static String parameterLayout(Definitions definitions) {
        String constants = definitions.layouts().stream()
                .map(layout -> "    %s(%s)"
                        .formatted(
                                layout.struct(),
                                flat(layout.fields())
                                        .map(field -> "%s(\"%s\")".formatted(factory(field.kind()), field.name()))
                                        .collect(Collectors.joining(", "))))
                .collect(Collectors.joining(",\n"));
        Map<Long, String> names = new TreeMap<>(definitions.mechanismLayouts());
        names.replaceAll((mechanism, layout) -> layout.equals("none") ? "NONE" : layout);
        return PACKAGE + """
                import java.util.List;

                /** How the parameter of a mechanism is written, generated from mechanisms.def and structs.csv. */
                public enum ParameterLayout {
                    /** The mechanism takes no parameter, and not even its absence is written. */
                    NONE,
                    /** A byte array. */
                    BYTES(bytes("value")),
                %s;

                    /** What a field is on the wire: u64, one byte, u32 length and bytes, u32 number and structs, or a template. */
                    public enum Kind {
                        ULONG,
                        BYTE,
                        BYTES,
                        ARRAY,
                        TEMPLATE
                    }

                    /** A field of the C struct, by its name there; of pointer and length the pointer. */
                    public record Field(String name, Kind kind) {}

                    private final List<Field> fields;

                    ParameterLayout(Field... fields) {
                        this.fields = List.of(fields);
                    }

                    /** The fields in the order of the wire. */
                    public List<Field> fields() {
                        return fields;
                    }

                    /** The layout for the mechanism {@code type}, from 0 to fffffffe. */
                    public static ParameterLayout of(long type) {
                        return switch ((int) type) {
                %s            default -> BYTES;
                        };
                    }

                    private static Field ulong(String name) {
                        return new Field(name, Kind.ULONG);
                    }

                    private static Field single(String name) {
                        return new Field(name, Kind.BYTE);
                    }

                    private static Field bytes(String name) {
                        return new Field(name, Kind.BYTES);
                    }

                    private static Field array(String name) {
                        return new Field(name, Kind.ARRAY);
                    }
                }
                """.formatted(constants, cases(names));
    }

    private static Stream<Layout.Field> flat(List<Layout.Field> fields) {
        return fields.stream()
                .filter(field -> field.kind().isSent())
                .flatMap(field -> field.kind() == Layout.Kind.STRUCT ? flat(field.nested()) : Stream.of(field));
    }

    private static String factory(Layout.Kind kind) {
        return switch (kind) {
            case ULONG, BYTES_OUT -> "ulong";
            case BYTE -> "single";
            case ARRAY -> "array";
            case TEMPLATE -> "template";
            default -> "bytes";
        };
    }

    /** One {@code case} per result, with all its numbers. */
    private static String cases(Map<Long, String> rows) {
        Map<String, List<String>> byResult = rows.entrySet().stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getValue,
                        TreeMap::new,
                        Collectors.mapping(row -> "0x%x".formatted(row.getKey()), Collectors.toList())));
        return byResult.entrySet().stream()
                .map(row -> "            case %s -> %s;%n".formatted(String.join(", ", row.getValue()), row.getKey()))
                .collect(Collectors.joining());
    }
}
