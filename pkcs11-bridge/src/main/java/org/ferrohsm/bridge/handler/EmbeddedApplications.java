// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.handler;

import java.util.Map;
import java.util.OptionalLong;
import org.ferrohsm.core.boot.HsmConfig;
import org.ferrohsm.core.boot.HsmRuntime;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.session.Application;
import org.ferrohsm.core.session.SlotWatch;

/** For one process that has the library in itself: its store is open while its application is. */
public final class EmbeddedApplications implements Applications {
    private final Map<String, String> environment;

    /** Takes the configuration from {@code environment}, each time. */
    public EmbeddedApplications(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Attachment attach(Introduction who) {
        HsmRuntime runtime = open();
        boolean attached = false;
        try {
            Attachment attachment = new Sole(
                    runtime,
                    runtime.newApplication(who.actor()),
                    runtime.slots().watch());
            attached = true;
            return attachment;
        } catch (HsmException e) {
            throw unusable(e);
        } finally {
            if (!attached) {
                runtime.close();
            }
        }
    }

    private HsmRuntime open() {
        try {
            return HsmRuntime.open(HsmConfig.load(environment));
        } catch (HsmException e) {
            throw unusable(e);
        }
    }

    private static HsmException unusable(HsmException e) {
        return Fault.GENERAL_ERROR.because(String.valueOf(e.getMessage()), e);
    }

    private record Sole(HsmRuntime runtime, Application application, SlotWatch watch) implements Attachment {
        @Override
        public OptionalLong slotEvent() {
            return runtime.slots().event(watch);
        }

        @Override
        public boolean isAbandoned() {
            return false;
        }

        @Override
        public void end() {
            try (HsmRuntime ended = runtime) {
                ended.closeApplication(application);
            }
        }

        @Override
        public void leave() {
            end();
        }
    }
}
