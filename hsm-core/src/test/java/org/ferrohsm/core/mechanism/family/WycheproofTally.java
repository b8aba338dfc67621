// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.object.HsmObject;
import org.jspecify.annotations.Nullable;

/** How the tests of a file end. */
final class WycheproofTally {
    /** Keys, curves and parameters that this token does not take on purpose. */
    private static final Set<Fault> NOT_TAKEN =
            EnumSet.of(Fault.CURVE_NOT_SUPPORTED, Fault.KEY_SIZE_RANGE, Fault.MECHANISM_PARAM_INVALID);

    /** What no input may bring about. */
    private static final Set<Fault> STRAY =
            EnumSet.of(Fault.FUNCTION_FAILED, Fault.GENERAL_ERROR, Fault.DEVICE_ERROR, Fault.HOST_MEMORY);

    private int right;
    private int leftOut;
    private final List<String> wrong = new ArrayList<>();

    /** Tests of a kind that this token does not do. */
    void leaveOut(JsonNode group) {
        leftOut += group.path("tests").size();
    }

    /** One test of such a kind. */
    void leaveOut() {
        leftOut++;
    }

    /** The key of a group; null, with the group left out, if this token does not take such keys. */
    @Nullable
    HsmObject key(JsonNode group, Supplier<HsmObject> maker) {
        try {
            return maker.get();
        } catch (HsmException e) {
            if (NOT_TAKEN.contains(e.fault()) || e.fault() == Fault.ATTRIBUTE_VALUE_INVALID) {
                leaveOut(group);
            } else {
                wrong.add("the key of a group: " + e);
            }
            return null;
        }
    }

    /** A test whose work must give {@code expected}, or anything if that is null, exactly if the test is valid. */
    void check(JsonNode test, byte @Nullable [] expected, Supplier<byte[]> work) {
        String where = test.path("tcId").asText() + " (" + test.path("comment").asText() + ") ";
        String result = test.path("result").asText();
        boolean good;
        String how;
        try {
            byte[] output = work.get();
            good = expected == null || Arrays.equals(expected, output);
            how = good ? "done" : "another output";
        } catch (HsmException e) {
            if (STRAY.contains(e.fault())) {
                wrong.add(where + "stray " + e);
                return;
            }
            if (NOT_TAKEN.contains(e.fault()) && result.equals("valid")) {
                leftOut++;
                return;
            }
            good = false;
            how = String.valueOf(e.fault());
        } catch (RuntimeException e) {
            wrong.add(where + "stray " + e);
            return;
        }
        if (result.equals("acceptable") || good == result.equals("valid")) {
            right++;
        } else {
            wrong.add(where + "is " + result + ": " + how);
        }
    }

    List<String> wrong() {
        return wrong;
    }

    @Override
    public String toString() {
        return right + " right, " + leftOut + " left out, " + wrong.size() + " wrong";
    }
}
