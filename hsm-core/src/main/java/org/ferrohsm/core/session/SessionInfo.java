// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.session;

/** CK_SESSION_INFO: slot, CKS_*, CKF_*, device error. */
public record SessionInfo(long slot, long state, long flags, long deviceError) {}
