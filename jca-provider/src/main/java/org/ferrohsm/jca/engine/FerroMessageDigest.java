// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.engine;

import java.security.MessageDigestSpi;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.operation.OperationKind;
import org.ferrohsm.core.operation.Output;
import org.ferrohsm.core.session.Session;
import org.ferrohsm.jca.token.Faults;
import org.ferrohsm.jca.token.Token;
import org.ferrohsm.jca.token.TokenSource;

/** Digests made by the token. */
public final class FerroMessageDigest extends MessageDigestSpi {
    private final HashAlgorithm hash;
    private final MechanismCall call;
    private final TokenSource source;
    private final Message message = new Message(OperationKind.DIGEST);

    public FerroMessageDigest(HashAlgorithm hash, TokenSource source) {
        this.hash = hash;
        this.call = MechanismCall.of(hash.mechanisms().digest());
        this.source = source;
    }

    @Override
    protected int engineGetDigestLength() {
        return hash.length();
    }

    @Override
    protected void engineUpdate(byte input) {
        engineUpdate(new byte[] {input}, 0, 1);
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {
        Faults.plain(() -> {
            Token token = source.token();
            message.update(
                    token, session -> start(token, session), token.crypto()::digestUpdate, input, offset, length);
            return true;
        });
    }

    @Override
    protected byte[] engineDigest() {
        return Faults.plain(() -> {
            Token token = source.token();
            return message.finish(
                    token,
                    session -> start(token, session),
                    (session, data) -> token.crypto()
                            .digest(session, data, Output.UNLIMITED)
                            .require(),
                    session -> token.crypto()
                            .digestFinal(session, Output.UNLIMITED)
                            .require());
        });
    }

    @Override
    protected void engineReset() {
        message.reset();
    }

    private void start(Token token, Session session) {
        token.crypto().digestInit(session, call);
    }
}
