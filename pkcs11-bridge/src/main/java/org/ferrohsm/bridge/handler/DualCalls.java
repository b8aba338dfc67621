// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.handler;

import java.util.Map;
import org.ferrohsm.bridge.handler.CryptoCalls.Intake;
import org.ferrohsm.bridge.handler.CryptoCalls.Transform;
import org.ferrohsm.bridge.wire.Call;
import org.ferrohsm.core.operation.OperationKind;
import org.ferrohsm.core.operation.Output;
import org.ferrohsm.core.service.CryptoService;
import org.ferrohsm.core.session.Session;

/** Two operations of one session fed with the same data (PKCS#11 3.2 section 5.16). */
final class DualCalls {
    private DualCalls() {}

    static void addTo(Map<Call, Handler> table) {
        table.put(
                Call.C_DigestEncryptUpdate,
                dual(CryptoService::encryptUpdate, OperationKind.DIGEST, CryptoService::digestUpdate, false));
        table.put(
                Call.C_DecryptDigestUpdate,
                dual(CryptoService::decryptUpdate, OperationKind.DIGEST, CryptoService::digestUpdate, true));
        table.put(
                Call.C_SignEncryptUpdate,
                dual(CryptoService::encryptUpdate, OperationKind.SIGN, CryptoService::signUpdate, false));
        table.put(
                Call.C_DecryptVerifyUpdate,
                dual(CryptoService::decryptUpdate, OperationKind.VERIFY, CryptoService::verifyUpdate, true));
    }

    /** @param ofOutput whether the second operation takes what the first gives back, not what it is given */
    private static Handler dual(Transform cipher, OperationKind second, Intake other, boolean ofOutput) {
        return (library, in, out) -> {
            long handle = in.ulong();
            byte[] data = in.bytes();
            int room = in.room();
            in.end();
            Session session = library.session(handle);
            CryptoService crypto = library.crypto();
            crypto.requireRunning(session, second);
            Output output = cipher.run(crypto, session, data, room);
            byte[] bytes = output.bytes();
            if (bytes != null) {
                other.run(crypto, session, ofOutput ? bytes : data);
            }
            CryptoCalls.reply(out, output);
        };
    }
}
