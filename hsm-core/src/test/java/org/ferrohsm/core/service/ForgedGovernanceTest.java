// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import static org.ferrohsm.core.fault.FaultAssertions.assertFault;
import static org.ferrohsm.core.service.GovernedToken.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.session.Session;
import org.ferrohsm.store.api.TokenStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody who can write the database, and has no key, gets no operation out of a governed key. */
class ForgedGovernanceTest {
    @TempDir
    Path folder;

    private GovernedToken governed;
    private TokenStore store;
    private Session session;
    private long key;
    private UUID request;

    @BeforeEach
    void approve_a_signature() {
        governed = new GovernedToken(folder);
        store = governed.fixture.hsm.store();
        session = governed.user();
        key = governed.key(session, "signing", "release");
        request = refused(() -> governed.sign(session, key, "data"));
        governed.approve(request, governed.alice);
    }

    @AfterEach
    void close() {
        governed.close();
    }

    private Map<String, byte[]> rows() {
        Map<String, byte[]> rows = new LinkedHashMap<>();
        for (String name : List.of("book", "policy", "people", "request/" + request)) {
            rows.put(
                    name,
                    store.read(tx -> tx.entry(governed.token, "governance/" + name))
                            .orElseThrow());
        }
        return rows;
    }

    private void put(Map<String, byte[]> rows) {
        store.write(tx -> {
            rows.forEach((name, bytes) -> tx.putEntry(governed.token, "governance/" + name, bytes));
            return true;
        });
    }

    @Test
    void any_byte_of_any_row_changed_is_noticed_before_anything_is_signed() {
        governed.approve(request, governed.bob);
        Map<String, byte[]> good = rows();
        int refusals = 0;
        for (Map.Entry<String, byte[]> row : good.entrySet()) {
            for (int at = 0; at < row.getValue().length; at += 5) {
                byte[] changed = row.getValue().clone();
                changed[at] ^= 1;
                put(Map.of(row.getKey(), changed));
                assertFault(Fault.DEVICE_ERROR, () -> governed.sign(session, key, "data"));
                refusals++;
            }
            put(Map.of(row.getKey(), row.getValue()));
        }
        assertTrue(refusals > 200, () -> "only a few bytes were changed");
        assertEquals(64, governed.sign(session, key, "data").length);
    }

    @Test
    void a_row_put_back_is_noticed_and_so_are_all_of_them() {
        Map<String, byte[]> pending = rows();
        governed.approve(request, governed.bob);
        Map<String, byte[]> approved = rows();
        put(Map.of("request/" + request, pending.getOrDefault("request/" + request, new byte[0])));
        assertFault(Fault.DEVICE_ERROR, () -> governed.sign(session, key, "data"), "not the one that was written last");
        put(approved);
        governed.sign(session, key, "data");
        put(Map.of("request/" + request, approved.getOrDefault("request/" + request, new byte[0])));
        assertFault(Fault.DEVICE_ERROR, () -> governed.request(request), "put back");
        put(approved);
        assertFault(
                Fault.DEVICE_ERROR, () -> governed.sign(session, key, "data"), "an earlier state has been put back");
        put(pending);
        assertFault(
                Fault.DEVICE_ERROR, () -> governed.sign(session, key, "data"), "an earlier state has been put back");
    }

    @Test
    void rows_of_another_token_or_another_name_do_not_open() {
        governed.approve(request, governed.bob);
        Map<String, byte[]> rows = rows();
        put(Map.of("policy", rows.getOrDefault("people", new byte[0])));
        assertFault(Fault.DEVICE_ERROR, () -> governed.sign(session, key, "data"), "policy");
        long other = governed.fixture.newToken("other");
        UUID elsewhere = governed.fixture.login(other).access().token();
        store.write(tx -> {
            rows.forEach((name, bytes) -> tx.putEntry(elsewhere, "governance/" + name, bytes));
            return true;
        });
        assertFault(Fault.DEVICE_ERROR, () -> governed.governance().people(elsewhere));
    }

    @Test
    void governance_taken_away_takes_the_key_away_and_cannot_be_begun_anew() {
        Map<String, byte[]> rows = rows();
        store.write(tx -> {
            rows.keySet().forEach(name -> tx.removeEntry(governed.token, "governance/" + name));
            return true;
        });
        assertFault(Fault.FUNCTION_REJECTED, () -> governed.sign(session, key, "data"), "no policy is in force");
        governed.fixture.hsm.sessions().close(session);
        Session officer = governed.officer();
        assertFault(
                Fault.DEVICE_ERROR, () -> governed.governance().enroll(officer, governed.alice.approver()), "is gone");
    }
}
