// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import java.util.List;

/**
 * What C_GenerateKey or C_DeriveKey made, some of which may go back in the mechanism's parameter.
 *
 * @param handles the keys, in the order of the mechanism; 0 where the parameter has a place for a key that was not wanted
 * @param returnsFirst whether the first of them is the one that the function returns
 * @param outputs bytes that go back in the parameter behind its handles, in the order of its fields
 */
public record MadeKeys(long[] handles, boolean returnsFirst, List<byte[]> outputs) {
    /** The handle that the function returns; 0 if all go back in the parameter. */
    public long returned() {
        return returnsFirst ? handles[0] : 0;
    }
}
