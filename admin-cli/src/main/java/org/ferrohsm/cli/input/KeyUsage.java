// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.input;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.ferrohsm.cli.output.CliException;
import org.ferrohsm.cli.output.ExitCode;
import org.ferrohsm.core.ck.Cka;

/** What a key may be used for. Each is an attribute of the half that keeps the secret and one of the half that need not. */
public enum KeyUsage {
    SIGN(Cka.CKA_SIGN, "verify", Cka.CKA_VERIFY),
    DECRYPT(Cka.CKA_DECRYPT, "encrypt", Cka.CKA_ENCRYPT),
    UNWRAP(Cka.CKA_UNWRAP, "wrap", Cka.CKA_WRAP),
    DERIVE(Cka.CKA_DERIVE, "derive", Cka.CKA_DERIVE);

    private final long secretHalf;
    private final String counterpart;
    private final long openHalf;

    KeyUsage(long secretHalf, String counterpart, long openHalf) {
        this.secretHalf = secretHalf;
        this.counterpart = counterpart;
        this.openHalf = openHalf;
    }

    /** The uses in a list such as {@code sign,decrypt}; either half's name stands for both. */
    public static Set<KeyUsage> of(String list) {
        Set<KeyUsage> uses = EnumSet.noneOf(KeyUsage.class);
        for (String word : list.split(",", -1)) {
            String name = word.strip().toLowerCase(Locale.ROOT);
            uses.add(Arrays.stream(values())
                    .filter(use -> use.toString().equals(name) || use.counterpart.equals(name))
                    .findFirst()
                    .orElseThrow(() -> new CliException(
                            ExitCode.USAGE,
                            "--usage " + word
                                    + " is unknown: take sign, decrypt, unwrap, derive, separated by commas")));
        }
        return uses;
    }

    /** The attribute of the private or secret key. */
    public long secretHalf() {
        return secretHalf;
    }

    /** The attribute of the public key, or the other one of a secret key. */
    public long openHalf() {
        return openHalf;
    }

    /** The name of the public key's use. */
    public String counterpart() {
        return counterpart;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
