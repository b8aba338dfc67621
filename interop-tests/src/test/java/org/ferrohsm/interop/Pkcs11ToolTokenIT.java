// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.ferrohsm.interop.fixture.Home;
import org.ferrohsm.interop.fixture.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pkcs11-tool shows of the library and does with a token. */
class Pkcs11ToolTokenIT {
    @TempDir
    Path folder;

    @Test
    void the_library_introduces_itself() {
        new Home(folder).pkcs11Tool("-I").succeeded().says("FerroHSM").doesNotSay("error");
    }

    @Test
    void nothing_is_printed_by_the_library_itself() {
        assertEquals("", new Home(folder).pkcs11Tool("-L").succeeded().errors());
    }

    @Test
    void a_token_is_initialised_and_listed_and_its_user_logs_in() {
        Home home = new Home(folder);
        home.pkcs11Tool("-L").succeeded().says("token state:   uninitialized");
        home.pkcs11Tool("--init-token", "--slot", "0", "--so-pin", Home.SO_PIN, "--label", "first")
                .succeeded()
                .says("successfully initialized");
        home.pkcs11Tool(
                        "--slot",
                        "0",
                        "--login",
                        "--login-type",
                        "so",
                        "--so-pin",
                        Home.SO_PIN,
                        "--init-pin",
                        "--pin",
                        Home.PIN)
                .succeeded()
                .says("successfully initialized");
        Outcome tokens = home.pkcs11Tool("-T").succeeded().says("first").says("PIN initialized");
        assertEquals(
                2,
                tokens.text().lines().filter(line -> line.startsWith("Slot ")).count(),
                tokens::toString);
        home.asUser("-O").succeeded().doesNotSay("error");
        home.pkcs11Tool("--slot", "0", "--login", "--pin", "wrong-pin", "-O")
                .failed()
                .says("CKR_PIN_INCORRECT");
    }

    @Test
    void every_mechanism_that_the_product_promises_is_listed() {
        Home home = new Home(folder);
        long slot = home.newToken("mechanisms");
        Outcome mechanisms =
                home.pkcs11Tool("--slot", Long.toString(slot), "-M").succeeded();
        for (String name : new String[] {
            "RSA-PKCS-KEY-PAIR-GEN",
            "RSA-PKCS",
            "SHA256-RSA-PKCS",
            "RSA-PKCS-PSS",
            "SHA512-RSA-PKCS-PSS",
            "RSA-PKCS-OAEP",
            "ECDSA-KEY-PAIR-GEN",
            "ECDSA",
            "ECDSA-SHA256",
            "ECDH1-DERIVE",
            "AES-KEY-GEN",
            "AES-CBC",
            "AES-CBC-PAD",
            "AES-CTR",
            "AES-GCM",
            "SHA256-HMAC",
            "SHA256"
        }) {
            assertTrue(
                    mechanisms.text().lines().anyMatch(line -> line.strip().startsWith(name + ",")),
                    () -> name + " is missing in " + mechanisms);
        }
    }

    @Test
    void a_changed_pin_is_the_only_one_that_works() {
        Home home = new Home(folder);
        home.newToken("changed");
        home.asUser("--change-pin", "--new-pin", "another-1234").succeeded();
        home.asUser("-O").failed().says("CKR_PIN_INCORRECT");
        home.pkcs11Tool("--slot", "0", "--login", "--pin", "another-1234", "-O").succeeded();
    }

    @Test
    void the_self_test_of_pkcs11_tool_finds_no_error() {
        Home home = new Home(folder);
        home.newToken("tested");
        home.asUser("--keypairgen", "--key-type", "RSA:2048", "--id", "01", "--label", "rsa")
                .succeeded();
        home.asUser("--keypairgen", "--key-type", "EC:prime256v1", "--id", "02", "--label", "ec")
                .succeeded();
        home.asUser("--test").succeeded().says("No errors");
    }
}
