// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.ProviderException;
import java.security.SignatureException;
import javax.security.auth.login.FailedLoginException;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The map from the core's faults to the JCA's exceptions is total. */
class FaultsTest {
    @ParameterizedTest
    @EnumSource
    void every_fault_has_an_exception_of_the_jca_that_says_it(Fault fault) {
        Exception mapped = Faults.of(fault.because("what happened"));
        assertTrue(
                mapped instanceof GeneralSecurityException || mapped instanceof ProviderException,
                fault + " is " + mapped);
        assertEquals("what happened (" + fault + ")", mapped.getMessage());
    }

    @ParameterizedTest
    @EnumSource
    void every_fault_becomes_a_method_s_own_exception_or_a_provider_exception(Fault fault) {
        HsmException failure = fault.because("x");
        try {
            Throwable root = Faults.as(SignatureException.class, SignatureException::new, failure);
            while (root.getCause() != null) {
                root = root.getCause();
            }
            assertEquals(failure, root);
        } catch (ProviderException e) {
            assertEquals(failure, e.getCause());
        }
        assertInstanceOf(ProviderException.class, Faults.unchecked(failure));
    }

    @Test
    void a_wrong_pin_is_a_failed_login_and_a_wrong_key_an_invalid_key() {
        assertInstanceOf(FailedLoginException.class, Faults.of(Fault.PIN_INCORRECT.because("x")));
        assertThrows(
                InvalidKeyException.class,
                () -> Faults.keyed(() -> {
                    throw Fault.KEY_TYPE_INCONSISTENT.because("x");
                }));
    }

    @Test
    void a_request_that_waits_for_approval_is_named_by_its_own_exception() {
        java.util.UUID request = new java.util.UUID(1, 2);
        org.ferrohsm.jca.approval.ApprovalRequiredException refused = org.junit.jupiter.api.Assertions.assertThrows(
                org.ferrohsm.jca.approval.ApprovalRequiredException.class,
                () -> Faults.as(
                        java.security.SignatureException.class,
                        java.security.SignatureException::new,
                        Fault.FUNCTION_REJECTED.awaiting(request, "it waits")));
        org.junit.jupiter.api.Assertions.assertEquals(request, refused.request());
    }
}
