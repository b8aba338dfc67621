// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Provider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.jca.key.ObjectAttributes;
import org.ferrohsm.jca.key.OpaqueKey;
import org.ferrohsm.jca.token.Token;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The JDK's own tools, run as docs/java.md says. */
class ToolsTest {
    private static final int JVM_OPTIONS = 3;

    @TempDir
    Path folder;

    private TestToken token;

    @BeforeEach
    void makeToken() throws Exception {
        token = TestToken.in(folder);
    }

    @ParameterizedTest
    @CsvSource({"RSA, -keysize, 2048", "EC, -groupname, secp256r1", "Ed25519, -sigalg, Ed25519"})
    void keytool_generates_in_the_token_and_jarsigner_signs_with_the_key(String algorithm, String option, String value)
            throws Exception {
        assertOk(keytool(
                "-genkeypair",
                "-alias",
                "signer",
                "-keyalg",
                algorithm,
                option,
                value,
                "-dname",
                "CN=signer",
                "-keypass",
                TestToken.PIN,
                "-providerName",
                "FerroHSM"));
        assertTrue(assertOk(keytool("-list")).contains("signer, "));
        assertTrue(assertOk(keytool("-exportcert", "-rfc", "-alias", "signer")).contains("BEGIN CERTIFICATE"));
        assertTrue(assertOk(keytool("-certreq", "-alias", "signer")).contains("BEGIN NEW CERTIFICATE REQUEST"));
        assertTrue(local("signer"), "generated in the token");

        Files.writeString(folder.resolve("content"), "what is in the jar");
        assertOk(TestProcess.run(folder, List.of(TestProcess.jdk("jar"), "cf", "a.jar", "content")));
        List<String> command = tool("jarsigner");
        command.addAll(List.of("a.jar", "signer"));
        assertTrue(assertOk(TestProcess.run(folder, command)).contains("jar signed."));
        assertTrue(assertOk(TestProcess.run(folder, List.of(TestProcess.jdk("jarsigner"), "-verify", "a.jar")))
                .contains("jar verified."));
    }

    @Test
    void keytool_without_the_provider_s_name_imports_a_software_key() throws Exception {
        assertOk(keytool("-genkeypair", "-alias", "x", "-keyalg", "RSA", "-keysize", "2048", "-dname", "CN=x"));
        assertFalse(local("x"), "made in software and imported");
    }

    @Test
    void keytool_manages_secret_keys_and_certificates() throws Exception {
        assertOk(
                keytool("-genseckey", "-alias", "s", "-keyalg", "AES", "-keysize", "256", "-providerName", "FerroHSM"));
        assertTrue(assertOk(keytool("-list")).contains("SecretKeyEntry"));
        assertOk(keytool("-delete", "-alias", "s"));
        assertTrue(assertOk(keytool("-list")).contains("contains 0 entries"));
    }

    @Test
    void keytool_says_that_the_pin_is_wrong() throws Exception {
        List<String> command = tool("keytool");
        command.set(command.indexOf(TestToken.PIN), "999999");
        command.add("-list");
        TestProcess.Result result = TestProcess.run(folder, command);
        assertEquals(1, result.status());
        assertTrue(result.output().contains("PIN_INCORRECT"), result.output());
    }

    @Test
    void a_tool_without_the_module_of_sql_is_told_how_to_have_it() throws Exception {
        List<String> command = tool("keytool");
        command.remove("-J--add-modules=java.sql");
        command.add("-list");
        TestProcess.Result result = TestProcess.run(folder, command);
        assertFalse(result.status() == 0);
        assertTrue(result.output().contains("-J--add-modules=java.sql"), result.output());
    }

    /** CKA_LOCAL of the key under an alias, which says whether the token itself made it. */
    private boolean local(String alias) throws Exception {
        Provider provider = token.provider();
        KeyStore store = TestToken.keyStore(provider);
        OpaqueKey key = assertInstanceOf(OpaqueKey.class, store.getKey(alias, null));
        Token opened = key.reference().token();
        return opened.call(session -> key.reference()
                .with(
                        session,
                        handle -> ObjectAttributes.read(opened, session, handle, Cka.CKA_LOCAL)
                                .flag(Cka.CKA_LOCAL)));
    }

    private TestProcess.Result keytool(String... arguments) throws Exception {
        List<String> command = tool("keytool");
        command.addAll(1 + JVM_OPTIONS, Arrays.asList(arguments));
        return TestProcess.run(folder, command);
    }

    private List<String> tool(String name) {
        return new ArrayList<>(List.of(
                TestProcess.jdk(name),
                "-J--add-modules=java.sql",
                "-J-cp",
                "-J" + TestProcess.classPath(),
                "-keystore",
                "NONE",
                "-storetype",
                "FERROHSM",
                "-providerClass",
                "org.ferrohsm.jca.FerroHsmProvider",
                "-providerArg",
                token.configFile().toString(),
                "-storepass",
                TestToken.PIN));
    }

    private static String assertOk(TestProcess.Result result) {
        assertEquals(0, result.status(), result.output());
        return result.output();
    }
}
