// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.ferrohsm.bridge.wire.Call;
import org.ferrohsm.bridge.wire.WireReader;

/** A request of pkcs11-native's golden file: what the C library really writes. */
public record Golden(String name, byte[] bytes) {
    private static final Path FILE = Path.of("..", "pkcs11-native", "tests", "golden", "requests.txt");

    /** All of them. */
    public static List<Golden> all() {
        try {
            return Files.readAllLines(FILE).stream().map(Golden::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one with this name. */
    public static Golden named(String name) {
        return all().stream()
                .filter(request -> request.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Golden of(String line) {
        int blank = line.lastIndexOf(' ');
        return new Golden(line.substring(0, blank), HexFormat.of().parseHex(line.substring(blank + 1)));
    }

    /** The call that it is. */
    public Call call() {
        Call call = Call.of(ByteBuffer.wrap(bytes).getInt());
        if (call == null) {
            throw new IllegalStateException(name);
        }
        return call;
    }

    /** A reader that stands behind the signature. */
    public WireReader parts() {
        WireReader in = Bytes.reader(bytes);
        in.u32();
        in.signature(call().request());
        return in;
    }

    @Override
    public String toString() {
        return name;
    }
}
