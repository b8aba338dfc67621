// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#include <pthread.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "fake.h"
#include "message.h"

/* Runs `body` in a child process; its exit code, or 255 if it did not exit by itself. */
static int in_child(int (*body)(void))
{
    pid_t child = fork();
    if (child == 0) {
        _exit(body());
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 255;
}

static int uses_the_module(void)
{
    bool ok = C_Logout(1) == CKR_CRYPTOKI_NOT_INITIALIZED && C_Finalize(NULL) == CKR_CRYPTOKI_NOT_INITIALIZED
        && C_Initialize(NULL) == CKR_OK && C_Logout(1) == CKR_OK;
    return ok ? 0 : 1;
}

static int initialises_for_itself(void)
{
    return C_Initialize(NULL) == CKR_OK && C_Logout(1) == CKR_OK && C_Finalize(NULL) == CKR_OK ? 0 : 1;
}

static void *ends(void *argument)
{
    return argument;
}

static int starts_a_thread_and_ends_this_one(void)
{
    pthread_t thread;
    if (pthread_create(&thread, NULL, ends, NULL) != 0) {
        return 1;
    }
    pthread_join(thread, NULL);
    /* Runs the destructor of this thread's message; the fake aborts if that touches it. */
    pthread_exit(NULL);
}

static void a_process_forked_before_initialize_can_initialize(void)
{
    CHECK(in_child(initialises_for_itself) == 0);
}

static void a_forked_child_is_not_initialised_until_it_initialises_itself(void)
{
    fake_initialise();
    CHECK_RV(C_Logout(1), CKR_OK);
    CHECK(in_child(uses_the_module) == 0);
    CHECK_RV(C_Logout(1), CKR_OK);
    fake_finalise();
}

static void a_child_of_a_finalised_process_can_initialize(void)
{
    CHECK(in_child(uses_the_module) == 0);
}

static void a_thread_of_a_forked_child_ends_without_the_transport(void)
{
    fake_initialise();
    CHECK_RV(C_Logout(1), CKR_OK);
    CHECK(in_child(starts_a_thread_and_ends_this_one) == 0);
    fake_finalise();
}

static void *calls(void *argument)
{
    struct message **seen = argument;
    CHECK_RV(C_Logout(1), CKR_OK);
    *seen = message_of_thread();
    return NULL;
}

static void each_thread_has_its_own_message_and_says_good_bye(void)
{
    pthread_t thread;
    struct message *other = NULL;
    fake_initialise();
    unsigned before = fake.left;
    CHECK(pthread_create(&thread, NULL, calls, &other) == 0);
    pthread_join(thread, NULL);
    CHECK(other != NULL && other != message_of_thread());
    CHECK(fake.left == before + 1);
    fake_finalise();
}

static void nothing_of_a_request_stays_in_the_message(void)
{
    static const char pin[] = "a secret of the user";
    fake_initialise();
    CHECK_RV(C_Login(1, CKU_USER, (CK_UTF8CHAR *) pin, sizeof pin - 1), CKR_OK);
    CHECK(memmem(fake.request, fake.request_length, pin, sizeof pin - 1) != NULL);
    struct message *message = message_of_thread();
    CHECK(memmem(message->data, fake.request_length, pin, sizeof pin - 1) == NULL);
    fake_finalise();
}

static void an_unusually_large_message_is_given_back(void)
{
    static CK_BYTE data[5 << 20];
    fake_initialise();
    fake.rv = CKR_DEVICE_REMOVED;
    CHECK_RV(C_DigestUpdate(1, data, sizeof data), CKR_DEVICE_REMOVED);
    fake.rv = CKR_OK;
    CHECK(message_of_thread()->capacity < sizeof data);
    CHECK_RV(C_Logout(1), CKR_OK);
    fake_finalise();
}

int main(void)
{
    RUN(a_process_forked_before_initialize_can_initialize);
    RUN(a_forked_child_is_not_initialised_until_it_initialises_itself);
    RUN(a_child_of_a_finalised_process_can_initialize);
    RUN(a_thread_of_a_forked_child_ends_without_the_transport);
    RUN(each_thread_has_its_own_message_and_says_good_bye);
    RUN(nothing_of_a_request_stays_in_the_message);
    RUN(an_unusually_large_message_is_given_back);
    return check_result();
}
