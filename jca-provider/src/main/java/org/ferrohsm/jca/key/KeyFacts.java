// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.key;

import java.util.Set;
import org.ferrohsm.jca.spec.KeyUsage;

/** What every opaque key knows of its object. */
record KeyFacts(ObjectReference reference, long keyType, Set<KeyUsage> usages) {}
