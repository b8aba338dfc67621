// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Which JCA provider does the arithmetic.
 *
 * <p>Two things make the first operation of a process fast, and both are done where the product is laid out, not here.
 * ACCP's jar of the machine's own platform is the only one on the class path (both jars name their library alike, and
 * the first one on the path would be taken); and its {@code libamazonCorrettoCryptoProvider.so} lies unpacked in a folder
 * which the launcher gives to the JVM twice, as {@code -Djava.library.path=FOLDER} and as
 * {@code -Dferrohsm.native.dir=FOLDER}. Without them ACCP still works: it unpacks the library into a temporary folder.
 */
@NullMarked
package org.ferrohsm.core.engine;

import org.jspecify.annotations.NullMarked;
