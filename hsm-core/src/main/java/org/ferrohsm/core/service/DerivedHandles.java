// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import java.util.List;

/**
 * What a derivation gives.
 *
 * @param handles the keys, in the order of the mechanism
 * @param first whether the first of them is the one that C_DeriveKey returns
 * @param outputs what else goes back in the parameter
 */
public record DerivedHandles(long[] handles, boolean first, List<byte[]> outputs) {}
