// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.NoSuchProviderException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.junit.jupiter.api.Test;

class EnginesTest {
    private static final Set<EngineSource> ALL = EnumSet.allOf(EngineSource.class);

    @Test
    void nothing_is_loaded_before_an_algorithm_is_asked_for() {
        Engines engines = new Engines();
        for (EngineSource source : EngineSource.values()) {
            assertFalse(engines.loaded(source), source.name());
        }
    }

    @Test
    void digests_macs_aes_and_random_numbers_load_neither_accp_nor_bouncy_castle() {
        Engines engines = new Engines();
        engines.digest("SHA-256");
        engines.mac("HmacSHA512");
        engines.cipher("AES/CBC/PKCS5Padding");
        engines.cipher("AES/CTR/NoPadding");
        engines.random().nextBytes(new byte[16]);
        assertFalse(engines.loaded(EngineSource.ACCP));
        assertFalse(engines.loaded(EngineSource.BOUNCY_CASTLE));
        assertEquals("SUN", engines.digest("SHA-256").getProvider().getName());
        assertEquals("SunJCE", engines.mac("HmacSHA512").getProvider().getName());
    }

    @Test
    void signatures_come_from_accp_and_load_no_bouncy_castle() {
        Engines engines = new Engines();
        assertEquals(
                "AmazonCorrettoCryptoProvider",
                engines.signature("NONEwithECDSA").getProvider().getName());
        assertEquals(
                "AmazonCorrettoCryptoProvider",
                engines.cipher("RSA/ECB/NoPadding").getProvider().getName());
        assertTrue(engines.loaded(EngineSource.ACCP));
        assertFalse(engines.loaded(EngineSource.BOUNCY_CASTLE));
    }

    @Test
    void the_hosts_list_of_providers_stays_as_it_was() {
        Provider[] before = Security.getProviders();
        Engines engines = new Engines();
        engines.status();
        engines.signature("Ed25519");
        engines.random();
        assertArrayEquals(before, Security.getProviders());
    }

    @Test
    void every_source_is_usable_here_and_says_its_version() {
        List<EngineStatus> status = new Engines().status();
        assertEquals(
                Arrays.asList(EngineSource.values()),
                status.stream().map(EngineStatus::source).toList());
        for (EngineStatus one : status) {
            assertTrue(one.usable(), one.toString());
            assertFalse(one.version().isEmpty(), one.toString());
        }
    }

    @Test
    void a_source_that_does_not_load_is_passed_over_and_says_why() {
        Engines engines = new Engines(ALL, source -> {
            if (source == EngineSource.ACCP) {
                throw new UnsatisfiedLinkError("no such library");
            }
            return Providers.load(source);
        });
        assertEquals("SunEC", engines.signature("NONEwithECDSA").getProvider().getName());
        EngineStatus accp = engines.status().get(0);
        assertFalse(accp.usable());
        assertEquals("java.lang.UnsatisfiedLinkError: no such library", accp.detail());
    }

    @Test
    void bouncy_castle_serves_where_accp_and_the_jdk_are_gone() {
        Engines engines = new Engines(ALL, source -> {
            if (source != EngineSource.BOUNCY_CASTLE) {
                throw new NoSuchProviderException(source.name());
            }
            return Providers.load(source);
        });
        assertEquals("BC", engines.digest("SHA-256").getProvider().getName());
        assertEquals("BC", engines.signature("NONEwithECDSA").getProvider().getName());
        engines.random().nextBytes(new byte[16]);
    }

    @Test
    void a_source_is_loaded_once_however_often_it_fails() {
        List<EngineSource> loads = new ArrayList<>();
        Engines engines = new Engines(ALL, source -> {
            loads.add(source);
            throw new NoSuchProviderException(source.name());
        });
        for (int i = 0; i < 3; i++) {
            assertThrows(HsmException.class, () -> engines.digest("SHA-256"));
        }
        assertEquals(new HashSet<>(loads).size(), loads.size());
    }

    @Test
    void an_algorithm_that_no_source_has_is_mechanism_invalid() {
        HsmException e = assertThrows(HsmException.class, () -> new Engines().signature("SHA256withNothing"));
        assertEquals(Fault.MECHANISM_INVALID, e.fault());
    }

    @Test
    void random_numbers_come_from_accp_once_it_is_loaded() {
        Engines engines = new Engines();
        assertNotEquals("LibCryptoRng", engines.random().getAlgorithm());
        engines.signature("NONEwithECDSA");
        assertEquals("LibCryptoRng", engines.random().getAlgorithm());
        assertSame(engines.random(), engines.random());
    }

    @Test
    void random_numbers_drawn_by_threads_at_once_never_repeat() {
        for (SecureRandom random : List.of(beforeAccp(), afterAccp())) {
            Set<String> seen = ConcurrentHashMap.newKeySet();
            IntStream.range(0, 4000).parallel().forEach(i -> {
                byte[] drawn = new byte[16];
                random.nextBytes(drawn);
                assertTrue(seen.add(HexFormat.of().formatHex(drawn)), "drawn twice");
            });
            assertEquals(4000, seen.size());
        }
    }

    private static SecureRandom beforeAccp() {
        return new Engines().random();
    }

    private static SecureRandom afterAccp() {
        Engines engines = new Engines();
        engines.keyFactory("EC");
        return engines.random();
    }
}
