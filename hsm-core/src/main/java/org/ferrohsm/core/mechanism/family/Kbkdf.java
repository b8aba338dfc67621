// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.io.ByteArrayOutputStream;
import org.ferrohsm.core.ck.Ck;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.parameter.KbkdfParameters;
import org.ferrohsm.core.mechanism.parameter.PrfField;
import org.ferrohsm.core.object.HsmObject;

/** The blocks of a derivation of NIST SP 800-108, whose input the caller lays out field by field. */
final class Kbkdf {
    /** Sections 4.1 to 4.3 of SP 800-108 revision 1. */
    enum Mode {
        COUNTER,
        FEEDBACK,
        DOUBLE_PIPELINE
    }

    private final Mode mode;
    private final Prf prf;
    private final KbkdfParameters parameters;
    private final long keyBits;
    private final long blockBits;

    /**
     * {@code keyBits} and {@code blockBits} are the two lengths that a field may show: of the keys, and of the blocks.
     *
     * @throws org.ferrohsm.core.fault.HsmException MECHANISM_PARAM_INVALID for fields that the mode does not have
     */
    Kbkdf(Mode mode, Prf prf, KbkdfParameters parameters, long keyBits, long blockBits) {
        this.mode = mode;
        this.prf = prf;
        this.parameters = parameters;
        this.keyBits = keyBits;
        this.blockBits = blockBits;
        boolean counts = mode == Mode.COUNTER;
        require(count(Ck.CK_SP800_108_ITERATION_VARIABLE) == 1, "one iteration variable");
        require(count(Ck.CK_SP800_108_COUNTER) <= (counts ? 0 : 1), "a counter too many");
        require(count(Ck.CK_SP800_108_DKM_LENGTH) <= 1, "one length");
        require(mode == Mode.FEEDBACK || parameters.iv().length == 0, "no IV");
        parameters.fields().forEach(this::check);
    }

    private long count(long type) {
        return parameters.fields().stream()
                .filter(field -> field.type() == type)
                .count();
    }

    private void check(PrfField field) {
        long type = field.type();
        boolean formatted = type == Ck.CK_SP800_108_COUNTER
                || type == Ck.CK_SP800_108_DKM_LENGTH
                || (type == Ck.CK_SP800_108_ITERATION_VARIABLE && mode == Mode.COUNTER);
        boolean width = field.widthBits() >= 8 && field.widthBits() <= 64 && field.widthBits() % 8 == 0;
        require(
                formatted
                        ? width
                        : type == Ck.CK_SP800_108_BYTE_ARRAY
                                || type == Ck.CK_SP800_108_ITERATION_VARIABLE
                                || (type == Ck.CK_SP800_108_KEY_HANDLE && field.key() != null),
                "fields of the kinds that the mode has");
        require(
                type != Ck.CK_SP800_108_DKM_LENGTH
                        || field.lengthMethod() == Ck.CK_SP800_108_DKM_LENGTH_SUM_OF_KEYS
                        || field.lengthMethod() == Ck.CK_SP800_108_DKM_LENGTH_SUM_OF_SEGMENTS,
                "a length that is defined");
    }

    private static void require(boolean fulfilled, String wanted) {
        if (!fulfilled) {
            throw Fault.MECHANISM_PARAM_INVALID.because("the derivation needs " + wanted);
        }
    }

    /** So many blocks of output under the base key. */
    byte[] run(HsmObject base, int blocks) {
        MacFunction function = prf.under(base);
        byte[] output = new byte[blocks * prf.length()];
        byte[] iteration = mode == Mode.DOUBLE_PIPELINE ? input(0, new byte[0], true) : parameters.iv();
        for (int i = 1; i <= blocks; i++) {
            if (mode == Mode.DOUBLE_PIPELINE) {
                iteration = Prf.run(function, iteration);
            }
            byte[] block = Prf.run(function, input(i, iteration, false));
            System.arraycopy(block, 0, output, (i - 1) * block.length, block.length);
            if (mode == Mode.FEEDBACK) {
                iteration = block;
            }
        }
        return output;
    }

    /** The input of round {@code i}; the first of a double pipeline leaves out what changes. */
    private byte[] input(int i, byte[] iteration, boolean constant) {
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        for (PrfField field : parameters.fields()) {
            HsmObject key = field.key();
            boolean iterates = field.type() == Ck.CK_SP800_108_ITERATION_VARIABLE;
            if (iterates && mode != Mode.COUNTER) {
                input.writeBytes(constant ? new byte[0] : iteration);
            } else if (iterates || field.type() == Ck.CK_SP800_108_COUNTER) {
                input.writeBytes(constant ? new byte[0] : number(field, i));
            } else if (field.type() == Ck.CK_SP800_108_DKM_LENGTH) {
                boolean keys = field.lengthMethod() == Ck.CK_SP800_108_DKM_LENGTH_SUM_OF_KEYS;
                input.writeBytes(number(field, keys ? keyBits : blockBits));
            } else if (key != null) {
                Checks.secretValue(key).use(value -> {
                    input.writeBytes(value);
                    return value.length;
                });
            } else {
                input.writeBytes(field.bytes());
            }
        }
        return input.toByteArray();
    }

    private static byte[] number(PrfField field, long value) {
        int width = (int) field.widthBits() / 8;
        if (width < Long.BYTES && value >>> (8 * width) != 0) {
            throw Fault.KEY_SIZE_RANGE.because("more output than a field of " + 8 * width + " bits can count");
        }
        byte[] bytes = new byte[width];
        for (int i = 0; i < width; i++) {
            bytes[field.littleEndian() ? i : width - 1 - i] = (byte) (value >>> (8 * i));
        }
        return bytes;
    }
}
