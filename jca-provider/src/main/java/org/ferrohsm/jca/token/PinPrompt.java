// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.token;

import java.io.IOException;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.LoginException;

/** Asks a callback handler for the PIN. */
public final class PinPrompt {
    private PinPrompt() {}

    /** The PIN, which the caller wipes. */
    public static char[] ask(CallbackHandler handler) throws LoginException {
        PasswordCallback question = new PasswordCallback("FerroHSM PIN: ", false);
        try {
            handler.handle(new Callback[] {question});
        } catch (IOException | UnsupportedCallbackException e) {
            LoginException failure = new LoginException("the callback handler gives no PIN: " + e);
            failure.initCause(e);
            throw failure;
        }
        char[] pin = question.getPassword();
        question.clearPassword();
        if (pin == null) {
            throw new LoginException("the callback handler gives no PIN");
        }
        return pin;
    }
}
