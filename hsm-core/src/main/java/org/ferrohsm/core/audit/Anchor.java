// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import java.util.List;
import java.util.function.LongFunction;
import org.ferrohsm.core.tlog.Checkpoint;
import org.ferrohsm.core.tlog.SignedNote;

/** A place outside the store that keeps checkpoints, so that no later log can contradict them unnoticed. */
public interface Anchor {
    /** What it is called in the configuration's order and in records: short and without secrets. */
    String name();

    /**
     * Gives it a checkpoint. The same one may be given more than once.
     *
     * @throws AnchorException if it is not certain that it has been kept
     */
    void keep(Statement statement) throws AnchorException;

    /**
     * A checkpoint to be kept.
     *
     * @param note as it was signed
     * @param checkpoint what it says
     * @param consistency gives the proof that it continues the tree of so many records (RFC 6962 section 2.1.2)
     */
    record Statement(SignedNote note, Checkpoint checkpoint, LongFunction<List<byte[]>> consistency) {}
}
