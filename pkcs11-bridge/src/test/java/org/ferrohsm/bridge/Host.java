// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.ferrohsm.bridge.client.Bytes;
import org.ferrohsm.bridge.client.Reply;
import org.ferrohsm.bridge.wire.Call;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckf;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cku;
import org.ferrohsm.core.operation.Output;

/** A C program with the library loaded: it sends what the C library would send, to a bridge over a store in a folder. */
final class Host implements AutoCloseable {
    static final String SO_PIN = "so-1234";
    static final String PIN = "user-1234";
    static final byte[] P256 = {0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x03, 0x01, 0x07};
    private static final String HANDSHAKE = "PRIVATE-GNOME-KEYRING-PKCS11-PROTOCOL-V-1";
    private static final String CHEAP_PINS =
            "pin.argon2.memory-kib = 19456\npin.argon2.passes = 2\npin.argon2.lanes = 1\n";

    private final Bridge bridge;
    private final ByteArrayOutputStream debug = new ByteArrayOutputStream();
    private ByteBuffer buffer = ByteBuffer.allocateDirect(4096);

    Host(Path folder) {
        this(folder, Map.of());
    }

    Host(Path folder, Map<String, String> variables) {
        Path configuration = folder.resolve("ferrohsm.conf");
        try {
            Files.writeString(configuration, CHEAP_PINS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> environment = new HashMap<>(Map.of(
                "HOME", folder.toString(),
                "FERROHSM_CONF", configuration.toString(),
                "FERROHSM_STORE", "sqlite:" + folder.resolve("store.db")));
        environment.putAll(variables);
        bridge = new Bridge(environment, new PrintStream(debug, true, StandardCharsets.UTF_8));
    }

    /** What went to stderr so far. */
    String debug() {
        return debug.toString(StandardCharsets.UTF_8);
    }

    Reply call(Call call, Bytes parts) {
        return Reply.of(
                call,
                send(Bytes.of()
                        .u32(call.id())
                        .text(call.request())
                        .raw(parts.array())
                        .array()));
    }

    /** Any message; its answer, fetched if it does not fit. */
    byte[] send(byte[] message) {
        if (message.length > buffer.capacity()) {
            buffer = ByteBuffer.allocateDirect(message.length);
        }
        buffer.clear().put(message);
        int length = bridge.call(buffer, message.length);
        if (length < 0) {
            buffer = ByteBuffer.allocateDirect(-length);
            length = bridge.fetch(buffer);
        }
        byte[] answer = new byte[length];
        buffer.get(0, answer);
        return answer;
    }

    int fetch(ByteBuffer into) {
        return bridge.fetch(into);
    }

    static Bytes initialisation(String reserved) {
        return Bytes.of()
                .bytes(HANDSHAKE.getBytes(StandardCharsets.US_ASCII))
                .octet(reserved.isEmpty() ? 0 : 1)
                .bytes((reserved + "\0").getBytes(StandardCharsets.UTF_8));
    }

    Host initialize() {
        call(Call.C_Initialize, initialisation("ferrohsm=1\npid=4711\napplication=openssl\n"))
                .ok();
        return this;
    }

    /** Initialises the free slot's token with both PINs, gives a read-write session with the user logged in. */
    long newTokenLogin(String label) {
        long[] slots =
                call(Call.C_GetSlotList, Bytes.of().octet(1).u32(64)).ok().ulongs();
        long slot = slots[slots.length - 1];
        call(
                        Call.C_InitToken2,
                        Bytes.of().ulong(slot).bytes(ascii(SO_PIN)).text((label + " ".repeat(32)).substring(0, 32)))
                .ok();
        long session = open(slot);
        call(Call.C_Login, Bytes.of().ulong(session).ulong(Cku.CKU_SO).bytes(ascii(SO_PIN)))
                .ok();
        call(Call.C_InitPIN, Bytes.of().ulong(session).bytes(ascii(PIN))).ok();
        call(Call.C_Logout, Bytes.of().ulong(session)).ok();
        call(Call.C_Login, Bytes.of().ulong(session).ulong(Cku.CKU_USER).bytes(ascii(PIN)))
                .ok();
        return session;
    }

    long open(long slot) {
        return call(Call.C_OpenSession, Bytes.of().ulong(slot).ulong(Ckf.CKF_SERIAL_SESSION | Ckf.CKF_RW_SESSION))
                .ok()
                .ulong();
    }

    /** A session object: an AES key, readable. */
    long aesKey(long session) {
        Template template = Template.builder()
                .put(Cka.CKA_VALUE_LEN, 32)
                .put(Cka.CKA_EXTRACTABLE, true)
                .put(Cka.CKA_SENSITIVE, false)
                .put(Cka.CKA_LABEL, "aes")
                .build();
        return call(
                        Call.C_GenerateKey,
                        Bytes.of().ulong(session).u32(Ckm.CKM_AES_KEY_GEN).template(template))
                .ok()
                .ulong();
    }

    /** Session objects: handles of the public and the private key. */
    long[] ecPair(long session) {
        Template publicTemplate = Template.builder()
                .put(Cka.CKA_EC_PARAMS, P256)
                .put(Cka.CKA_LABEL, "ec")
                .build();
        Template privateTemplate = Template.builder()
                .put(Cka.CKA_LABEL, "ec")
                .put(Cka.CKA_DERIVE, true)
                .build();
        Reply pair = call(
                        Call.C_GenerateKeyPair,
                        Bytes.of()
                                .ulong(session)
                                .u32(Ckm.CKM_EC_KEY_PAIR_GEN)
                                .template(publicTemplate)
                                .template(privateTemplate))
                .ok();
        return new long[] {pair.ulong(), pair.ulong()};
    }

    /** {@code uayfy}: data with room for its result. */
    Output transform(Call call, long session, byte[] data, int room) {
        return call(call, Bytes.of().ulong(session).bytes(data).u32(room)).ok().output();
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        call(Call.C_Finalize, Bytes.of());
    }
}
