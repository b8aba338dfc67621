// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import org.ferrohsm.core.operation.Output;

/** What an encapsulation gives: the ciphertext, or its length alone and no key, and the new key's handle. */
public record Encapsulated(Output ciphertext, long key) {}
