// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#include "signals.h"

static int needed_by_hotspot(int signal)
{
    return signal == SIGSEGV || signal == SIGBUS || signal == SIGFPE || signal == SIGILL || signal == SIGTRAP;
}

static int is_on_stack(const struct sigaction *action)
{
    return action->sa_handler != SIG_ERR && (action->sa_flags & SA_ONSTACK) != 0;
}

/* A host that lets its handler run on a stack of its own, as Go does, may have no other stack for what comes before it. */
static void put_on_stack(int signal, const struct sigaction *then)
{
    struct sigaction now;
    if (is_on_stack(then) && sigaction(signal, NULL, &now) == 0 && !is_on_stack(&now)) {
        now.sa_flags |= SA_ONSTACK;
        sigaction(signal, &now, NULL);
    }
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
        if (needed_by_hotspot(signal)) {
            put_on_stack(signal, then);
        } else if (then->sa_handler != SIG_ERR && sigaction(signal, NULL, &now) == 0
            && (now.sa_handler != then->sa_handler || now.sa_flags != then->sa_flags)) {
            sigaction(signal, then, NULL);
        }
    }
}
