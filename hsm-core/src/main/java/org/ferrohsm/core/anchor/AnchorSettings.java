// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.anchor;

import java.nio.file.Path;
import java.time.Clock;
import org.ferrohsm.core.engine.Engines;

/**
 * What anchors need of their surroundings.
 *
 * @param receipts the folder for what anchors give in return
 * @param gitRemote where git pushes to; empty for nowhere
 * @param s3KeyFile holds {@code access-key-id = ...} and {@code secret-access-key = ...}
 * @param s3Region the region that requests are signed for
 * @param s3Days for how long objects stay locked
 * @param engines digests and signatures
 * @param clock wall time
 */
public record AnchorSettings(
        Path receipts, String gitRemote, Path s3KeyFile, String s3Region, int s3Days, Engines engines, Clock clock) {}
