// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.security.MessageDigest;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.mechanism.Digester;
import org.ferrohsm.core.mechanism.Hash;
import org.jspecify.annotations.Nullable;

/** A digest by the engine. */
final class EngineDigester implements Digester {
    private final MessageDigest digest;
    private final int length;

    EngineDigester(Engines engines, Hash hash) {
        this(engines, hash.digestName(), hash.length());
    }

    private EngineDigester(MessageDigest digest, int length) {
        this.digest = digest;
        this.length = length;
    }

    /** The digest with that JCA name, of so many bytes. */
    EngineDigester(Engines engines, String name, int length) {
        this.digest = engines.digest(name);
        this.length = length;
    }

    @Override
    public void update(byte[] data, int offset, int count) {
        digest.update(data, offset, count);
    }

    @Override
    public byte[] digest() {
        return digest.digest();
    }

    /** Null from an engine whose digests cannot be cloned. */
    @Override
    public @Nullable Digester copy() {
        try {
            return new EngineDigester((MessageDigest) digest.clone(), length);
        } catch (CloneNotSupportedException e) {
            return null;
        }
    }

    @Override
    public int length() {
        return length;
    }
}
