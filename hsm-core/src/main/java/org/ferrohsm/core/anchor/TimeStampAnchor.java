// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.anchor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;
import org.ferrohsm.core.audit.Anchor;
import org.ferrohsm.core.audit.AnchorException;
import org.ferrohsm.core.seal.HostJce;

/**
 * A time-stamp authority (RFC 3161 over HTTP, section 3.4): what it signs shows that the checkpoint existed at that time.
 * Note and answer are kept as receipts, to be verified by {@code openssl ts -verify}.
 */
final class TimeStampAnchor implements Anchor {
    private static final int HASH_LENGTH = 32;

    /** TimeStampReq (section 2.4.1): version 1, SHA-256, a hash to come, certReq TRUE. */
    private static final String REQUEST_START = "30390201013031300d060960864801650304020105000420";

    private static final String REQUEST_END = "0101ff";

    private final String name;
    private final URI authority;
    private final Receipts receipts;
    private final HttpCall http = new HttpCall();

    TimeStampAnchor(String name, URI authority, Receipts receipts) {
        this.name = name;
        this.authority = authority;
        this.receipts = receipts;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void keep(Statement statement) throws AnchorException {
        byte[] note = statement.note().format().getBytes(UTF_8);
        byte[] hash = HostJce.sha256().digest(note);
        HttpCall.Answer answer =
                http.send("POST", authority, Map.of("Content-Type", "application/timestamp-query"), request(hash));
        if (answer.status() != 200 || !isGranted(answer.body(), hash)) {
            throw new AnchorException(
                    authority.getAuthority() + " gave no time stamp (HTTP status " + answer.status() + ")", null);
        }
        long size = statement.checkpoint().size();
        receipts.keep(size, "checkpoint", note);
        receipts.keep(size, "tsr", answer.body());
    }

    static byte[] request(byte[] hash) {
        byte[] start = HexFormat.of().parseHex(REQUEST_START);
        byte[] end = HexFormat.of().parseHex(REQUEST_END);
        return ByteBuffer.allocate(start.length + hash.length + end.length)
                .put(start)
                .put(hash)
                .put(end)
                .array();
    }

    /**
     * Whether a TimeStampResp (section 2.4.2) has a status of 0 or 1 (granted) and a token that names {@code hash}. Its
     * signature is for whoever relies on it to verify: only they know which authority they trust.
     */
    static boolean isGranted(byte[] response, byte[] hash) {
        ByteBuffer der = ByteBuffer.wrap(response);
        try {
            if (enter(der, 0x30) != der.remaining()) {
                return false;
            }
            int statusLength = enter(der, 0x30);
            ByteBuffer status = der.slice(der.position(), statusLength);
            der.position(der.position() + statusLength);
            boolean granted = enter(status, 0x02) == 1 && (status.get() & 0xfe) == 0;
            return granted && enter(der, 0x30) == der.remaining() && contains(der, hash);
        } catch (BufferUnderflowException
                | ArithmeticException
                | IllegalArgumentException
                | IndexOutOfBoundsException e) {
            return false;
        }
    }

    /** The length of the value that begins here, which has to be of this type. */
    private static int enter(ByteBuffer der, int tag) {
        if ((der.get() & 0xff) != tag) {
            throw new IllegalArgumentException("another type");
        }
        int length = der.get() & 0xff;
        if (length < 0x80) {
            return length;
        }
        int value = 0;
        for (int i = 0; i < (length & 0x7f); i++) {
            value = Math.addExact(Math.multiplyExact(value, 256), der.get() & 0xff);
        }
        return value;
    }

    private static boolean contains(ByteBuffer der, byte[] hash) {
        for (int at = der.position(); at + HASH_LENGTH <= der.limit(); at++) {
            if (der.slice(at, HASH_LENGTH).equals(ByteBuffer.wrap(hash))) {
                return true;
            }
        }
        return false;
    }
}
