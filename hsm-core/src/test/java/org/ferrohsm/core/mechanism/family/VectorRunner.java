// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.attribute.SecretAttributes;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.mechanism.CipherStream;
import org.ferrohsm.core.mechanism.Digester;
import org.ferrohsm.core.mechanism.Encapsulator;
import org.ferrohsm.core.mechanism.KeySetDeriver;
import org.ferrohsm.core.mechanism.KeySetDeriver.DerivedKeys;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismTable;
import org.ferrohsm.core.mechanism.NewKey;
import org.ferrohsm.core.mechanism.NewKeyPair;
import org.ferrohsm.core.mechanism.Signer;
import org.ferrohsm.core.mechanism.Verifier;
import org.ferrohsm.core.mechanism.parameter.KeyedParameters;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/** Runs the cases of a vector file against a table. */
final class VectorRunner {
    private final MechanismTable table;
    private final VectorFile file;
    private final Mechanism mechanism;

    VectorRunner(MechanismTable table, VectorFile file) {
        this.table = table;
        this.file = file;
        this.mechanism = table.require(VectorNumbers.of(file.mechanism()));
    }

    /** Fails unless the case ends as its fields say. */
    void run(VectorFile.Case wanted) {
        VectorFields fields = new VectorFields(wanted.fields());
        if (wanted.isNegative()) {
            HsmException e = assertThrows(HsmException.class, () -> run(wanted.operation(), fields));
            assertEquals(Fault.valueOf(fields.text("fault")), e.fault(), e.getMessage());
        } else {
            run(wanted.operation(), fields);
        }
    }

    private void run(String operation, VectorFields fields) {
        mechanism.checkParameters(fields.parameters());
        switch (operation) {
            case "digest" -> digest(fields);
            case "sign" -> sign(fields);
            case "verify" -> verify(key(fields.text("key")), fields, fields.bytes("signature"));
            case "encrypt" -> encrypt(fields);
            case "decrypt" ->
                assertArrayEquals(
                        fields.has("output") ? fields.bytes("output") : null,
                        decrypt(key(fields.text("key")), fields, fields.bytes("data")));
            case "wrap" -> wrap(fields);
            case "unwrap" -> unwrap(fields);
            case "derive" -> derive(fields);
            case "generate" -> generate(fields);
            case "generate-pair" -> generatePair(fields);
            case "sign-recover" ->
                assertArrayEquals(
                        fields.has("output") ? fields.bytes("output") : null,
                        pass(has(mechanism.signRecoverer()), key(fields.text("key")), fields, fields.bytes("data")));
            case "verify-recover" ->
                assertArrayEquals(
                        fields.has("output") ? fields.bytes("output") : null,
                        pass(has(mechanism.verifyRecoverer()), key(fields.text("key")), fields, fields.bytes("data")));
            case "encapsulate" -> encapsulate(fields);
            case "decapsulate" ->
                assertValue(fields.has("output") ? fields.bytes("output") : null, decapsulate(fields));
            default -> throw new AssertionError("no operation " + operation);
        }
    }

    /** A key of the file, brought in as a caller's would be. */
    HsmObject key(String name) {
        VectorFields fields =
                new VectorFields(Objects.requireNonNull(file.keys().get(name), name));
        return bringIn(table, fields.number("class"), fields.number("type"), fields.attributes());
    }

    /** An object of these attributes after its codec completed it. */
    static HsmObject bringIn(MechanismTable table, long objectClass, long keyType, AttributeSet given) {
        Map<Long, SecretBytes> secrets = new LinkedHashMap<>();
        AttributeSet.Builder others = AttributeSet.builder();
        given.asMap().forEach((type, value) -> {
            if (VectorFields.isSecret(objectClass, type)) {
                secrets.put(type, SecretBytes.adopt(value.asBytes()));
            } else {
                others.put(type, value);
            }
        });
        NewKey key = table.codec(keyType).complete(objectClass, others.build(), SecretAttributes.of(secrets));
        return TestKeys.object(objectClass, keyType, key);
    }

    private void digest(VectorFields fields) {
        byte[] data = fields.bytes("data");
        Digester digester = has(mechanism.digester()).open();
        digester.update(data, 0, data.length);
        byte[] digest = digester.digest();
        assertEquals(digester.length(), digest.length);
        assertArrayEquals(fields.bytes("output"), digest);
    }

    private void sign(VectorFields fields) {
        byte[] data = fields.bytes("data");
        Signer signer = has(mechanism.signer()).open(key(fields.text("key")), fields.parameters());
        signer.update(data, 0, data.length);
        byte[] signature = signer.sign();
        assertEquals(signer.signatureLength(), signature.length);
        if (fields.has("output")) {
            assertArrayEquals(fields.bytes("output"), signature);
        } else if (fields.has("verify-with")) {
            verify(key(fields.text("verify-with")), fields, signature);
        }
    }

    private void verify(HsmObject key, VectorFields fields, byte[] signature) {
        byte[] data = fields.bytes("data");
        Verifier verifier = has(mechanism.verifier()).open(key, fields.parameters());
        verifier.update(data, 0, data.length);
        verifier.verify(signature);
    }

    private void encrypt(VectorFields fields) {
        byte[] data = fields.bytes("data");
        CipherStream stream = has(mechanism.encryptor()).open(key(fields.text("key")), fields.parameters());
        int size = stream.finishSize(data.length);
        byte[] encrypted = stream.finish(data, 0, data.length);
        assertEquals(size, encrypted.length);
        if (fields.has("decrypt-with")) {
            assertArrayEquals(data, decrypt(key(fields.text("decrypt-with")), fields, encrypted));
        } else {
            assertArrayEquals(fields.bytes("output"), encrypted);
        }
    }

    private byte[] decrypt(HsmObject key, VectorFields fields, byte[] encrypted) {
        return pass(has(mechanism.decryptor()), key, fields, encrypted);
    }

    private static byte[] pass(Mechanism.CipherFactory factory, HsmObject key, VectorFields fields, byte[] input) {
        CipherStream stream = factory.open(key, fields.parameters());
        int size = stream.finishSize(input.length);
        byte[] output = stream.finish(input, 0, input.length);
        assertTrue(
                stream.sizesExact() ? output.length == size : output.length <= size,
                output.length + " bytes where " + size + " were announced");
        return output;
    }

    private void encapsulate(VectorFields fields) {
        HsmObject key = key(fields.text("key"));
        Encapsulator encapsulator = has(mechanism.encapsulator());
        Encapsulator.Encapsulation made =
                encapsulator.encapsulate(key, fields.template(), fields.number("type"), fields.parameters());
        assertEquals(encapsulator.ciphertextLength(key, fields.parameters()), made.ciphertext().length);
        NewKey back = encapsulator.decapsulate(
                key(fields.text("decapsulate-with")),
                made.ciphertext(),
                fields.template(),
                fields.number("type"),
                fields.parameters());
        assertValue(value(made.key()).use(byte[]::clone), back);
    }

    private NewKey decapsulate(VectorFields fields) {
        return has(mechanism.encapsulator())
                .decapsulate(
                        key(fields.text("key")),
                        fields.bytes("data"),
                        fields.template(),
                        fields.number("type"),
                        fields.parameters());
    }

    private static SecretBytes value(NewKey key) {
        return Objects.requireNonNull(key.secrets().get(Cka.CKA_VALUE));
    }

    private static void assertValue(byte @org.jspecify.annotations.Nullable [] expected, NewKey key) {
        assertArrayEquals(expected, value(key).use(byte[]::clone));
        assertEquals(value(key).length(), key.attributes().number(Cka.CKA_VALUE_LEN, -1));
    }

    private void wrap(VectorFields fields) {
        byte[] data = fields.bytes("data");
        byte[] wrapped;
        try (SecretBytes serialised = SecretBytes.copyOf(data)) {
            wrapped = has(mechanism.wrapper()).wrap(key(fields.text("key")), serialised, fields.parameters());
        }
        if (fields.has("decrypt-with")) {
            assertUnwraps(key(fields.text("decrypt-with")), fields, wrapped, data);
        } else {
            assertArrayEquals(fields.bytes("output"), wrapped);
        }
    }

    private void unwrap(VectorFields fields) {
        assertUnwraps(
                key(fields.text("key")),
                fields,
                fields.bytes("data"),
                fields.has("output") ? fields.bytes("output") : new byte[0]);
    }

    private void assertUnwraps(HsmObject key, VectorFields fields, byte[] wrapped, byte[] expected) {
        try (SecretBytes unwrapped = has(mechanism.wrapper()).unwrap(key, wrapped, fields.parameters())) {
            assertArrayEquals(expected, unwrapped.use(byte[]::clone));
        }
    }

    /** A derivation of one key, or of several: {@code output} is the first, {@code output-2} the next. */
    private void derive(VectorFields fields) {
        MechanismParameters parameters = fields.parameters();
        if (parameters instanceof KeyedParameters keyed && fields.has("other-key")) {
            parameters = keyed.withKeys(Stream.of(fields.text("other-key").split(" "))
                    .map(this::key)
                    .toList());
        }
        HsmObject base = key(fields.text("key"));
        if (mechanism.setDeriver() == null) {
            assertValue(
                    fields.has("output") ? fields.bytes("output") : null,
                    has(mechanism.deriver()).derive(base, fields.template(), fields.number("type"), parameters));
            return;
        }
        KeySetDeriver deriver = mechanism.setDeriver();
        DerivedKeys derived = deriver.derive(
                base, deriver.wishes(base, fields.template(), fields.number("type"), parameters), parameters);
        assertBack(fields, derived.outputs());
        List<NewKey> keys = derived.keys();
        for (int i = 0; i < keys.size(); i++) {
            assertValue(fields.bytes(i == 0 ? "output" : "output-" + (i + 1)), keys.get(i));
        }
        assertFalse(fields.has("output-" + (keys.size() + 1)), "a key less than the vector has");
    }

    /** {@code back} is what goes back in the parameter beside handles, with commas between. */
    private static void assertBack(VectorFields fields, List<byte[]> outputs) {
        if (fields.has("back")) {
            assertEquals(
                    fields.text("back"),
                    outputs.stream().map(HexFormat.of()::formatHex).collect(Collectors.joining(",")));
        } else {
            assertEquals(List.of(), outputs);
        }
    }

    private void generate(VectorFields fields) {
        Template template = fields.template();
        NewKey one = has(mechanism.keyMaker()).make(template, fields.parameters());
        NewKey two = has(mechanism.keyMaker()).make(template, fields.parameters());
        assertBack(fields, has(mechanism.keyMaker()).outputs(fields.parameters()));
        SecretBytes value = Objects.requireNonNull(one.secrets().get(Cka.CKA_VALUE));
        assertEquals(fields.number("CKA_VALUE_LEN"), value.length());
        assertEquals(value.length(), one.attributes().number(Cka.CKA_VALUE_LEN, -1));
        if (fields.has("output")) {
            assertArrayEquals(fields.bytes("output"), value.use(byte[]::clone));
        } else if (value.length() > 8) {
            assertTrue(!value.matches(Objects.requireNonNull(two.secrets().get(Cka.CKA_VALUE))), "two equal keys");
        }
    }

    /** Both halves must be what their codec takes from a caller, and belong together. */
    private void generatePair(VectorFields fields) {
        NewKeyPair pair = has(mechanism.keyPairMaker()).make(fields.template(), Template.EMPTY, fields.parameters());
        long keyType = fields.number("type");
        NewKey pub = pair.publicKey();
        NewKey priv = pair.privateKey();
        NewKey pubAgain = table.codec(keyType).complete(Cko.CKO_PUBLIC_KEY, pub.attributes(), pub.secrets());
        assertEquals(pub.attributes().asMap(), pubAgain.attributes().asMap());
        NewKey privAgain = table.codec(keyType)
                .complete(Cko.CKO_PRIVATE_KEY, priv.attributes(), priv.secrets().copy());
        assertEquals(priv.attributes().asMap(), privAgain.attributes().asMap());
        for (long type : priv.secrets().types()) {
            assertTrue(Objects.requireNonNull(priv.secrets().get(type))
                    .matches(Objects.requireNonNull(privAgain.secrets().get(type))));
        }
        assertArrayEquals(
                table.codec(keyType).publicKeyInfo(pub.attributes()),
                privAgain.attributes().bytes(Cka.CKA_PUBLIC_KEY_INFO));
        fields.template()
                .types()
                .forEach(type -> assertEquals(
                        fields.template().get(type), pub.attributes().get(type), () -> Cka.name(type)));
    }

    static <T> T has(@org.jspecify.annotations.Nullable T factory) {
        if (factory == null) {
            throw new AssertionError("the row cannot do that");
        }
        return factory;
    }
}
