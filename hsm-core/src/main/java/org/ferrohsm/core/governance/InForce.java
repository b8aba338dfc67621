// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.governance;

import org.ferrohsm.core.governance.people.People;
import org.ferrohsm.core.governance.policy.PolicyDocument;

/**
 * What governs a token at a moment.
 *
 * @param policy the policy
 * @param text the document as it was approved
 * @param hash its digest
 * @param people the approvers
 */
public record InForce(PolicyDocument policy, byte[] text, byte[] hash, People people) {}
