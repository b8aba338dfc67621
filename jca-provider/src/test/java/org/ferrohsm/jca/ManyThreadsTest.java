// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ferrohsm.jca.spec.FerroKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One key and one provider, shared. */
class ManyThreadsTest {
    private static final int THREADS = 64;
    private static final int SIGNATURES_EACH = 50;

    @TempDir
    Path folder;

    private Provider provider;
    private KeyPair pair;

    @BeforeEach
    void open() throws Exception {
        provider = TestToken.in(folder).provider();
        TestToken.keyStore(provider);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
        generator.initialize(FerroKeySpec.builder().label("shared").build());
        pair = generator.generateKeyPair();
    }

    @Test
    void every_signature_of_sixty_four_threads_by_one_key_is_valid() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Integer>> results = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                results.add(threads.submit(() -> signAndVerify(thread)));
            }
            int valid = 0;
            for (Future<Integer> result : results) {
                valid += result.get();
            }
            assertEquals(THREADS * SIGNATURES_EACH, valid);
        } finally {
            threads.shutdownNow();
        }
    }

    private int signAndVerify(int thread) throws GeneralSecurityException {
        int valid = 0;
        for (int i = 0; i < SIGNATURES_EACH; i++) {
            byte[] message = ByteBuffer.allocate(8).putInt(thread).putInt(i).array();
            Signature verifier = Signature.getInstance("SHA256withECDSA", "SunEC");
            verifier.initVerify(pair.getPublic());
            verifier.update(message);
            valid += verifier.verify(sign(message)) ? 1 : 0;
        }
        return valid;
    }

    private byte[] sign(byte[] message) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSA", provider);
        signature.initSign(pair.getPrivate());
        signature.update(message);
        return signature.sign();
    }
}
