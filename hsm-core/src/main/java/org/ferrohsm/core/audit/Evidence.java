// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import java.util.List;
import org.ferrohsm.core.tlog.NoteKey;
import org.ferrohsm.core.tlog.NoteVerifier;

/**
 * What a verifier has besides the log and its verification key.
 *
 * @param verifier checks signatures
 * @param keys by which checkpoints are to be signed; empty to take those that the log's own record names
 * @param files checkpoints from anchors, each file's in the order of their sizes
 */
public record Evidence(NoteVerifier verifier, List<NoteKey> keys, List<CheckpointFile> files) {}
