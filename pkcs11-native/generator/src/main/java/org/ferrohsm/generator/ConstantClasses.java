// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.generator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.ferrohsm.generator.Tables.Constant;

/** Writes {@code org.ferrohsm.core.ck}: one class of constants per kind ({@code Cka}, {@code Ckm} ...). */
final class ConstantClasses {
    /** Kinds where a value means different things in different places: a name for the value would mislead. */
    private static final Set<String> NAMELESS = Set.of("CK", "CKF", "CKG", "CKH", "CKP", "CKV", "CKZ");

    /** Where several names share a value the first one speaks for it, except where the first is the deprecated one. */
    private static final Set<String> PREFERRED = Set.of("CKA_EC_PARAMS", "CKK_EC", "CKM_EC_KEY_PAIR_GEN");

    private ConstantClasses() {}

    static void write(Path spec, Path output) throws IOException {
        Path folder = output.resolve("org/ferrohsm/core/ck");
        Map<String, List<Constant>> kinds = new TreeMap<>();
        for (Constant constant : Tables.constants(spec)) {
            kinds.computeIfAbsent(constant.kind(), kind -> new ArrayList<>()).add(constant);
        }
        for (Map.Entry<String, List<Constant>> kind : kinds.entrySet()) {
            String name = className(kind.getKey());
            Tables.write(folder.resolve(name + ".java"), source(kind.getKey(), name, kind.getValue()));
        }
        Tables.write(folder.resolve("package-info.java"), """
                /** The constants of PKCS#11 3.2, generated from the table in pkcs11-native. */
                @NullMarked
                package org.ferrohsm.core.ck;

                import org.jspecify.annotations.NullMarked;
                """);
    }

    private static String className(String kind) {
        return "C" + kind.substring(1).toLowerCase(Locale.ROOT);
    }

    private static String source(String kind, String name, List<Constant> constants) {
        boolean named = !NAMELESS.contains(kind);
        StringBuilder out = new StringBuilder("package org.ferrohsm.core.ck;\n\n");
        if (named) {
            out.append("import java.util.HashMap;\nimport java.util.Map;\n\n");
        }
        out.append("/** The ").append(kind).append("_ constants of PKCS#11 3.2. */\n");
        out.append("public final class ").append(name).append(" {\n");
        for (Constant constant : constants) {
            out.append("    public static final long %s = %sL;%n".formatted(constant.name(), constant.value()));
        }
        out.append("\n    private ").append(name).append("() {}\n");
        if (named) {
            names(kind, constants, out);
        }
        return out.append("}\n").toString();
    }

    private static void names(String kind, List<Constant> constants, StringBuilder out) {
        Map<Long, String> names = new LinkedHashMap<>();
        for (Constant constant : constants) {
            if (PREFERRED.contains(constant.name())) {
                names.put(constant.number(), constant.name());
            } else {
                names.putIfAbsent(constant.number(), constant.name());
            }
        }
        out.append("""

                    /** The specification's name for {@code value}, for messages; {@code %s_0x...} where it has none. */
                    public static String name(long value) {
                        String name = Names.BY_VALUE.get(value);
                        return name != null ? name : "%s_0x" + Long.toHexString(value);
                    }

                    private static final class Names {
                        static final Map<Long, String> BY_VALUE = byValue();

                        private static Map<Long, String> byValue() {
                            Map<Long, String> names = new HashMap<>();
                """.formatted(kind, kind));
        names.forEach((value, name) -> out.append("            names.put(0x%xL, \"%s\");%n".formatted(value, name)));
        out.append("            return Map.copyOf(names);\n        }\n    }\n");
    }
}
