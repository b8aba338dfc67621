// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import org.ferrohsm.core.operation.Output;
import org.jspecify.annotations.Nullable;

/**
 * What a message function of a cipher, or an authenticated wrapping, gives back.
 *
 * @param output the ciphertext or plaintext; empty from a Begin function
 * @param nonce the nonce that was used; null where the call chose none
 * @param tag the tag of a message that has been encrypted whole; null before its end
 */
public record MessageOutcome(Output output, byte @Nullable [] nonce, byte @Nullable [] tag) {}
