// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#include "fake.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "transport.h"

#if defined __has_feature
#if __has_feature(address_sanitizer)
#define WATCHED
#endif
#elif defined __SANITIZE_ADDRESS__
#define WATCHED
#endif

#ifdef WATCHED
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(address, size) ((void) (address), (void) (size))
#define ASAN_UNPOISON_MEMORY_REGION(address, size) ((void) (address), (void) (size))
#endif

struct fake fake;

void __real_message_wipe(struct message *message, size_t used);
void __wrap_message_wipe(struct message *message, size_t used);

void __wrap_message_wipe(struct message *message, size_t used)
{
    ASAN_UNPOISON_MEMORY_REGION(message->data, message->capacity);
    __real_message_wipe(message, used);
}

static size_t from_hex(unsigned char *bytes, const char *digits)
{
    size_t count = 0;
    while (*digits != '\0') {
        unsigned byte;
        if (isspace((unsigned char) *digits)) {
            digits++;
        } else if (sscanf(digits, "%2x", &byte) == 1) {
            bytes[count++] = (unsigned char) byte;
            digits += 2;
        } else {
            abort();
        }
    }
    return count;
}

static void put32(size_t value)
{
    for (int shift = 24; shift >= 0; shift -= 8) {
        fake.answer[fake.answer_length++] = (unsigned char) (value >> shift);
    }
}

void fake_answer(unsigned id, const char *signature, const char *values)
{
    fake.answer_length = 0;
    put32(id);
    put32(strlen(signature));
    memcpy(fake.answer + fake.answer_length, signature, strlen(signature));
    fake.answer_length += strlen(signature);
    fake.answer_length += from_hex(fake.answer + fake.answer_length, values);
}

void fake_answer_raw(const char *digits)
{
    fake.answer_length = from_hex(fake.answer, digits);
}

void fake_error(CK_RV rv)
{
    char digits[20];
    snprintf(digits, sizeof digits, "%016lx", rv);
    fake_answer(0, "u", digits);
}

int fake_requested(const char *values)
{
    static unsigned char wanted[FAKE_MAX];
    size_t length = from_hex(wanted, values);
    size_t head = 8 + fake.request[7];
    return fake.request_length == head + length && memcmp(fake.request + head, wanted, length) == 0;
}

void fake_initialise(void)
{
    fake.answer_length = 0;
    CHECK_RV(C_Initialize(NULL), CKR_OK);
}

void fake_finalise(void)
{
    fake.answer_length = 0;
    CHECK_RV(C_Finalize(NULL), CKR_OK);
}

static pid_t opened_by;

/* Like a JVM, which a forked child has only the memory of. */
static void check_process(void)
{
    if (opened_by != getpid()) {
        abort();
    }
}

CK_RV transport_open(void)
{
    opened_by = getpid();
    return fake.open_rv;
}

CK_RV transport_call(struct message *message, size_t request, size_t *response)
{
    fake.calls++;
    fake.request_length = request;
    memcpy(fake.request, message->data, request < FAKE_MAX ? request : FAKE_MAX);
    if (fake.rv != CKR_OK) {
        return fake.rv;
    }
    if (fake.answer_length == 0) {
        memset(message->data + 4, 0, 4);
        *response = 8;
    } else {
        CK_RV rv = message_reserve(message, fake.answer_length, request);
        if (rv != CKR_OK) {
            return rv;
        }
        memcpy(message->data, fake.answer, fake.answer_length);
        *response = fake.answer_length;
    }
    ASAN_POISON_MEMORY_REGION(message->data + *response, message->capacity - *response);
    return CKR_OK;
}

void transport_close(void)
{
    fake.closed++;
}

void transport_forget(struct message *message)
{
    (void) message;
    check_process();
}

void transport_leave(void)
{
    check_process();
    fake.left++;
}
