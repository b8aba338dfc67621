// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import javax.crypto.Mac;

/** A MAC by the engine, which is initialised. */
record EngineMac(Mac mac) implements MacFunction {
    @Override
    public void update(byte[] data, int offset, int length) {
        mac.update(data, offset, length);
    }

    @Override
    public byte[] finish() {
        return mac.doFinal();
    }
}
