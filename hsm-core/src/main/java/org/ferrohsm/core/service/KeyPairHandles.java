// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

/** Handles of both halves of a key pair. */
public record KeyPairHandles(long publicKey, long privateKey) {}
