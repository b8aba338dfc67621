// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.engine;

import java.util.function.Supplier;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.jca.key.KeyKind;

/**
 * One size of key pair.
 *
 * @param mechanism CKM_* that generates it
 * @param attributes what the public template must say
 */
record PairSize(KeyKind kind, long mechanism, Supplier<Template.Builder> attributes) {
    Template.Builder template() {
        return attributes.get();
    }
}
