// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.governance.approval;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.governance.people.Approver;
import org.ferrohsm.core.governance.people.People;

/** Whose votes count, and whether they are enough. */
public final class Ballot {
    /** What SubjectPublicKeyInfo (RFC 8410) puts before an Ed25519 key. */
    private static final byte[] SPKI = HexFormat.of().parseHex("302a300506032b6570032100");

    private final Engines engines;
    private final Set<ApprovalRule> rules;

    public Ballot(Engines engines) {
        this(engines, EnumSet.allOf(ApprovalRule.class));
    }

    private Ballot(Engines engines, Set<ApprovalRule> rules) {
        this.engines = engines;
        this.rules = rules;
    }

    /** The same but for one rule. */
    Ballot without(ApprovalRule rule) {
        Set<ApprovalRule> fewer = EnumSet.copyOf(rules);
        fewer.remove(rule);
        return new Ballot(engines, fewer);
    }

    /**
     * The approver whose vote this is, if it may be cast.
     *
     * @throws org.ferrohsm.core.fault.HsmException FUNCTION_REJECTED, with the reason, if it does not count
     */
    private Approver requireValid(Request request, Vote vote, People people) {
        Approver approver = people.with(vote.key())
                .orElseThrow(
                        () -> Fault.FUNCTION_REJECTED.because("the key that signed is no approver's of this token"));
        objection(request, vote, approver).ifPresent(why -> {
            throw Fault.FUNCTION_REJECTED.because(approver.name() + "'s vote does not count: " + why);
        });
        return approver;
    }

    /**
     * A request after one more vote.
     *
     * @throws org.ferrohsm.core.fault.HsmException FUNCTION_REJECTED, with the reason, if the vote does not count or the
     *     request does not wait for it
     */
    public Dossier cast(Dossier dossier, Vote vote, People people, long now) {
        Approver approver = requireValid(dossier.request(), vote, people);
        List<Vote> votes = new ArrayList<>(dossier.votes().values());
        votes.add(vote);
        return dossier.voted(approver.name(), vote, isMet(dossier.request(), votes, people), now);
    }

    /** Whether these votes, each looked at again, are enough. */
    public boolean isMet(Request request, Collection<Vote> votes, People people) {
        List<Approver> counting = new ArrayList<>();
        for (Vote vote : votes) {
            if (vote.verdict() == Verdict.APPROVE) {
                people.with(vote.key())
                        .filter(approver -> objection(request, vote, approver).isEmpty())
                        .ifPresent(counting::add);
            }
        }
        Collection<Set<String>> persons = rules.contains(ApprovalRule.PERSONS_COUNT)
                ? People.groupsByPerson(counting).values()
                : counting.stream().map(Approver::groups).toList();
        return request.quorum().isMetBy(persons);
    }

    private Optional<String> objection(Request request, Vote vote, Approver approver) {
        if (rules.contains(ApprovalRule.BINDING) && !Arrays.equals(vote.request(), request.digest())) {
            return Optional.of("it is of another request");
        }
        if (rules.contains(ApprovalRule.REQUESTER_APART)
                && approver.accounts().contains(request.subject().requester())) {
            return Optional.of("who asks does not approve");
        }
        if (request.quorum().counts().keySet().stream().noneMatch(approver.groups()::contains)) {
            return Optional.of("this takes " + request.quorum());
        }
        return verifies(vote) ? Optional.empty() : Optional.of("its signature is wrong");
    }

    private boolean verifies(Vote vote) {
        byte[] spki = Arrays.copyOf(SPKI, SPKI.length + Approver.KEY_LENGTH);
        System.arraycopy(vote.key(), 0, spki, SPKI.length, Approver.KEY_LENGTH);
        try {
            PublicKey key = engines.keyFactory("Ed25519").generatePublic(new X509EncodedKeySpec(spki));
            Signature signature = engines.signature("Ed25519");
            signature.initVerify(key);
            signature.update(vote.signed());
            return signature.verify(vote.signature());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
