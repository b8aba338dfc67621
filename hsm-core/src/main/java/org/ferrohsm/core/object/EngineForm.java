// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.object;

import java.security.PrivateKey;
import javax.security.auth.DestroyFailedException;

/** A key's form that holds an engine's copy of it, outside of what Java can wipe. */
public interface EngineForm {
    /** The engine's copy. */
    PrivateKey key();

    /** Lets the engine wipe its copy; not every engine can. */
    default void destroy() {
        try {
            key().destroy();
        } catch (DestroyFailedException e) {
            /* The JDK's own keys always say so: theirs are BigIntegers. */
            assert !key().isDestroyed();
        }
    }
}
