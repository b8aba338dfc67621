// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.command.AbstractCommandSupport;
import org.ferrohsm.jca.TestProcess;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Apache MINA sshd with a host key of the token, seen by OpenSSH. */
class MinaSshdTest {
    @TempDir
    Path folder;

    /** Left alone it asks Bouncy Castle by name, which does not have the token's keys. */
    @BeforeAll
    static void leaveTheChoiceOfProvidersToTheJdk() {
        System.setProperty("org.apache.sshd.security.registrars", "none");
    }

    @ParameterizedTest
    @CsvSource({"RSA,rsa-sha2-512", "EC,ecdsa-sha2-nistp256"})
    void openssh_knows_a_host_by_its_key(String kind, String algorithm) throws Exception {
        SshServer server = SshServer.setUpDefaultServer();
        try (Desk desk = Desk.in(folder)) {
            KeyPair pair = desk.pair(kind, "host");
            server.setHost("localhost");
            server.setKeyPairProvider(KeyPairProvider.wrap(pair));
            server.setPublickeyAuthenticator((user, key, session) -> true);
            server.setCommandFactory((session, command) -> new Echo(command));
            server.start();
            Path known = Files.writeString(
                    folder.resolve("known_hosts"),
                    "[localhost]:" + server.getPort() + " " + PublicKeyEntry.toString(pair.getPublic()) + "\n");
            Path identity = folder.resolve("identity");
            TestProcess.run(folder, List.of("ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-f", identity.toString()));
            TestProcess.Result result = TestProcess.run(
                    folder,
                    List.of(
                            "ssh",
                            "-F",
                            "none",
                            "-p",
                            Integer.toString(server.getPort()),
                            "-i",
                            identity.toString(),
                            "-o",
                            "StrictHostKeyChecking=yes",
                            "-o",
                            "UserKnownHostsFile=" + known,
                            "-o",
                            "IdentitiesOnly=yes",
                            "-o",
                            "HostKeyAlgorithms=" + algorithm,
                            "-o",
                            "BatchMode=yes",
                            "someone@localhost",
                            "hello"));
            assertTrue(result.output().contains("you said hello"), result.output());
            assertEquals(0, result.status());
        } finally {
            server.stop(true);
        }
    }

    private static final class Echo extends AbstractCommandSupport {
        Echo(String command) {
            super(command, null);
        }

        @Override
        public void run() {
            ExitCallback callback = getExitCallback();
            try {
                getOutputStream().write(("you said " + getCommand() + "\n").getBytes(StandardCharsets.UTF_8));
                getOutputStream().flush();
                callback.onExit(0);
            } catch (IOException e) {
                callback.onExit(1, e.toString());
            }
        }
    }
}
