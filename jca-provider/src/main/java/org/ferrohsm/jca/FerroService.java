// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca;

import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import org.ferrohsm.jca.token.TokenSource;
import org.jspecify.annotations.Nullable;

/** A row of the table as the JCA sees it. */
final class FerroService extends Provider.Service {
    private final ServiceRow row;
    private final TokenSource source;

    FerroService(Provider provider, ServiceRow row, TokenSource source) {
        super(provider, row.type(), row.algorithm(), FerroHsmProvider.class.getName(), row.aliases(), row.attributes());
        this.row = row;
        this.source = source;
    }

    @Override
    public Object newInstance(@Nullable Object parameter) throws NoSuchAlgorithmException {
        if (parameter != null) {
            throw new NoSuchAlgorithmException(row.type() + " " + row.algorithm() + " takes no parameter to construct");
        }
        return row.constructor().apply(source);
    }
}
