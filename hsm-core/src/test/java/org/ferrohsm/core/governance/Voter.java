// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.governance;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Set;
import org.ferrohsm.core.governance.approval.Request;
import org.ferrohsm.core.governance.approval.Verdict;
import org.ferrohsm.core.governance.approval.Vote;
import org.ferrohsm.core.governance.people.Approver;

/** A person with a key, who signs. */
public final class Voter {
    private final KeyPair pair;
    private final Approver approver;

    public Voter(String name, String person, Set<String> groups, Set<String> accounts) {
        try {
            pair = KeyPairGenerator.getInstance("Ed25519", "SunEC").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
        byte[] spki = pair.getPublic().getEncoded();
        byte[] key = Arrays.copyOfRange(spki, spki.length - Approver.KEY_LENGTH, spki.length);
        approver = new Approver(name, person, key, groups, accounts);
    }

    /** Somebody of one group with one key and no account. */
    public static Voter of(String name, String group) {
        return new Voter(name, name, Set.of(group), Set.of());
    }

    public Approver approver() {
        return approver;
    }

    public Vote vote(Request request, Verdict verdict) {
        return vote(request.digest(), verdict);
    }

    public Vote vote(byte[] digest, Verdict verdict) {
        try {
            Signature signature = Signature.getInstance("Ed25519", "SunEC");
            signature.initSign(pair.getPrivate());
            signature.update(Vote.signed(digest, verdict, approver.key(), 1));
            return new Vote(digest, verdict, approver.key(), 1, signature.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
