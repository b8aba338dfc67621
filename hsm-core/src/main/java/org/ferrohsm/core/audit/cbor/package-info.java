// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** The part of CBOR (RFC 8949) that audit records are made of, in its one deterministic form. */
@NullMarked
package org.ferrohsm.core.audit.cbor;

import org.jspecify.annotations.NullMarked;
