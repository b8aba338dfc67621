// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
import java.security.ProviderException;
import java.security.Security;

/** {@code JavaHost LIBRARY}: a Java program that loads the library through SunPKCS11, so that there already is a JVM. */
final class JavaHost {
    private JavaHost() {}

    public static void main(String[] arguments) {
        try {
            Security.getProvider("SunPKCS11").configure("--name=host\nshowInfo=true\nlibrary=" + arguments[0] + "\n");
        } catch (ProviderException e) {
            // The stand-in has no slots, which SunPKCS11 finds out after it has shown the library's info.
            System.out.println(e.getMessage());
        }
    }
}
