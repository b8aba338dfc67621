// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.seal;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.Security;
import javax.crypto.Cipher;
import org.ferrohsm.core.fault.Fault;

/**
 * The JDK's own providers, named outright: a host program may have put another one first in its list, even FerroHSM
 * itself, and what unseals the store must not ask the store.
 */
public final class HostJce {
    private HostJce() {}

    /** AES-GCM, to be initialised by the caller. */
    static Cipher aesGcm() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding", provider("SunJCE"));
        } catch (GeneralSecurityException e) {
            throw Fault.GENERAL_ERROR.because("this Java runtime has no AES-GCM", e);
        }
    }

    /** SHA-256, for one thread. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256", provider("SUN"));
        } catch (GeneralSecurityException e) {
            throw Fault.GENERAL_ERROR.because("this Java runtime has no SHA-256", e);
        }
    }

    private static Provider provider(String name) {
        Provider provider = Security.getProvider(name);
        if (provider == null) {
            throw Fault.GENERAL_ERROR.because("the provider " + name
                    + " has been taken off this Java runtime's list (java.security); FerroHSM needs it to unseal");
        }
        return provider;
    }
}
