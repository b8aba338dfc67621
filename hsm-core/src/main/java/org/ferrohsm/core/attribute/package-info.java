// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** Attribute types, values, sets and templates: the data that objects are made of. */
@NullMarked
package org.ferrohsm.core.attribute;

import org.jspecify.annotations.NullMarked;
