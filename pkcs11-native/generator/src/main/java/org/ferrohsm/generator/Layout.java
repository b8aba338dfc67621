// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.generator;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.ferrohsm.generator.Tables.Declaration;
import org.ferrohsm.generator.Tables.Group;

/** A mechanism parameter as it goes over the wire: the fields of a C struct, in order. */
record Layout(String struct, List<Field> fields) {

    enum Kind {
        /** A CK_ULONG, as u64. */
        ULONG,
        /** A CK_BYTE or CK_BBOOL. */
        BYTE,
        /** A pointer and the length beside it. */
        BYTES,
        /** A pointer and its length in bits beside it. */
        BITS,
        /** A pointer to a nonce and its length, which callers give in bytes or, as the specification has it, in bits. */
        NONCE,
        /** A pointer to a password, and beside it its length or, as CK_PKCS5_PBKD2_PARAMS had it, a pointer to that. */
        PASSWORD,
        /** A pointer to eight bytes. */
        EIGHT,
        /** A pointer to an array of CK_PRF_DATA_PARAM, and their number. */
        PRF_FIELDS,
        /** An array inside the struct. */
        FIXED,
        /** A pointer to another struct, whose fields follow. */
        STRUCT,
        /** A pointer to structs and the number of them. */
        ARRAY,
        /** A pointer to attributes and the number of them. */
        TEMPLATE,
        /** A pointer to where a handle goes that comes back; nothing is sent. */
        HANDLE_OUT,
        /** A pointer to where so many bytes go that come back; nothing is sent. */
        FIXED_OUT,
        /** A pointer to where bytes go that come back, and one to their number, which is sent. */
        BYTES_OUT,
        /** A pointer to a CK_SSL3_KEY_MAT_OUT that comes back; the bits of its IVs are another field's. */
        MATERIAL_OUT;

        /** Whether the field is written into the request. */
        boolean isSent() {
            return this != HANDLE_OUT && this != FIXED_OUT && this != MATERIAL_OUT;
        }
    }

    /** {@code length} is the name of the length's or number's field, {@code nested} the struct of STRUCT and ARRAY. */
    record Field(Kind kind, String name, String length, List<Field> nested, String nestedStruct) {
        Field(Kind kind, String name, String length) {
            this(kind, name, length, List.of(), "");
        }

        /** The same field of a struct that lies inside another under that name. */
        Field in(String outer) {
            return new Field(
                    kind, outer + "." + name, length.isEmpty() ? "" : outer + "." + length, nested, nestedStruct);
        }
    }

    private static final Field VERSION = new Field(Kind.FIXED_OUT, "pVersion", "sizeof(CK_VERSION)");

    private static final Field MATERIAL = new Field(Kind.MATERIAL_OUT, "pReturnedKeyMaterial", "ulIVSizeInBits");

    private static final Field PRF_FIELDS = new Field(Kind.PRF_FIELDS, "pDataParams", "ulNumberOfDataParams");

    /** Parameters that are a single number. */
    private static final Set<String> NUMBERS = Set.of("CK_ULONG", "CK_OBJECT_HANDLE", "CK_EXTRACT_PARAMS");

    /** Fields that are neither numbers nor bytes with their length: the kind, and the field beside them that goes along. */
    private static final Map<String, Field> SPECIAL = Map.ofEntries(
            entry("CK_CHACHA20_PARAMS.pBlockCounter", new Field(Kind.BITS, "pBlockCounter", "blockCounterBits")),
            entry("CK_CHACHA20_PARAMS.pNonce", new Field(Kind.BITS, "pNonce", "ulNonceBits")),
            entry("CK_SALSA20_PARAMS.pBlockCounter", new Field(Kind.EIGHT, "pBlockCounter", "")),
            entry("CK_SALSA20_PARAMS.pNonce", new Field(Kind.BITS, "pNonce", "ulNonceBits")),
            entry("CK_SALSA20_CHACHA20_POLY1305_PARAMS.pNonce", new Field(Kind.NONCE, "pNonce", "ulNonceLen")),
            entry("CK_PKCS5_PBKD2_PARAMS2.pPassword", new Field(Kind.PASSWORD, "pPassword", "ulPasswordLen")),
            entry("CK_PBE_PARAMS.pInitVector", new Field(Kind.FIXED_OUT, "pInitVector", "8")),
            entry("CK_SSL3_MASTER_KEY_DERIVE_PARAMS.pVersion", VERSION),
            entry("CK_TLS12_MASTER_KEY_DERIVE_PARAMS.pVersion", VERSION),
            entry("CK_TLS12_EXTENDED_MASTER_KEY_DERIVE_PARAMS.pVersion", VERSION),
            entry("CK_SSL3_KEY_MAT_PARAMS.pReturnedKeyMaterial", MATERIAL),
            entry("CK_TLS12_KEY_MAT_PARAMS.pReturnedKeyMaterial", MATERIAL),
            entry("CK_TLS_PRF_PARAMS.pOutput", new Field(Kind.BYTES_OUT, "pOutput", "pulOutputLen")),
            entry("CK_SP800_108_KDF_PARAMS.ulNumberOfDataParams", PRF_FIELDS),
            entry("CK_SP800_108_FEEDBACK_KDF_PARAMS.ulNumberOfDataParams", PRF_FIELDS));

    static boolean isNumber(String struct) {
        return NUMBERS.contains(struct);
    }

    static Layout of(String name, Map<String, Group> structs) {
        if (NUMBERS.contains(name)) {
            return new Layout(name, List.of(new Field(Kind.ULONG, "value", "")));
        }
        Group struct = structs.get(name);
        if (struct == null) {
            throw new IllegalArgumentException("no such struct: " + name);
        }
        return new Layout(name, fields(struct, structs));
    }

    private static List<Field> fields(Group struct, Map<String, Group> structs) {
        List<Field> fields = new ArrayList<>();
        Set<String> written = new HashSet<>();
        for (Declaration member : struct.members()) {
            if (written.contains(member.name())) {
                continue;
            }
            Field special = SPECIAL.get(struct.name() + "." + member.name());
            if (special != null) {
                fields.add(special);
                written.add(special.name());
                written.add(special.length());
                continue;
            }
            if (structs.containsKey(member.type())) {
                fields(structs.get(member.type()), structs).forEach(field -> fields.add(field.in(member.name())));
                continue;
            }
            Declaration pointer = pointerOf(struct, member);
            Declaration many = arrayOf(struct, member, structs);
            if (many != null) {
                String number = numberOf(struct, many).name();
                Group nested = structs.get(pointee(many.type()));
                fields.add(
                        isAttributes(many)
                                ? new Field(Kind.TEMPLATE, many.name(), number)
                                : new Field(Kind.ARRAY, many.name(), number, fields(nested, structs), nested.name()));
                written.add(many.name());
                written.add(number);
            } else if (member.type().equals("CK_OBJECT_HANDLE_PTR")) {
                fields.add(new Field(Kind.HANDLE_OUT, member.name(), ""));
            } else if (pointer != null) {
                Declaration length = lengthOf(struct, pointer);
                if (length == null) {
                    throw new IllegalArgumentException(
                            struct.name() + "." + pointer.name() + ": a pointer without a length");
                }
                fields.add(new Field(Kind.BYTES, pointer.name(), length.name()));
                written.add(pointer.name());
                written.add(length.name());
            } else if (structs.containsKey(pointee(member.type()))) {
                Group nested = structs.get(pointee(member.type()));
                fields.add(new Field(Kind.STRUCT, member.name(), "", fields(nested, structs), nested.name()));
            } else {
                fields.add(new Field(scalar(struct, member), member.name(), ""));
            }
        }
        return List.copyOf(fields);
    }

    private static Kind scalar(Group struct, Declaration member) {
        if (member.array() > 0) {
            return Kind.FIXED;
        }
        if (member.type().endsWith("_PTR")) {
            throw new IllegalArgumentException(struct.name() + "." + member.name() + ": a pointer without a length");
        }
        return member.type().equals("CK_BYTE") || member.type().equals("CK_BBOOL") ? Kind.BYTE : Kind.ULONG;
    }

    /** The pointer that {@code member} is, or is the length of; null if neither. */
    private static Declaration pointerOf(Group struct, Declaration member) {
        return struct.members().stream()
                .filter(Layout::isBytes)
                .filter(pointer -> pointer.equals(member) || member.equals(lengthOf(struct, pointer)))
                .findFirst()
                .orElse(null);
    }

    /** The pointer to several structs or attributes that {@code member} is, or is the number of; null if neither. */
    private static Declaration arrayOf(Group struct, Declaration member, Map<String, Group> structs) {
        return struct.members().stream()
                .filter(pointer -> isAttributes(pointer) || structs.containsKey(pointee(pointer.type())))
                .filter(pointer -> numberOf(struct, pointer) != null)
                .filter(pointer -> pointer.equals(member) || member.equals(numberOf(struct, pointer)))
                .findFirst()
                .orElse(null);
    }

    private static boolean isAttributes(Declaration member) {
        return member.type().equals("CK_ATTRIBUTE_PTR");
    }

    /** The number beside a pointer; null where it points to one struct alone. */
    private static Declaration numberOf(Group struct, Declaration pointer) {
        String bare = pointer.name().substring(1);
        return struct.members().stream()
                .filter(member -> Set.of("ul" + bare, "ulNumberOf" + bare).contains(member.name())
                        || (isAttributes(pointer) && member.name().equals("ulAttributeCount")))
                .findFirst()
                .orElse(null);
    }

    private static boolean isBytes(Declaration member) {
        return Set.of("CK_BYTE_PTR", "CK_VOID_PTR", "CK_UTF8CHAR_PTR").contains(member.type());
    }

    /** The length beside a pointer; null where there is none, as beside what comes back. */
    private static Declaration lengthOf(Group struct, Declaration pointer) {
        String bare = pointer.name().substring(1);
        return Stream.of("ul" + bare + "Len", "ul" + bare + "Length", "ulLen", "length")
                .flatMap(name ->
                        struct.members().stream().filter(member -> member.name().equals(name)))
                .findFirst()
                .orElse(null);
    }

    private static String pointee(String type) {
        return type.endsWith("_PTR") ? type.substring(0, type.length() - 4) : "";
    }
}
