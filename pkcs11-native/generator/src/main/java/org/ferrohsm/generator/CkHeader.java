// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.generator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ferrohsm.generator.Tables.Constant;
import org.ferrohsm.generator.Tables.Declaration;
import org.ferrohsm.generator.Tables.Group;

/** Writes {@code ck.h}, the C header of PKCS#11 3.2. */
final class CkHeader {
    /** The last function of each function list; each list extends the one before it. */
    private static final Map<String, String> LISTS = new TreeMap<>(Map.of(
            "CK_FUNCTION_LIST", "C_WaitForSlotEvent",
            "CK_FUNCTION_LIST_3_0", "C_MessageVerifyFinal",
            "CK_FUNCTION_LIST_3_2", "C_UnwrapKeyAuthenticated"));

    private static final Map<String, String> BASE = Map.of(
            "CK_BYTE", "unsigned char",
            "CK_CHAR", "unsigned char",
            "CK_UTF8CHAR", "unsigned char",
            "CK_BBOOL", "unsigned char",
            "CK_ULONG", "unsigned long",
            "CK_LONG", "long");

    private static final Set<String> CALLBACKS =
            Set.of("CK_NOTIFY", "CK_CREATEMUTEX", "CK_DESTROYMUTEX", "CK_LOCKMUTEX", "CK_UNLOCKMUTEX");

    /** Types of values that no function and no struct of the tables names. */
    private static final List<String> VALUES = List.of(
            "CK_NOTIFICATION",
            "CK_OBJECT_CLASS",
            "CK_KEY_TYPE",
            "CK_CERTIFICATE_TYPE",
            "CK_CERTIFICATE_CATEGORY",
            "CK_JAVA_MIDP_SECURITY_DOMAIN",
            "CK_HW_FEATURE_TYPE",
            "CK_PROFILE_ID",
            "CK_TRUST",
            "CK_ML_KEM_PARAMETER_SET_TYPE",
            "CK_ML_DSA_PARAMETER_SET_TYPE",
            "CK_SLH_DSA_PARAMETER_SET_TYPE",
            "CK_VALIDATION_AUTHORITY_TYPE",
            "CK_VALIDATION_TYPE",
            "CK_MAC_GENERAL_PARAMS",
            "CK_EXTRACT_PARAMS",
            "CK_RC2_PARAMS");

    private CkHeader() {}

    static void write(Path spec, Path output) throws IOException {
        List<Group> structs = Tables.groups(spec.resolve("structs.csv"));
        List<Group> functions = Tables.groups(spec.resolve("functions.csv"));
        StringBuilder out = new StringBuilder("""
                /* PKCS#11 3.2, generated from the tables in pkcs11-native/spec. */
                #ifndef FERROHSM_CK_H
                #define FERROHSM_CK_H

                typedef void *CK_VOID_PTR;
                typedef CK_VOID_PTR *CK_VOID_PTR_PTR;
                """);
        new TreeMap<>(BASE).forEach((type, c) -> type(out, c, type));
        types(structs, functions).forEach(type -> type(out, "CK_ULONG", type));
        out.append("typedef CK_ULONG CK_RV;\n\n");
        for (Constant constant : Tables.constants(spec)) {
            out.append("#define %s %sUL%n".formatted(constant.name(), constant.value()));
        }
        out.append("""

                typedef CK_RV (*CK_NOTIFY)(CK_SESSION_HANDLE, CK_NOTIFICATION, CK_VOID_PTR);
                typedef CK_RV (*CK_CREATEMUTEX)(CK_VOID_PTR_PTR);
                typedef CK_RV (*CK_DESTROYMUTEX)(CK_VOID_PTR);
                typedef CK_RV (*CK_LOCKMUTEX)(CK_VOID_PTR);
                typedef CK_RV (*CK_UNLOCKMUTEX)(CK_VOID_PTR);

                """);
        Stream.concat(structs.stream().map(Group::name), LISTS.keySet().stream())
                .forEach(name -> type(out, "struct " + name, name));
        out.append("typedef CK_INTERFACE_PTR *CK_INTERFACE_PTR_PTR;\n");
        LISTS.keySet().forEach(list -> out.append("typedef %s_PTR *%s_PTR_PTR;%n".formatted(list, list)));
        for (Group struct : structs) {
            out.append("%nstruct %s {%n".formatted(struct.name()));
            struct.members().forEach(member -> out.append("    %s;%n".formatted(declaration(member))));
            out.append("};\n");
        }
        out.append("\n#pragma GCC visibility push(default)\n");
        for (Group function : functions) {
            out.append("extern CK_RV %s(%s);%n".formatted(function.name(), parameters(function)));
            out.append("typedef CK_RV (*CK_%s)(%s);%n".formatted(function.name(), parameters(function)));
        }
        out.append("#pragma GCC visibility pop\n");
        LISTS.forEach((list, last) -> {
            out.append("%nstruct %s {%n    CK_VERSION version;%n".formatted(list));
            upTo(functions, last).forEach(function -> out.append("    CK_%s %s;%n".formatted(function, function)));
            out.append("};\n");
        });
        out.append("\n#endif\n");
        Tables.write(output.resolve("ck.h"), out.toString());
    }

    /** Writes the three function lists. */
    static void writeLists(Path spec, Path output) throws IOException {
        List<Group> functions = Tables.groups(spec.resolve("functions.csv"));
        StringBuilder header = new StringBuilder("#include \"ck.h\"\n\n");
        StringBuilder source = new StringBuilder("#include \"functionlists.h\"\n");
        Map<String, String> versions =
                Map.of("CK_FUNCTION_LIST", "2, 40", "CK_FUNCTION_LIST_3_0", "3, 0", "CK_FUNCTION_LIST_3_2", "3, 2");
        LISTS.forEach((list, last) -> {
            String version = versions.get(list);
            String variable = "function_list_" + version.replace(", ", "_");
            header.append("extern %s %s;%n".formatted(list, variable));
            source.append("%n%s %s = {%n    .version = {%s},%n".formatted(list, variable, version));
            upTo(functions, last).forEach(name -> source.append("    .%s = %s,%n".formatted(name, name)));
            source.append("};\n");
        });
        Tables.write(output.resolve("functionlists.h"), header.toString());
        Tables.write(output.resolve("functionlists.c"), source.toString());
    }

    static String parameters(Group function) {
        return function.members().stream().map(CkHeader::declaration).collect(Collectors.joining(", "));
    }

    private static List<String> upTo(List<Group> functions, String last) {
        List<String> names = functions.stream().map(Group::name).toList();
        return names.subList(0, names.indexOf(last) + 1);
    }

    private static String declaration(Declaration member) {
        return member.type() + " " + member.name() + (member.array() > 0 ? "[" + member.array() + "]" : "");
    }

    private static void type(StringBuilder out, String definition, String type) {
        out.append("typedef %s %s;%ntypedef %s *%s_PTR;%n".formatted(definition, type, type, type));
    }

    /** The types that derive from CK_ULONG: all that the tables use and nothing else defines. */
    private static Set<String> types(List<Group> structs, List<Group> functions) {
        Set<String> known = new HashSet<>(BASE.keySet());
        known.addAll(CALLBACKS);
        known.addAll(LISTS.keySet());
        known.add("CK_VOID");
        structs.forEach(struct -> known.add(struct.name()));
        return Stream.concat(
                        Stream.concat(structs.stream(), functions.stream())
                                .flatMap(group -> group.members().stream())
                                .map(Declaration::type),
                        VALUES.stream())
                .map(type -> type.replaceAll("(_PTR)+$", ""))
                .filter(type -> !known.contains(type))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
