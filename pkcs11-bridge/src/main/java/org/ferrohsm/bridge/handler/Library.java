// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.handler;

import java.util.OptionalLong;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.service.CryptoService;
import org.ferrohsm.core.service.KeyService;
import org.ferrohsm.core.service.MessageService;
import org.ferrohsm.core.service.MessageSigningService;
import org.ferrohsm.core.service.ObjectService;
import org.ferrohsm.core.service.OperationStateService;
import org.ferrohsm.core.service.SessionService;
import org.ferrohsm.core.service.SlotService;
import org.ferrohsm.core.session.Application;
import org.ferrohsm.core.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * The library as one application sees it: nothing between C_Finalize and C_Initialize, the services in between. All
 * methods but those two throw CRYPTOKI_NOT_INITIALIZED when there is nothing.
 */
public final class Library {
    private static final long MILLISECONDS_BETWEEN_LOOKS = 500;

    private final Applications applications;
    private volatile @Nullable Attachment running;

    /** A library whose applications come from {@code applications}. */
    public Library(Applications applications) {
        this.applications = applications;
    }

    /**
     * C_Initialize.
     *
     * @throws HsmException CRYPTOKI_ALREADY_INITIALIZED, and as {@link Applications#attach}
     */
    synchronized void open(Introduction who) {
        if (running != null) {
            throw Fault.CRYPTOKI_ALREADY_INITIALIZED.because("C_Initialize a second time");
        }
        running = applications.attach(who);
    }

    /** C_Finalize. */
    synchronized void close() {
        Attachment ended = running();
        running = null;
        notifyAll();
        ended.end();
    }

    /** Whether the next call may be another than C_Initialize. */
    public boolean isOpen() {
        return running != null;
    }

    /** The caller is gone, with or without C_Finalize. */
    public synchronized void leave() {
        Attachment left = running;
        running = null;
        if (left != null) {
            left.leave();
        }
    }

    /**
     * The slot of an event, for which the caller waits if {@code block}; C_Finalize ends the wait (PKCS#11 3.2 section
     * 5.5.4). Another process says nothing when it changes the store, so that the store is asked again and again.
     *
     * @throws HsmException NO_EVENT; CRYPTOKI_NOT_INITIALIZED also for whoever waits when C_Finalize is called
     */
    synchronized long slotEvent(boolean block) {
        Attachment watched = running();
        try {
            while (watched.equals(running()) && !watched.isAbandoned()) {
                watched.application();
                OptionalLong slot = watched.slotEvent();
                if (slot.isPresent()) {
                    return slot.getAsLong();
                }
                if (!block) {
                    throw Fault.NO_EVENT.because("no slot has changed");
                }
                wait(MILLISECONDS_BETWEEN_LOOKS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Fault.FUNCTION_FAILED.because("the waiting thread was interrupted", e);
        }
        throw Fault.CRYPTOKI_NOT_INITIALIZED.because("C_Finalize came while the call was waiting");
    }

    Application application() {
        return running().application();
    }

    /**
     * The application's session.
     *
     * @throws HsmException SESSION_HANDLE_INVALID
     */
    Session session(long handle) {
        Attachment now = running();
        return now.runtime().sessions().require(now.application(), handle);
    }

    SlotService slots() {
        return running().runtime().slots();
    }

    SessionService sessions() {
        return running().runtime().sessions();
    }

    ObjectService objects() {
        return running().runtime().objects();
    }

    KeyService keys() {
        return running().runtime().keys();
    }

    OperationStateService states() {
        return running().runtime().states();
    }

    MessageService messages() {
        return running().runtime().messages();
    }

    MessageSigningService messageSigning() {
        return running().runtime().messageSigning();
    }

    CryptoService crypto() {
        return running().runtime().crypto();
    }

    private Attachment running() {
        Attachment now = running;
        if (now == null) {
            throw Fault.CRYPTOKI_NOT_INITIALIZED.because("the call comes before C_Initialize or after C_Finalize");
        }
        return now;
    }
}
