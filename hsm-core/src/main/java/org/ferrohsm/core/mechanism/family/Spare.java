// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * A few engine objects between two uses. Making one costs more than using it for short data; a thread mostly finds the
 * one that it gave back.
 */
final class Spare<T> {
    private static final int PLACES = 8;

    private final AtomicReferenceArray<T> places = new AtomicReferenceArray<>(PLACES);
    private final Supplier<T> maker;

    Spare(Supplier<T> maker) {
        this.maker = maker;
    }

    /** One that nobody else uses until it is given back, or let go of for good. */
    T take() {
        T spare = places.getAndSet(place(), null);
        return spare != null ? spare : maker.get();
    }

    /** A new one, for a use for which a used one does not serve. */
    T make() {
        return maker.get();
    }

    /** Gives back one that is ready for its next use. */
    void giveBack(T used) {
        places.set(place(), used);
    }

    private static int place() {
        return (int) (Thread.currentThread().getId() & (PLACES - 1));
    }
}
