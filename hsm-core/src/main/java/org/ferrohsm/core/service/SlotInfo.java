// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

/** CK_SLOT_INFO; texts without padding. */
public record SlotInfo(String description, String manufacturer, long flags, Version hardware, Version firmware) {}
