// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.governance.approval;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.governance.Voter;
import org.ferrohsm.core.governance.people.People;
import org.ferrohsm.core.governance.policy.GovernedOperation;
import org.ferrohsm.core.governance.policy.Quorum;

/**
 * No sequence of votes by fewer persons than the quorum, the requester left aside, makes a request usable, and each rule has
 * its part in that.
 */
class QuorumSequencesTest {
    private static final int ENOUGH = 20_000;
    private static final String ACCOUNT = "uid:7";

    /** Two keys are alice's; carol is who asks. */
    private final List<Voter> voters = List.of(
            Voter.of("alice", "release"),
            new Voter("alice-2", "alice", Set.of("release"), Set.of()),
            Voter.of("bob", "release"),
            new Voter("carol", "carol", Set.of("release"), Set.of(ACCOUNT)),
            Voter.of("olga", "officers"));

    private final People people = people();
    private final List<Request> requests = List.of(request(1), request(2));
    private final Map<String, Vote> signed = sign();

    /** Somebody hands in a vote that {@code voter} has signed for request {@code of}, at request {@code at}. */
    record Cast(int voter, Verdict verdict, int of, int at) {}

    private People people() {
        People all = People.NOBODY;
        for (Voter voter : voters) {
            all = all.plus(voter.approver());
        }
        return all;
    }

    private static Request request(int number) {
        Subject subject = new Subject(
                new UUID(0, 1), GovernedOperation.SIGN, new UUID(0, 2), 1L, 4L, null, new byte[32], ACCOUNT);
        byte[] nonce = new byte[32];
        nonce[0] = (byte) number;
        return new Request(
                new UUID(1, number),
                nonce,
                subject,
                "key",
                "release",
                null,
                1,
                new byte[32],
                new Quorum(new TreeMap<>(Map.of("release", 2))),
                0,
                1000,
                1000,
                1);
    }

    private Map<String, Vote> sign() {
        Map<String, Vote> votes = new TreeMap<>();
        for (int voter = 0; voter < voters.size(); voter++) {
            for (Verdict verdict : Verdict.values()) {
                for (int of = 0; of < requests.size(); of++) {
                    votes.put(
                            voter + "/" + verdict + "/" + of, voters.get(voter).vote(requests.get(of), verdict));
                }
            }
        }
        return votes;
    }

    @Provide
    Arbitrary<List<Cast>> casts() {
        Arbitrary<Integer> which = Arbitraries.of(0, 1);
        return Combinators.combine(
                        Arbitraries.integers().between(0, voters.size() - 1),
                        Arbitraries.frequencyOf(
                                net.jqwik.api.Tuple.of(6, Arbitraries.just(Verdict.APPROVE)),
                                net.jqwik.api.Tuple.of(1, Arbitraries.of(Verdict.class))),
                        which,
                        which)
                .as(Cast::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    @Property(tries = 5000)
    void fewer_persons_than_the_quorum_never_make_a_request_usable(@ForAll("casts") List<Cast> casts) {
        assertFalse(misused(new Ballot(new Engines()), casts));
    }

    @Example
    void two_persons_make_it_usable() {
        Ballot ballot = new Ballot(new Engines());
        List<Cast> casts = List.of(new Cast(0, Verdict.APPROVE, 0, 0), new Cast(2, Verdict.APPROVE, 0, 0));
        assertTrue(play(ballot, casts).get(0).state() == RequestState.APPROVED);
    }

    @Example
    void the_requester_gets_through_where_requesters_count() {
        assertMisuseWithout(ApprovalRule.REQUESTER_APART);
    }

    @Example
    void one_person_gets_through_where_keys_count() {
        assertMisuseWithout(ApprovalRule.PERSONS_COUNT);
    }

    @Example
    void votes_for_something_else_get_through_where_they_are_not_bound() {
        assertMisuseWithout(ApprovalRule.BINDING);
    }

    private void assertMisuseWithout(ApprovalRule rule) {
        Ballot weakened = new Ballot(new Engines()).without(rule);
        assertTrue(
                casts().sampleStream().limit(ENOUGH).anyMatch(casts -> misused(weakened, casts)),
                () -> "no sequence needed " + rule);
    }

    /** Whether a request became usable that two persons beside the requester have not signed an approval of. */
    private boolean misused(Ballot ballot, List<Cast> casts) {
        List<Dossier> after = play(ballot, casts);
        for (int at = 0; at < requests.size(); at++) {
            Set<String> persons = new HashSet<>();
            for (Cast cast : casts) {
                Voter voter = voters.get(cast.voter);
                if (cast.verdict == Verdict.APPROVE
                        && cast.of == at
                        && cast.at == at
                        && voter.approver().groups().contains("release")
                        && voter.approver().accounts().isEmpty()) {
                    persons.add(voter.approver().person());
                }
            }
            if (after.get(at).state() == RequestState.APPROVED && persons.size() < 2) {
                return true;
            }
        }
        return false;
    }

    private List<Dossier> play(Ballot ballot, List<Cast> casts) {
        Dossier[] dossiers = {Dossier.opened(requests.get(0)), Dossier.opened(requests.get(1))};
        for (Cast cast : casts) {
            Vote vote = java.util.Objects.requireNonNull(signed.get(cast.voter + "/" + cast.verdict + "/" + cast.of));
            try {
                dossiers[cast.at] = ballot.cast(dossiers[cast.at], vote, people, 1);
            } catch (HsmException refused) {
                if (refused.fault() != Fault.FUNCTION_REJECTED) {
                    throw refused;
                }
            }
        }
        return List.of(dossiers[0], dossiers[1]);
    }
}
