// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.boot;

import java.util.EnumMap;
import java.util.Map;
import org.ferrohsm.core.fault.Fault;

/** Reads {@code key = value} lines; {@code #} begins a comment line. */
final class ConfigFile {
    private ConfigFile() {}

    /**
     * The values in {@code text}.
     *
     * @throws org.ferrohsm.core.fault.HsmException ARGUMENTS_BAD that names place and line
     */
    static Map<ConfigKey, String> parse(String place, String text) {
        Map<ConfigKey, String> values = new EnumMap<>(ConfigKey.class);
        int number = 0;
        for (String raw : text.split("\n", -1)) {
            number++;
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String where = place + " line " + number;
            int equals = line.indexOf('=');
            if (equals < 1) {
                throw Fault.ARGUMENTS_BAD.because(where + " is no \"key = value\": " + line);
            }
            ConfigKey key = key(where, line.substring(0, equals).strip());
            if (values.put(key, line.substring(equals + 1).strip()) != null) {
                throw Fault.ARGUMENTS_BAD.because(where + " gives " + key.key() + " a second time");
            }
        }
        return values;
    }

    /** The key of this name; an unknown one is refused with the nearest that there is. */
    static ConfigKey key(String where, String name) {
        ConfigKey nearest = ConfigKey.STORE;
        int least = Integer.MAX_VALUE;
        for (ConfigKey key : ConfigKey.values()) {
            if (key.key().equals(name)) {
                return key;
            }
            int distance = distance(key.key(), name);
            if (distance < least) {
                least = distance;
                nearest = key;
            }
        }
        throw Fault.ARGUMENTS_BAD.because(
                where + " has the unknown key \"" + name + "\"; did you mean \"" + nearest.key() + "\"?");
    }

    /** Levenshtein distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
