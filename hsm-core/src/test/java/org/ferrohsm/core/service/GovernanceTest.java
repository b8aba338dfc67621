// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import static org.ferrohsm.core.fault.FaultAssertions.assertFault;
import static org.ferrohsm.core.service.GovernedToken.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.governance.Voter;
import org.ferrohsm.core.governance.approval.RequestState;
import org.ferrohsm.core.governance.approval.Verdict;
import org.ferrohsm.core.governance.policy.Decision;
import org.ferrohsm.core.governance.policy.GovernedOperation;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.object.PolicyTags;
import org.ferrohsm.core.operation.Output;
import org.ferrohsm.core.session.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GovernanceTest {
    @TempDir
    Path folder;

    private GovernedToken governed;
    private Session session;
    private long key;

    @BeforeEach
    void open() {
        governed = new GovernedToken(folder);
        session = governed.user();
        key = governed.key(session, "signing", "release");
    }

    @AfterEach
    void close() {
        governed.close();
    }

    @Test
    void two_of_three_let_the_same_call_succeed_exactly_once() {
        UUID request = refused(() -> governed.sign(session, key, "app-1.0"));
        governed.approve(request, governed.alice);
        assertEquals(request, refused(() -> governed.sign(session, key, "app-1.0")));
        assertEquals(
                RequestState.APPROVED, governed.approve(request, governed.bob).state());
        assertFault(Fault.FUNCTION_REJECTED, () -> governed.approve(request, governed.carol), "approved");
        assertNotEquals(request, refused(() -> governed.sign(session, key, "app-1.1")));
        assertTrue(governed.sign(session, key, "app-1.0").length > 0);
        assertEquals(RequestState.CONSUMED, governed.request(request).state());
        assertNotEquals(request, refused(() -> governed.sign(session, key, "app-1.0")));
        assertFault(Fault.FUNCTION_REJECTED, () -> governed.approve(request, governed.carol), "consumed");
    }

    @Test
    void a_person_with_two_keys_counts_once_and_one_who_asks_not_at_all() {
        String account = account();
        Session officer = otherwise();
        Voter again = new Voter("alice-2", "alice", Set.of("release"), Set.of());
        Voter asker = new Voter("dave", "dave", Set.of("release"), Set.of(account));
        enroll(officer, again);
        enroll(officer, asker);
        back(officer);
        UUID request = refused(() -> governed.sign(session, key, "data"));
        governed.approve(request, governed.alice);
        assertEquals(RequestState.PENDING, governed.approve(request, again).state());
        assertFault(Fault.FUNCTION_REJECTED, () -> governed.approve(request, asker), "who asks does not approve");
        assertEquals(
                RequestState.APPROVED, governed.approve(request, governed.bob).state());
    }

    private String account() {
        UUID request = refused(() -> governed.sign(session, key, "whose"));
        return governed.request(request).request().subject().requester();
    }

    @Test
    void votes_of_strangers_of_other_groups_and_for_other_requests_do_not_count() {
        UUID request = refused(() -> governed.sign(session, key, "data"));
        UUID other = refused(() -> governed.sign(session, key, "other"));
        assertFault(
                Fault.FUNCTION_REJECTED, () -> governed.approve(request, Voter.of("eve", "release")), "no approver's");
        assertFault(Fault.FUNCTION_REJECTED, () -> governed.approve(request, governed.olga), "2 of release");
        assertFault(
                Fault.FUNCTION_REJECTED,
                () -> governed.governance()
                        .vote(
                                governed.token,
                                request,
                                governed.alice.vote(governed.request(other).request(), Verdict.APPROVE)),
                "another request");
        var vote = governed.alice.vote(governed.request(request).request(), Verdict.DENY);
        var forged = new org.ferrohsm.core.governance.approval.Vote(
                vote.request(), Verdict.APPROVE, vote.key(), vote.time(), vote.signature());
        assertFault(
                Fault.FUNCTION_REJECTED,
                () -> governed.governance().vote(governed.token, request, forged),
                "signature is wrong");
    }

    @Test
    void one_denial_ends_a_request_and_a_revocation_an_approval() {
        UUID denied = refused(() -> governed.sign(session, key, "data"));
        governed.approve(denied, governed.alice);
        assertEquals(
                RequestState.DENIED,
                governed.vote(denied, governed.bob, Verdict.DENY).state());
        UUID next = refused(() -> governed.sign(session, key, "data"));
        assertNotEquals(denied, next);
        governed.approve(next, governed.alice);
        governed.approve(next, governed.bob);
        assertEquals(
                RequestState.REVOKED,
                governed.vote(next, governed.alice, Verdict.REVOKE).state());
        assertNotEquals(next, refused(() -> governed.sign(session, key, "data")));
    }

    @Test
    void parts_are_bound_at_their_end_and_a_length_asks_for_nothing() {
        var crypto = governed.fixture.hsm.crypto();
        crypto.signInit(session, MechanismCall.of(Ckm.CKM_ECDSA_SHA256), key);
        assertEquals(64, crypto.sign(session, bytes("ab"), Output.QUERY).length());
        assertTrue(governed.governance().requests(governed.token).isEmpty());
        UUID request = refused(() -> crypto.sign(session, bytes("ab"), Output.UNLIMITED));
        governed.approve(request, governed.alice);
        governed.approve(request, governed.bob);
        crypto.signInit(session, MechanismCall.of(Ckm.CKM_ECDSA_SHA256), key);
        crypto.signUpdate(session, bytes("a"));
        crypto.signUpdate(session, bytes("b"));
        assertEquals(64, crypto.signFinal(session, Output.UNLIMITED).length());
    }

    @Test
    void a_decryption_in_parts_gives_nothing_before_it_is_approved() {
        var crypto = governed.fixture.hsm.crypto();
        long aes = governed.fixture
                .hsm
                .keys()
                .generate(
                        session,
                        MechanismCall.of(Ckm.CKM_AES_KEY_GEN),
                        Template.builder()
                                .put(Cka.CKA_TOKEN, true)
                                .put(Cka.CKA_VALUE_LEN, 32)
                                .put(Cka.CKA_ENCRYPT, true)
                                .put(Cka.CKA_DECRYPT, true)
                                .put(PolicyTags.ATTRIBUTE, "release")
                                .build());
        MechanismCall cbc = new MechanismCall(
                Ckm.CKM_AES_CBC_PAD, new org.ferrohsm.core.mechanism.parameter.RawParameters(new byte[16]));
        byte[] plain = bytes("forty characters of what nobody may know");
        crypto.encryptInit(session, cbc, aes);
        byte[] secret = java.util.Objects.requireNonNull(
                crypto.encrypt(session, plain, Output.UNLIMITED).bytes());
        crypto.decryptInit(session, cbc, aes);
        assertEquals(0, crypto.decryptUpdate(session, secret, Output.UNLIMITED).length());
        UUID request = refused(() -> crypto.decryptFinal(session, Output.UNLIMITED));
        governed.approve(request, governed.alice);
        governed.approve(request, governed.carol);
        crypto.decryptInit(session, cbc, aes);
        assertEquals(0, crypto.decryptUpdate(session, secret, Output.UNLIMITED).length());
        assertArrayEquals(plain, crypto.decryptFinal(session, Output.UNLIMITED).bytes());
    }

    @Test
    void destroying_needs_approval_and_happens_with_it() {
        var objects = governed.fixture.hsm.objects();
        UUID request = refused(() -> objects.destroy(session, key));
        governed.approve(request, governed.alice);
        governed.approve(request, governed.bob);
        objects.destroy(session, key);
        assertEquals(RequestState.CONSUMED, governed.request(request).state());
        assertFault(Fault.OBJECT_HANDLE_INVALID, () -> objects.destroy(session, key));
    }

    @Test
    void an_activation_opens_a_key_for_so_many_uses() {
        long burst = governed.key(session, "b", "burst");
        UUID request = refused(() -> governed.sign(session, burst, "one"));
        governed.approve(request, governed.alice);
        governed.sign(session, burst, "one");
        governed.sign(session, burst, "two");
        assertNotEquals(request, refused(() -> governed.sign(session, burst, "three")));
    }

    @Test
    void a_total_holds_for_each_key() {
        long slow = governed.key(session, "s", "slow");
        governed.sign(session, slow, "one");
        governed.sign(session, slow, "two");
        assertFault(Fault.FUNCTION_REJECTED, () -> governed.sign(session, slow, "three"), "2 uses");
        governed.sign(session, governed.key(session, "t", "slow"), "one");
    }

    @Test
    void a_change_of_label_does_not_take_a_key_away_from_its_rule() {
        var objects = governed.fixture.hsm.objects();
        long kept = governed.key(session, "kept-root", "");
        Template label = Template.builder().put(Cka.CKA_LABEL, "free").build();
        assertFault(Fault.FUNCTION_REJECTED, () -> objects.change(session, kept, label), "taken away");
        assertFault(Fault.FUNCTION_REJECTED, () -> objects.copy(session, kept, label), "taken away");
        assertFault(Fault.FUNCTION_REJECTED, () -> objects.destroy(session, kept), "kept");
    }

    @Test
    void tags_change_only_with_the_policys_own_quorum() {
        var objects = governed.fixture.hsm.objects();
        Template tags = Template.builder().put(PolicyTags.ATTRIBUTE, "slow").build();
        assertFault(Fault.ATTRIBUTE_READ_ONLY, () -> objects.change(session, key, tags));
        UUID request = refused(() -> objects.retag(session, key, "slow"));
        assertFault(Fault.FUNCTION_REJECTED, () -> governed.approve(request, governed.alice), "1 of officers");
        governed.approve(request, governed.olga);
        objects.retag(session, key, "slow");
        governed.sign(session, key, "free now");
    }

    @Test
    void a_tag_that_no_rule_knows_and_a_token_without_a_policy_let_nothing_happen() {
        long odd = governed.key(session, "odd", "other");
        assertFault(Fault.FUNCTION_REJECTED, () -> governed.sign(session, odd, "data"), "tag other");
        long plain = governed.fixture.newToken("plain");
        Session elsewhere = governed.fixture.login(plain);
        long tagged = governed.key(elsewhere, "tagged", "release");
        assertFault(Fault.FUNCTION_REJECTED, () -> governed.sign(elsewhere, tagged, "data"), "no policy is in force");
    }

    @Test
    void a_new_policy_ends_what_was_asked_for_under_the_old_one() {
        UUID request = refused(() -> governed.sign(session, key, "data"));
        governed.approve(request, governed.alice);
        governed.approve(request, governed.bob);
        Session officer = otherwise();
        assertFault(
                Fault.ARGUMENTS_BAD,
                () -> governed.governance().apply(officer, bytes(GovernedToken.POLICY)),
                "number it higher");
        governed.apply(officer, GovernedToken.POLICY.replace("\"version\": 1", "\"version\": 2"), governed.olga);
        back(officer);
        assertEquals(RequestState.SUPERSEDED, governed.request(request).state());
        assertNotEquals(request, refused(() -> governed.sign(session, key, "data")));
    }

    @Test
    void an_approver_who_is_gone_counts_no_more_even_for_what_was_approved() {
        UUID request = refused(() -> governed.sign(session, key, "data"));
        governed.approve(request, governed.alice);
        governed.approve(request, governed.bob);
        Session officer = otherwise();
        UUID removal = refused(() -> governed.governance().remove(officer, "bob"));
        governed.approve(removal, governed.olga);
        governed.governance().remove(officer, "bob");
        back(officer);
        UUID next = refused(() -> governed.sign(session, key, "data"));
        assertNotEquals(request, next);
        assertEquals(RequestState.SUPERSEDED, governed.request(request).state());
    }

    @Test
    void explain_names_the_rule_and_its_line() {
        var governance = governed.governance();
        Decision sign = governance.explain(session, key, GovernedOperation.SIGN, Ckm.CKM_ECDSA);
        assertInstanceOf(Decision.NeedsApproval.class, sign);
        assertEquals("rule \"release\" (line 4)", sign.reason());
        assertInstanceOf(
                Decision.Allow.class, governance.explain(session, key, GovernedOperation.VERIFY, Ckm.CKM_ECDSA));
        long kept = governed.key(session, "kept-root", "");
        Decision destroy = governance.explain(session, kept, GovernedOperation.DESTROY, null);
        assertInstanceOf(Decision.Deny.class, destroy);
        assertTrue(destroy.reason().startsWith("rule \"kept\" (line 9)"), destroy::reason);
    }

    private void enroll(Session officer, Voter voter) {
        UUID request = refused(() -> governed.governance().enroll(officer, voter.approver()));
        governed.approve(request, governed.olga);
        governed.governance().enroll(officer, voter.approver());
    }

    /** The SO in place of the user. */
    private Session otherwise() {
        governed.fixture.hsm.sessions().close(session);
        return governed.officer();
    }

    private void back(Session officer) {
        governed.fixture.hsm.sessions().close(officer);
        session = governed.user();
        key = governed.fixture.only(session, org.ferrohsm.core.ck.Cko.CKO_PRIVATE_KEY, "signing");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
