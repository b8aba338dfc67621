// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.wire;

/** A version of p11-kit's protocol, 0 to 2 (docs/spec/wire.md, "Older clients"). */
public record Protocol(int version) {
    public static final Protocol CURRENT = new Protocol(2);

    /** The version that both sides know, where the client knows all up to {@code highest}. */
    public static Protocol upTo(int highest) {
        return new Protocol(Math.min(highest, CURRENT.version));
    }

    /** Whether a byte says if a mechanism's parameter follows; else it follows always, empty or not. */
    public boolean marksParameters() {
        return version >= 2;
    }
}
