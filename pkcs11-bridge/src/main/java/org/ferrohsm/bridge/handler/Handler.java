// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.handler;

import org.ferrohsm.bridge.wire.WireReader;
import org.ferrohsm.bridge.wire.WireWriter;

/** Does one call: reads the parts of the request, ends it, acts, and writes the parts of the answer. */
@FunctionalInterface
public interface Handler {
    /**
     * Does the call.
     *
     * @throws org.ferrohsm.core.fault.HsmException what becomes the call's return value
     */
    void handle(Library library, WireReader in, WireWriter out);
}
