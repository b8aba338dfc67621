// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/* Which of the transports is used: docs/daemon.md, "Modes". */
#include "transport.h"

#include <stdatomic.h>
#include <stdbool.h>

#include "daemon.h"
#include "debug.h"
#include "embedded.h"
#include "privatedaemon.h"
#include "settings.h"

/* Set in transport_open. A call may still run that began before C_Finalize. */
static atomic_bool to_daemon;

static CK_RV open_daemon(const struct settings *settings)
{
    for (int i = 0; i < settings->socket_count; i++) {
        struct daemon_address address;
        if (daemon_address(&address, settings->sockets[i]) && daemon_open(&address) == CKR_OK) {
            return CKR_OK;
        }
    }
    return CKR_DEVICE_REMOVED;
}

/* To the daemon, unless *embedded. The settings are a lot for a small stack, and gone from it before Java comes. */
__attribute__((noinline)) static CK_RV follow_settings(bool *embedded)
{
    struct settings settings;
    if (!settings_read(&settings)) {
        return CKR_GENERAL_ERROR;
    }
    to_daemon = settings.mode != MODE_EMBEDDED && open_daemon(&settings) == CKR_OK;
    if (!to_daemon && settings.mode == MODE_DAEMON) {
        debug("no daemon answers at %s: is it running, and does its daemon.allow name you?",
            settings.socket_count == 0 ? "the configured socket" : settings.sockets[0]);
        return CKR_GENERAL_ERROR;
    }
    *embedded = !to_daemon;
    return CKR_OK;
}

/* Into this process, or else, where it has a JVM that cannot serve, to a daemon of its own. */
static CK_RV open_embedded(void)
{
    CK_RV rv = embedded_lost() ? CKR_FUNCTION_NOT_SUPPORTED : embedded_open();
    if (rv == CKR_FUNCTION_NOT_SUPPORTED) {
        rv = private_daemon_open();
        to_daemon = rv == CKR_OK;
    }
    return rv;
}

CK_RV transport_open(void)
{
    bool embedded = false;
    CK_RV rv = follow_settings(&embedded);
    return rv == CKR_OK && embedded ? open_embedded() : rv;
}

CK_RV transport_call(struct message *message, size_t request, size_t *response)
{
    return to_daemon ? daemon_call(message, request, response) : embedded_call(message, request, response);
}

void transport_close(void)
{
    if (to_daemon) {
        daemon_close();
    }
}

void transport_forget(struct message *message)
{
    embedded_forget(message);
}

void transport_leave(void)
{
    embedded_leave();
}
