// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.contract;

/** All that a store must do. An implementation's test implements this and {@link StoreFixture#store}. */
public interface StoreContract
        extends TransactionContract,
                RevisionContract,
                TokenContract,
                ObjectContract,
                ObjectSearchContract,
                EntryAndAuditContract,
                ThreadContract {}
