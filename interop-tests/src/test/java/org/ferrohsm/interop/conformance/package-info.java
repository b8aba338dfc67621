// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** Conformance cases in the XML of the PKCS#11 profiles, run against the library. */
@NullMarked
package org.ferrohsm.interop.conformance;

import org.jspecify.annotations.NullMarked;
