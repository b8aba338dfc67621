// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.ferrohsm.jca.token.TokenSource;

/**
 * One row of the service table.
 *
 * @param type the JCA's service: Signature, Cipher ...
 * @param algorithm its name
 * @param mechanisms CKM_* that it needs of the token; empty for the services that need none of their own
 * @param aliases other names
 * @param attributes service attributes
 * @param constructor makes the engine
 */
record ServiceRow(
        String type,
        String algorithm,
        List<Long> mechanisms,
        List<String> aliases,
        Map<String, String> attributes,
        Function<TokenSource, Object> constructor) {}
