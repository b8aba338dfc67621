// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ferrohsm.interop.fixture.Home;
import org.ferrohsm.interop.fixture.Host;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong PINs from many processes at once. */
class LockoutIT {
    private static final int PROCESSES = 10;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {3, 10})
    void ten_processes_guess_exactly_as_often_as_allowed_until_the_so_unlocks(int limit) {
        Home home = new Home(folder, "pin.tries = " + limit);
        home.newToken("guessed");
        Map<String, Integer> results = guessAtOnce(home);
        assertEquals(limit, results.get("CKR_PIN_INCORRECT"), results::toString);
        assertEquals(limit == PROCESSES ? null : PROCESSES - limit, results.get("CKR_PIN_LOCKED"), results::toString);

        home.asUser("-O").failed().says("CKR_PIN_LOCKED");
        home.pkcs11Tool("-T").succeeded().says("user PIN locked");
        String[] soLogin = {"--slot", "0", "--login", "--login-type", "so", "--so-pin", Home.SO_PIN};
        List<String> unlock = new ArrayList<>(List.of(soLogin));
        unlock.addAll(List.of("--init-pin", "--pin", Home.PIN));
        home.pkcs11Tool(unlock.toArray(String[]::new)).succeeded();
        home.asUser("-O").succeeded();
    }

    private static Map<String, Integer> guessAtOnce(Home home) {
        List<Host> hosts = new ArrayList<>();
        Map<String, Integer> results = new TreeMap<>();
        try {
            for (int i = 0; i < PROCESSES; i++) {
                Host host = home.host();
                hosts.add(host);
                host.send("initialize");
                host.send("open", "0");
            }
            hosts.forEach(host -> host.answer().ok());
            hosts.forEach(host -> host.answer().ok());
            hosts.forEach(host -> host.send("login", "user", "wrong-pin"));
            hosts.forEach(host -> results.merge(host.answer().result(), 1, Integer::sum));
            return results;
        } finally {
            hosts.forEach(Host::close);
        }
    }
}
