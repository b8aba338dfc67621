// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism;

import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.attribute.SecretAttributes;

/**
 * What a mechanism contributes to a key that it makes; the rest comes from the template and the schema.
 *
 * @param attributes public parts (CKA_MODULUS, CKA_EC_POINT, CKA_VALUE_LEN ...)
 * @param secrets secret parts, whose new owner is the key
 */
public record NewKey(AttributeSet attributes, SecretAttributes secrets) {}
