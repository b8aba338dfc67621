// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.engine;

import java.util.List;

/** A JCA provider that may do arithmetic for us. */
public enum EngineSource {
    /** Amazon Corretto Crypto Provider: AWS-LC behind JNI. */
    ACCP,
    /** The JDK's digests and random numbers. */
    SUN,
    /** The JDK's RSA keys. */
    SUN_RSA_SIGN,
    /** The JDK's elliptic curves. */
    SUN_EC,
    /** The JDK's ciphers and MACs. */
    SUN_JCE,
    /** Bouncy Castle. */
    BOUNCY_CASTLE;

    /** Native code first. */
    static final List<EngineSource> NATIVE_FIRST = List.of(ACCP, SUN_RSA_SIGN, SUN_EC, SUN_JCE, SUN, BOUNCY_CASTLE);

    /** The JDK first: nothing to load, and its intrinsics are as fast. */
    static final List<EngineSource> JDK_FIRST = List.of(SUN, SUN_JCE, SUN_RSA_SIGN, SUN_EC, ACCP, BOUNCY_CASTLE);
}
