// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.RecordComponent;
import java.util.HexFormat;
import java.util.StringJoiner;
import org.ferrohsm.bridge.client.Bytes;
import org.ferrohsm.bridge.client.Golden;
import org.ferrohsm.bridge.wire.WireReader;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.mechanism.parameter.NoParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MechanismReaderTest {
    /** Mechanism and parameters in words, numbers as hex. */
    private static String describe(MechanismCall call) throws ReflectiveOperationException {
        StringJoiner fields = new StringJoiner(" ", Ckm.name(call.type()) + ": ", "");
        for (RecordComponent field : call.parameters().getClass().getRecordComponents()) {
            Object value = field.getAccessor().invoke(call.parameters());
            String text;
            if (value instanceof byte[] bytes) {
                text = "[" + HexFormat.of().formatHex(bytes) + "]";
            } else {
                text = value instanceof Long number ? Long.toHexString(number) : String.valueOf(value);
            }
            fields.add(field.getName() + "=" + text);
        }
        return fields.toString();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
            CKM_RSA_PKCS, "CKM_RSA_PKCS: "
            CKM_RSA_PKCS_PSS, CKM_RSA_PKCS_PSS: hash=250 mgf=2 saltLength=20
            CKM_RSA_PKCS_OAEP, CKM_RSA_PKCS_OAEP: hash=220 mgf=1 source=1 label=[]
            CKM_AES_CBC, CKM_AES_CBC: bytes=[000102030405060708090a0b0c0d0e0f]
            CKM_AES_GCM, CKM_AES_GCM: iv=[000102030405060708090a0b] aad=[0001] tagBits=80
            CKM_AES_CCM, CKM_AES_CCM: dataLength=3 nonce=[000102030405060708090a0b] aad=[] macBytes=10
            CKM_AES_CTR, CKM_AES_CTR: counterBits=40 block=[07000000000000000000000000000000]
            CKM_EDDSA, CKM_EDDSA: prehash=false context=[0001]
            CKM_EDDSA without parameter, "CKM_EDDSA: "
            CKM_SHA256_HMAC_GENERAL, CKM_SHA256_HMAC_GENERAL: bytes=c
            """)
    void a_golden_mechanism_is_read_as_what_the_caller_meant(String name, String expected)
            throws ReflectiveOperationException {
        WireReader in = Golden.named(name).parts();
        assertEquals(1, in.ulong());
        assertEquals(expected.strip(), describe(MechanismReader.read(in)).strip());
        assertEquals(2, in.ulong());
        in.end();
    }

    @Test
    void ecdh_brings_shared_and_public_data() throws ReflectiveOperationException {
        WireReader in = Bytes.of()
                .u32(Ckm.CKM_ECDH1_DERIVE)
                .octet(1)
                .ulong(1)
                .nullBlock()
                .block(new byte[] {4, 5})
                .reader();
        assertEquals("CKM_ECDH1_DERIVE: kdf=1 sharedData=[] publicData=[0405]", describe(MechanismReader.read(in)));
        in.end();
    }

    @Test
    void a_null_mechanism_is_null_where_it_cancels_and_a_bad_argument_elsewhere() {
        WireReader cancel = Golden.named("cancel").parts();
        cancel.ulong();
        assertNull(MechanismReader.readOrNull(cancel));
        WireReader elsewhere = Golden.named("cancel").parts();
        elsewhere.ulong();
        assertEquals(
                Fault.ARGUMENTS_BAD,
                assertThrows(HsmException.class, () -> MechanismReader.read(elsewhere))
                        .fault());
    }

    @Test
    void a_struct_that_no_mechanism_takes_means_that_the_mechanism_is_not_there() {
        WireReader in = Bytes.of().u32(Ckm.CKM_XEDDSA).octet(1).ulong(1).reader();
        assertEquals(
                Fault.MECHANISM_INVALID,
                assertThrows(HsmException.class, () -> MechanismReader.read(in)).fault());
    }

    @Test
    void a_parameter_of_no_bytes_is_no_parameter() {
        for (Bytes none : new Bytes[] {Bytes.of().octet(0), Bytes.of().octet(1).u32(0)}) {
            WireReader in = Bytes.of().u32(Ckm.CKM_AES_CBC).raw(none.array()).reader();
            assertInstanceOf(NoParameters.class, MechanismReader.read(in).parameters());
        }
    }
}
