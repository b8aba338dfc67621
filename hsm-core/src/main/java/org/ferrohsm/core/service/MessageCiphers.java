// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.Mechanism.CipherFactory;
import org.ferrohsm.core.mechanism.MessageForm;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.operation.TaggedStream;

/** Opens the cipher of one message. */
final class MessageCiphers {
    private static final long MOST_TAG_BITS = 128;

    private MessageCiphers() {}

    /**
     * A cipher with its tag beside the ciphertext.
     *
     * @throws org.ferrohsm.core.fault.HsmException MECHANISM_INVALID if the mechanism has no messages,
     *     MECHANISM_PARAM_INVALID
     */
    static TaggedStream open(Mechanism mechanism, HsmObject key, MessageForm.Message message, boolean encrypting) {
        MessageForm form = mechanism.messageForm();
        CipherFactory factory = encrypting ? mechanism.encryptor() : mechanism.decryptor();
        if (form == null || factory == null) {
            throw Fault.MECHANISM_INVALID.because(mechanism.name() + " has no messages");
        }
        if (message.tagBits() < 0 || message.tagBits() > MOST_TAG_BITS) {
            throw Fault.MECHANISM_PARAM_INVALID.because("a tag of " + message.tagBits() + " bits");
        }
        return new TaggedStream(factory.open(key, form.parameters(message)), message.tagBits(), encrypting);
    }
}
