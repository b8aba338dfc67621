// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism;

/** Both halves of a key pair that a mechanism makes. */
public record NewKeyPair(NewKey publicKey, NewKey privateKey) {}
