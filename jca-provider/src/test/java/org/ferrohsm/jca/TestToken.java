// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Provider;
import java.util.Map;
import org.ferrohsm.core.boot.HsmConfig;
import org.ferrohsm.core.boot.HsmRuntime;
import org.ferrohsm.core.ck.Ckf;
import org.ferrohsm.core.ck.Cku;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.core.session.Application;
import org.ferrohsm.core.session.Session;

/** A store of its own in a folder, with initialised tokens, as the command line would leave it. */
public final class TestToken {
    public static final String PIN = "123456";
    public static final String LABEL = "test token";

    private static final String SO_PIN = "87654321";

    private final Path folder;

    private TestToken(Path folder) {
        this.folder = folder;
    }

    /** Makes a store with one token. */
    public static TestToken in(Path folder) throws IOException {
        TestToken made = new TestToken(folder);
        made.addToken(LABEL);
        Files.writeString(made.configFile(), made.config());
        return made;
    }

    /** Adds a token. */
    public void addToken(String label) {
        try (HsmRuntime runtime = HsmRuntime.open(HsmConfig.load(Map.of(), settings()))) {
            Application application = runtime.newApplication("test");
            long[] slots = runtime.slots().slotIds(true);
            long free = slots[slots.length - 1];
            try (SecretBytes soPin = pin(SO_PIN)) {
                runtime.slots().initToken(application, free, soPin, label);
            }
            Session session = runtime.sessions().open(application, free, Ckf.CKF_SERIAL_SESSION | Ckf.CKF_RW_SESSION);
            try (SecretBytes soPin = pin(SO_PIN);
                    SecretBytes userPin = pin(PIN)) {
                runtime.sessions().login(session, Cku.CKU_SO, soPin);
                runtime.sessions().initPin(session, userPin);
            }
        }
    }

    /** The core's settings of this store, cheap to log in to. */
    public Map<String, String> settings() {
        return Map.of(
                "store",
                "sqlite:" + folder.resolve("store.db"),
                "seal.key.file",
                folder.resolve("seal.key").toString(),
                "audit.key.folder",
                folder.toString(),
                "pin.argon2.memory-kib",
                "19456",
                "pin.argon2.passes",
                "2",
                "pin.argon2.lanes",
                "1");
    }

    /** The same as configuration text. */
    public String config() {
        StringBuilder text = new StringBuilder();
        settings()
                .forEach((key, value) ->
                        text.append(key).append(" = ").append(value).append('\n'));
        return text.toString();
    }

    /** A file with that text. */
    public Path configFile() {
        return folder.resolve("ferrohsm.conf");
    }

    /** A new provider on this store, not logged in. */
    public Provider provider() {
        return new FerroHsmProvider().configure(config());
    }

    /** A key store of {@code provider}, loaded with the PIN: from then on the provider is logged in. */
    public static KeyStore keyStore(Provider provider) throws Exception {
        KeyStore store = KeyStore.getInstance("FERROHSM", provider);
        store.load(null, PIN.toCharArray());
        return store;
    }

    private static SecretBytes pin(String text) {
        return SecretBytes.adopt(text.getBytes(StandardCharsets.UTF_8));
    }
}
