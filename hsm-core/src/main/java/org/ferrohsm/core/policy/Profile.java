// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.policy;

import java.util.Arrays;
import java.util.Locale;
import org.ferrohsm.core.fault.Fault;

/** What a token guards against, chosen when it is initialised and fixed until it is initialised again. */
public enum Profile {
    /** Resists every known sequence of calls that takes a key out, and serves stock programs. */
    DEFAULT(0),
    /** One role for each key, approved mechanisms alone, wrapping by trusted keys alone. */
    STRICT(1),
    /** What old programs need: the specification and nothing beyond it. */
    COMPAT(2);

    private final int code;

    Profile(int code) {
        this.code = code;
    }

    /** The profile's number in what is stored. */
    public int code() {
        return code;
    }

    /**
     * The profile with a number.
     *
     * @throws org.ferrohsm.core.fault.HsmException DEVICE_ERROR if there is none
     */
    public static Profile of(int code) {
        return Arrays.stream(values())
                .filter(profile -> profile.code == code)
                .findFirst()
                .orElseThrow(() -> Fault.DEVICE_ERROR.because("there is no security profile with the number " + code));
    }

    /**
     * The profile with a name, as {@link #toString} gives it.
     *
     * @throws org.ferrohsm.core.fault.HsmException ARGUMENTS_BAD if there is none
     */
    public static Profile named(String name) {
        return Arrays.stream(values())
                .filter(profile -> profile.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> Fault.ARGUMENTS_BAD.because(
                        "there is no security profile \"" + name + "\": take default, strict or compat"));
    }

    /** The name that people write. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
