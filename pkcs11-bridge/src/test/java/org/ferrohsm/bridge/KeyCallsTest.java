// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.util.Arrays;
import org.ferrohsm.bridge.client.Bytes;
import org.ferrohsm.bridge.client.Reply;
import org.ferrohsm.bridge.wire.Call;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.operation.Output;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Making, wrapping and deriving keys through messages. */
class KeyCallsTest {
    private Host host;
    private long session;

    @BeforeEach
    void load(@TempDir Path folder) {
        host = new Host(folder).initialize();
        session = host.newTokenLogin("keys");
    }

    @AfterEach
    void unload() {
        host.close();
    }

    private byte[] attribute(long object, long type, int room) {
        Reply reply = host.call(
                        Call.C_GetAttributeValue,
                        Bytes.of().ulong(session).ulong(object).u32(1).u32(type).u32(room))
                .ok();
        byte[] rest = reply.rest();
        int value = 4 + 4 + 1 + 4 + 4;
        return Arrays.copyOfRange(rest, value, rest.length - 8);
    }

    /** The point of the public key inside its OCTET STRING. */
    private byte[] point(long publicKey) {
        byte[] der = attribute(publicKey, Cka.CKA_EC_POINT, 100);
        return Arrays.copyOfRange(der, 2, der.length);
    }

    private Bytes derivation(long base, byte[] publicData) {
        Template template = Template.builder()
                .put(Cka.CKA_CLASS, Cko.CKO_SECRET_KEY)
                .put(Cka.CKA_KEY_TYPE, Ckk.CKK_GENERIC_SECRET)
                .put(Cka.CKA_VALUE_LEN, 32)
                .put(Cka.CKA_SENSITIVE, false)
                .put(Cka.CKA_EXTRACTABLE, true)
                .build();
        return Bytes.of()
                .ulong(session)
                .u32(Ckm.CKM_ECDH1_DERIVE)
                .octet(1)
                .ulong(1)
                .nullBlock()
                .block(publicData)
                .ulong(base)
                .template(template);
    }

    @Test
    void both_sides_derive_one_secret_by_either_call() {
        long[] alice = host.ecPair(session);
        long[] bob = host.ecPair(session);
        long first = host.call(Call.C_DeriveKey, derivation(alice[1], point(bob[0])))
                .ok()
                .ulong();
        Reply second = host.call(Call.C_DeriveKey2, derivation(bob[1], point(alice[0])))
                .ok();
        assertEquals(0, second.ulong());
        assertEquals(0, second.octet());
        assertArrayEquals(attribute(first, Cka.CKA_VALUE, 32), attribute(second.ulong(), Cka.CKA_VALUE, 32));
    }

    @Test
    void a_wrapped_key_is_unwrapped_to_the_same_value() {
        Template wrapping = Template.builder()
                .put(Cka.CKA_VALUE_LEN, 32)
                .put(Cka.CKA_WRAP, true)
                .put(Cka.CKA_UNWRAP, true)
                .put(Cka.CKA_ENCRYPT, false)
                .put(Cka.CKA_DECRYPT, false)
                .build();
        long wrapper = host.call(
                        Call.C_GenerateKey,
                        Bytes.of().ulong(session).u32(Ckm.CKM_AES_KEY_GEN).template(wrapping))
                .ok()
                .ulong();
        long key = host.aesKey(session);
        Bytes mechanism = Bytes.of().u32(Ckm.CKM_AES_KEY_WRAP).octet(0);
        Bytes wrap =
                Bytes.of().ulong(session).raw(mechanism.array()).ulong(wrapper).ulong(key);
        Output query = host.call(Call.C_WrapKey, Bytes.of().raw(wrap.array()).u32(0))
                .ok()
                .output();
        assertNull(query.bytes());
        byte[] wrapped = host.call(Call.C_WrapKey, Bytes.of().raw(wrap.array()).u32(query.length()))
                .ok()
                .output()
                .require();
        assertEquals(40, wrapped.length);
        Template unwrapped = Template.builder()
                .put(Cka.CKA_CLASS, Cko.CKO_SECRET_KEY)
                .put(Cka.CKA_KEY_TYPE, Ckk.CKK_AES)
                .build();
        long again = host.call(
                        Call.C_UnwrapKey,
                        Bytes.of()
                                .ulong(session)
                                .raw(mechanism.array())
                                .ulong(wrapper)
                                .bytes(wrapped)
                                .template(unwrapped))
                .ok()
                .ulong();
        assertArrayEquals(attribute(key, Cka.CKA_CHECK_VALUE, 3), attribute(again, Cka.CKA_CHECK_VALUE, 3));
    }

    @Test
    void a_null_mechanism_makes_no_key() {
        Bytes none = Bytes.of().ulong(session).u32(0xffffffffL).u32(0);
        assertEquals("CKR_ARGUMENTS_BAD", host.call(Call.C_GenerateKey, none).returnValue());
    }
}
