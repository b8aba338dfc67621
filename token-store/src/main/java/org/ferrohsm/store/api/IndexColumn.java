// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.api;

/**
 * The columns by which objects can be found. What they hold is a keyed hash (blind index) of an attribute, made by the
 * writer: equal attributes give equal columns and nothing else can be learned from them.
 */
public enum IndexColumn {
    OBJECT_CLASS,
    KEY_TYPE,
    LABEL,
    ID,
    SUBJECT
}
