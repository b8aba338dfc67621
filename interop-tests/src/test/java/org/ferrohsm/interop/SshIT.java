// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ferrohsm.interop.fixture.Daemon;
import org.ferrohsm.interop.fixture.Home;
import org.ferrohsm.interop.fixture.Outcome;
import org.ferrohsm.interop.fixture.P11Kit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** OpenSSH's client, agent and certificate authority with keys on a token, and its server as the other side. */
class SshIT {
    private static final String USER = System.getProperty("user.name");
    private static final String CLIENT =
            "ssh -F none -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR" + " -o StrictHostKeyChecking=no -p ";

    @TempDir
    Path folder;

    private Home home;

    @BeforeEach
    void a_token_with_keys_and_a_server() throws IOException {
        home = new Home(folder);
        home.newToken("ssh");
        home.with("MODULE", home.product().library().toRealPath().toString())
                .with("SSH_ASKPASS", home.file("askpass").toString())
                .with("SSH_ASKPASS_REQUIRE", "force");
        home.write("askpass", ("#!/bin/sh\necho " + Home.PIN + "\n").getBytes(StandardCharsets.UTF_8))
                .toFile()
                .setExecutable(true);
        home.asUser("--keypairgen", "--key-type", "EC:prime256v1", "--id", "01", "--label", "ecdsa")
                .succeeded();
        home.asUser("--keypairgen", "--key-type", "RSA:2048", "--id", "02", "--label", "rsa")
                .succeeded();
        server();
    }

    private void server() throws IOException {
        String port;
        try (ServerSocket any = new ServerSocket(0)) {
            port = Integer.toString(any.getLocalPort());
        }
        String text = """
                ListenAddress 127.0.0.1:%s
                HostKey %s
                AuthorizedKeysFile %s
                PidFile %s
                StrictModes no
                PasswordAuthentication no
                KbdInteractiveAuthentication no
                """.formatted(port, home.file("host"), home.file("authorized"), home.file("sshd.pid"));
        home.write("sshd.conf", text.getBytes(StandardCharsets.UTF_8));
        home.with("CLIENT", CLIENT + port);
        if (USER.equals("root")) {
            shell("mkdir -p /run/sshd");
        }
        shell("ssh-keygen -q -t ed25519 -N '' -f host; /usr/sbin/sshd -f $PWD/sshd.conf -E sshd.log");
    }

    @AfterEach
    void the_server_ends() throws Exception {
        ProcessHandle server = ProcessHandle.of(
                        Long.parseLong(Files.readString(home.file("sshd.pid")).strip()))
                .orElseThrow();
        server.destroy();
        server.onExit().get(1, TimeUnit.MINUTES);
    }

    @Test
    void each_key_of_the_token_logs_in_by_the_client_and_by_the_agent() throws IOException {
        shell("ssh-keygen -D $MODULE > keys");
        List<String> keys = Files.readAllLines(home.file("keys"));
        assertEquals(2, keys.size(), keys::toString);
        for (String key : keys) {
            home.write("authorized", (key + "\n").getBytes(StandardCharsets.UTF_8));
            shell("$CLIENT -o IdentityAgent=none -I $MODULE 127.0.0.1 echo in by the client")
                    .says("in by the client");
        }
        shell("""
                eval $(ssh-agent -P $MODULE)
                trap 'ssh-agent -k' EXIT
                ssh-add -s $MODULE
                while read -r key; do
                    echo "$key" > authorized
                    ssh-add -T authorized
                    $CLIENT -n 127.0.0.1 echo in by the agent >> seen
                done < keys
                ssh-add -e $MODULE
                ! ssh-add -T authorized
                """);
        assertEquals("in by the agent\n".repeat(2), Files.readString(home.file("seen")));
    }

    @Test
    void a_certificate_that_a_key_of_the_token_has_signed_logs_in() {
        shell("""
                ssh-keygen -D $MODULE | grep ecdsa > ca.pub
                sed 's/^/cert-authority /' ca.pub > authorized
                ssh-keygen -q -t ed25519 -N '' -f user
                ! $CLIENT -o BatchMode=yes -i user 127.0.0.1 echo in
                ssh-keygen -s ca.pub -D $MODULE -I somebody -n $(id -un) user.pub
                $CLIENT -i user 127.0.0.1 echo in by the certificate
                """).says("in by the certificate");
    }

    @Test
    @DisabledIfSystemProperty(named = "ferrohsm.mode", matches = "daemon", disabledReason = "it has one anyway")
    void the_daemons_socket_is_forwarded_both_ways_to_p11_kits_client() {
        try (Daemon daemon = home.daemon()) {
            home.with("SOCKET", home.socket().toString())
                    .with("CLIENT_MODULE", P11Kit.client().toString());
            shell("""
                    ssh-keygen -q -t ed25519 -N '' -f user
                    cp user.pub authorized
                    $CLIENT -f -N -M -S control -i user -L $PWD/there:$SOCKET -R $PWD/back:$SOCKET 127.0.0.1
                    trap 'ssh -S control -O exit 127.0.0.1' EXIT
                    for way in there back; do
                        export P11_KIT_SERVER_ADDRESS=unix:path=$PWD/$way
                        pkcs11-tool --module $CLIENT_MODULE --login --pin %s -O --type privkey
                    done
                    """.formatted(Home.PIN)).says("label:      ecdsa");
            assertEquals(143, daemon.terminate());
        }
    }

    private Outcome shell(String commands) {
        return home.run("sh", "-exc", commands).succeeded();
    }
}
