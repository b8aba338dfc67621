// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#ifndef FERROHSM_SIGNALS_H
#define FERROHSM_SIGNALS_H

#include <signal.h>

/* What the host does about each signal. */
struct dispositions {
    struct sigaction actions[_NSIG];
};

void signals_save(struct dispositions *saved);

/*
 * Puts the host's dispositions back, but for the faults that HotSpot turns into exceptions and safepoints; those it passes on to
 * the handler that was there before when the fault is not its own, on the stack that this one asked for.
 */
void signals_restore(const struct dispositions *saved);

#endif
