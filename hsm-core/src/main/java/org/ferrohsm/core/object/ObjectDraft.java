// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.object;

import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.attribute.SecretAttributes;

/**
 * An object in the making: what its template and its schema give.
 *
 * @param attributes what is not secret
 * @param secrets what is; whoever holds the draft owns them
 */
public record ObjectDraft(AttributeSet attributes, SecretAttributes secrets) {}
