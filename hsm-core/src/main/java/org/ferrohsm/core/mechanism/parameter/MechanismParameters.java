// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.parameter;

/** The parameters of a mechanism, one record per structure of the specification. */
public interface MechanismParameters {}
