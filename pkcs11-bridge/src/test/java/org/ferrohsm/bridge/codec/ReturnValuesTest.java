// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.ferrohsm.core.ck.Ckr;
import org.ferrohsm.core.fault.Fault;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReturnValuesTest {
    @ParameterizedTest
    @EnumSource
    void a_fault_becomes_the_return_value_of_its_name(Fault fault) {
        assertEquals("CKR_" + fault, Ckr.name(ReturnValues.of(fault)));
    }
}
