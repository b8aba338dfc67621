// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cku;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.governance.Voter;
import org.ferrohsm.core.governance.approval.Dossier;
import org.ferrohsm.core.governance.approval.Verdict;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.object.PolicyTags;
import org.ferrohsm.core.operation.Output;
import org.ferrohsm.core.session.Session;

/** A token whose keys tagged "release" sign with the approval of two of three, and what happens at it. */
final class GovernedToken implements AutoCloseable {
    static final String POLICY = """
            {"ferrohsm-policy": 1, "version": 1, "default": "allow",
             "administration": {"approvals": [{"group": "officers", "count": 1}]},
             "rules": [
              {"name": "release", "keys": {"tags": ["release"]}, "operations": ["sign", "destroy", "decrypt"],
               "approvals": [{"group": "release", "count": 2}], "use-within": "PT10M"},
              {"name": "burst", "keys": {"tags": ["burst"]}, "operations": ["sign"],
               "approvals": [{"group": "release", "count": 1}], "activation": {"uses": 2}},
              {"name": "slow", "keys": {"tags": ["slow"]}, "operations": ["sign"], "total": 2},
              {"name": "kept", "keys": {"labels": ["kept-*"]}, "operations": ["destroy"], "effect": "deny"}]}
            """;

    final Voter alice = Voter.of("alice", "release");
    final Voter bob = Voter.of("bob", "release");
    final Voter carol = Voter.of("carol", "release");
    final Voter olga = Voter.of("olga", "officers");
    final HsmFixture fixture;
    final long slot;
    final UUID token;

    GovernedToken(Path folder) {
        this(folder, Map.of());
    }

    GovernedToken(Path folder, Map<String, String> settings) {
        fixture = new HsmFixture(folder, settings);
        slot = fixture.newToken("governed");
        Session officer = officer();
        token = officer.access().token();
        for (Voter voter : List.of(alice, bob, carol, olga)) {
            governance().enroll(officer, voter.approver());
        }
        apply(officer, POLICY, olga);
        fixture.hsm.sessions().close(officer);
    }

    GovernanceService governance() {
        return fixture.hsm.governance();
    }

    Session officer() {
        Session session = fixture.open(slot);
        fixture.hsm.sessions().login(session, Cku.CKU_SO, HsmFixture.pin(HsmFixture.SO_PIN));
        return session;
    }

    Session user() {
        return fixture.login(slot);
    }

    /** Applies a policy with the approval of {@code officer}. */
    void apply(Session session, String policy, Voter officer) {
        byte[] text = policy.getBytes(StandardCharsets.UTF_8);
        UUID request = refused(() -> governance().apply(session, text));
        approve(request, officer);
        governance().apply(session, text);
    }

    /** A P-256 pair on the token; gives the private key. */
    long key(Session session, String label, String tags) {
        Template.Builder secret = Template.builder()
                .put(Cka.CKA_TOKEN, true)
                .put(Cka.CKA_LABEL, label)
                .put(Cka.CKA_SIGN, true);
        if (!tags.isEmpty()) {
            secret.put(PolicyTags.ATTRIBUTE, tags);
        }
        return fixture.hsm
                .keys()
                .generatePair(
                        session,
                        MechanismCall.of(Ckm.CKM_EC_KEY_PAIR_GEN),
                        Template.builder()
                                .put(Cka.CKA_EC_PARAMS, HsmFixture.P256)
                                .put(Cka.CKA_TOKEN, true)
                                .put(Cka.CKA_LABEL, label)
                                .build(),
                        secret.build())
                .privateKey();
    }

    byte[] sign(Session session, long key, String data) {
        return sign(fixture, session, key, data);
    }

    static byte[] sign(HsmFixture fixture, Session session, long key, String data) {
        fixture.hsm.crypto().signInit(session, MechanismCall.of(Ckm.CKM_ECDSA_SHA256), key);
        return Objects.requireNonNull(fixture.hsm
                .crypto()
                .sign(session, data.getBytes(StandardCharsets.UTF_8), Output.UNLIMITED)
                .bytes());
    }

    Dossier approve(UUID request, Voter voter) {
        return vote(request, voter, Verdict.APPROVE);
    }

    Dossier vote(UUID request, Voter voter, Verdict verdict) {
        return governance().vote(token, request, voter.vote(request(request).request(), verdict));
    }

    Dossier request(UUID request) {
        return governance().request(token, request).orElseThrow();
    }

    /** The request that a refused call has opened, or that waits still. */
    static UUID refused(Runnable call) {
        try {
            call.run();
        } catch (HsmException e) {
            UUID request = e.request();
            if (e.fault() == Fault.FUNCTION_REJECTED && request != null) {
                return request;
            }
            throw e;
        }
        throw new AssertionError("it was not refused");
    }

    @Override
    public void close() {
        fixture.close();
    }
}
