// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/**
 * The store in an SQLite database: durable, and shared by processes of one machine.
 *
 * <p><b>Start.</b> On first use in a process sqlite-jdbc (looked up in 3.54.1.0) loads its native library. Where the
 * system property {@code org.sqlite.lib.path} names a folder, it loads from there the file named by
 * {@code org.sqlite.lib.name} (default {@code System.mapLibraryName("sqlitejdbc")}, on Linux {@code libsqlitejdbc.so}, the
 * name it has in the jar under {@code org/sqlite/native/Linux/<arch>/}); else it unpacks the library into
 * {@code org.sqlite.tmpdir} (default {@code java.io.tmpdir}), which costs some 100 ms. Before either it lists
 * {@code org.sqlite.tmpdir} to delete what dead processes left there, so a launcher that ships the library unpacked sets
 * both {@code org.sqlite.lib.path} and {@code org.sqlite.tmpdir} to its folder. From JDK 24 on the JVM warns on stderr
 * about loading a native library unless it was started with {@code --enable-native-access=ALL-UNNAMED}.
 *
 * <p>A process must hold the library once only: the file locks of POSIX belong to the process, so a second copy (the same
 * jar in another class loader) that closes a connection would drop the locks of the first.
 *
 * <p><b>Logging.</b> sqlite-jdbc logs to slf4j where it finds {@code org.slf4j.Logger}, else to java.util.logging, and
 * above level TRACE only when its native library cannot be unpacked or loaded. This module brings no slf4j binding: it
 * must not choose one for a host application. Programs (not libraries) put slf4j-nop on their runtime path, so that
 * even then nothing is printed; what went wrong is in the exception.
 */
@NullMarked
package org.ferrohsm.store.sqlite;

import org.jspecify.annotations.NullMarked;
