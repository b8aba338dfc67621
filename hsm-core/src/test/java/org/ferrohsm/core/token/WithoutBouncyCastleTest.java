// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.attribute.SecretAttributes;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.seal.RootLabel;
import org.ferrohsm.core.secret.SecretBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loading Bouncy Castle costs a process that only lists slots half of its time. */
class WithoutBouncyCastleTest {
    @TempDir
    Path folder;

    @Test
    void what_is_open_before_a_login_needs_no_bouncy_castle() throws Exception {
        try (URLClassLoader loader = loaderWithoutBouncyCastle()) {
            assertEquals(new PinState(false, 0, 10) + " public", run(loader, BeforeLogin.class));
        }
    }

    @Test
    void a_login_needs_it() throws Exception {
        try (URLClassLoader loader = loaderWithoutBouncyCastle()) {
            NoClassDefFoundError missing = assertThrows(NoClassDefFoundError.class, () -> run(loader, Login.class));
            assertTrue(String.valueOf(missing.getMessage()).contains("bouncycastle"));
        }
    }

    /** Looks at a PIN's state, and seals and opens a public object. */
    static final class BeforeLogin implements Function<Path, String> {
        @Override
        public String apply(Path folder) {
            try (SealedStore sealed = SealedStore.inMemory(folder);
                    TokenKeys keys = TokenKeys.beforeLogin(sealed.root, SealedStore.TOKEN, Initialisation.FIRST)) {
                sealed.insertTokens();
                sealed.store.write(tx -> {
                    PinRow.empty().write(tx, SealedStore.TOKEN, sealed.root.key(RootLabel.STATE));
                    return true;
                });
                AttributeSet attributes = AttributeSet.builder()
                        .put(Cka.CKA_PRIVATE, false)
                        .put(Cka.CKA_LABEL, new byte[] {1})
                        .build();
                HsmObject object = new HsmObject(new UUID(1, 2), 1, attributes, SecretAttributes.none());
                ObjectSealer sealer = new ObjectSealer(sealed.random);
                HsmObject opened = sealer.open(sealer.seal(object, keys), keys);
                return sealed.guard(10).status(SealedStore.TOKEN, Role.USER)
                        + (opened.isPrivate() ? " private" : " public");
            }
        }
    }

    /** Hashes a PIN. */
    static final class Login implements Function<Path, String> {
        @Override
        public String apply(Path folder) {
            try (SealedStore sealed = SealedStore.inMemory(folder);
                    SecretBytes pin = SecretBytes.random(4, sealed.random)) {
                return sealed.guard(10)
                        .prepare(SealedStore.TOKEN, Role.USER, pin, pin)
                        .toString();
            }
        }
    }

    /** Runs the class as another, loaded by {@code loader}. */
    @SuppressWarnings("unchecked")
    private String run(ClassLoader loader, Class<? extends Function<Path, String>> type) throws Exception {
        var constructor = loader.loadClass(type.getName()).getDeclaredConstructor();
        constructor.setAccessible(true);
        return ((Function<Path, String>) constructor.newInstance()).apply(folder);
    }

    private static URLClassLoader loaderWithoutBouncyCastle() throws MalformedURLException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<URL> urls = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            if (!entry.contains("bcprov")) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }
}
