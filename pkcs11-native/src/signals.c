// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#include "signals.h"

static int needed_by_hotspot(int signal)
{
    return signal == SIGSEGV || signal == SIGBUS || signal == SIGFPE || signal == SIGILL || signal == SIGTRAP;
}

void signals_save(struct dispositions *saved)
{
    for (int signal = 1; signal < _NSIG; signal++) {
        if (sigaction(signal, NULL, &saved->actions[signal]) != 0) {
            saved->actions[signal].sa_handler = SIG_ERR;
        }
    }
}

void signals_restore(const struct dispositions *saved)
{
    for (int signal = 1; signal < _NSIG; signal++) {
        struct sigaction now;
        const struct sigaction *then = &saved->actions[signal];
        if (!needed_by_hotspot(signal) && then->sa_handler != SIG_ERR && sigaction(signal, NULL, &now) == 0
            && (now.sa_handler != then->sa_handler || now.sa_flags != then->sa_flags)) {
            sigaction(signal, then, NULL);
        }
    }
}
