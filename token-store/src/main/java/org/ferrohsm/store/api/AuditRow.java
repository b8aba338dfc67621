// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.api;

/**
 * A record of the audit log.
 *
 * @param seq its number; the first is 0
 * @param record its canonical bytes
 * @param mac its message authentication code
 */
public record AuditRow(long seq, byte[] record, byte[] mac) {}
