// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.output;

import org.ferrohsm.core.fault.Fault;

/**
 * How the command ends. The numbers are a promise to scripts. Besides these, `ferrohsm audit verify` ends with the code of
 * {@link org.ferrohsm.core.audit.Damage} (40 to 63), and the launcher ends with 70 where it finds no Java.
 */
public enum ExitCode {
    OK(0, "done"),
    FAILED(1, "it failed inside, which is a defect or a lack of memory"),
    USAGE(2, "the command line or the configuration is not right"),
    NOT_FOUND(3, "there is no such token, key or file"),
    AMBIGUOUS(4, "more than one token or key fits"),
    PIN_INCORRECT(5, "the PIN is wrong"),
    PIN_LOCKED(6, "the PIN is locked"),
    LOGIN_NEEDED(7, "a PIN is needed, or none has been set"),
    REFUSED(8, "the token, the key or its attributes do not allow it"),
    UNSUPPORTED(9, "the token cannot do that"),
    INVALID(10, "the data, the signature or the wrapped key is not valid"),
    BUSY(11, "something else is under way"),
    STORE_FULL(12, "the store cannot take more"),
    DAMAGED(13, "the store cannot be used, or what it holds is not what was written"),
    CANCELLED(14, "the operator said no"),
    PROBLEMS(15, "the doctor found a problem"),
    ANCHOR_AWAY(16, "an anchor of the audit log does not have every checkpoint"),
    APPROVAL_NEEDED(17, "it has not happened: a request waits for approval");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** The number. */
    public int code() {
        return code;
    }

    /** When the command ends so. */
    public String meaning() {
        return meaning;
    }

    /** How the command ends when {@code fault} stops it. */
    public static ExitCode of(Fault fault) {
        return switch (fault) {
            case GENERAL_ERROR,
                    FUNCTION_FAILED,
                    HOST_MEMORY,
                    SESSION_CLOSED,
                    SESSION_COUNT,
                    SESSION_HANDLE_INVALID,
                    SESSION_PARALLEL_NOT_SUPPORTED,
                    OPERATION_NOT_INITIALIZED,
                    CRYPTOKI_NOT_INITIALIZED,
                    CRYPTOKI_ALREADY_INITIALIZED,
                    SAVED_STATE_INVALID -> FAILED;
            case ARGUMENTS_BAD, USER_TYPE_INVALID, PIN_INVALID, PIN_LEN_RANGE -> USAGE;
            case SLOT_ID_INVALID,
                    TOKEN_NOT_PRESENT,
                    TOKEN_NOT_RECOGNIZED,
                    TOKEN_NOT_INITIALIZED,
                    KEY_HANDLE_INVALID,
                    OBJECT_HANDLE_INVALID,
                    WRAPPING_KEY_HANDLE_INVALID,
                    UNWRAPPING_KEY_HANDLE_INVALID,
                    NO_EVENT -> NOT_FOUND;
            case PIN_INCORRECT -> PIN_INCORRECT;
            case PIN_LOCKED -> PIN_LOCKED;
            case USER_NOT_LOGGED_IN, USER_PIN_NOT_INITIALIZED -> LOGIN_NEEDED;
            case ATTRIBUTE_READ_ONLY,
                    ATTRIBUTE_SENSITIVE,
                    ATTRIBUTE_TYPE_INVALID,
                    ATTRIBUTE_VALUE_INVALID,
                    ACTION_PROHIBITED,
                    KEY_TYPE_INCONSISTENT,
                    KEY_INDIGESTIBLE,
                    KEY_NOT_NEEDED,
                    KEY_FUNCTION_NOT_PERMITTED,
                    KEY_NOT_WRAPPABLE,
                    KEY_UNEXTRACTABLE,
                    SESSION_READ_ONLY,
                    TEMPLATE_INCOMPLETE,
                    TEMPLATE_INCONSISTENT,
                    TOKEN_WRITE_PROTECTED,
                    UNWRAPPING_KEY_TYPE_INCONSISTENT,
                    WRAPPING_KEY_TYPE_INCONSISTENT,
                    STATE_UNSAVEABLE,
                    FUNCTION_REJECTED -> REFUSED;
            case FUNCTION_NOT_SUPPORTED,
                    MECHANISM_INVALID,
                    MECHANISM_PARAM_INVALID,
                    KEY_SIZE_RANGE,
                    UNWRAPPING_KEY_SIZE_RANGE,
                    WRAPPING_KEY_SIZE_RANGE,
                    CURVE_NOT_SUPPORTED,
                    RANDOM_SEED_NOT_SUPPORTED -> UNSUPPORTED;
            case DATA_INVALID,
                    DATA_LEN_RANGE,
                    ENCRYPTED_DATA_INVALID,
                    ENCRYPTED_DATA_LEN_RANGE,
                    SIGNATURE_INVALID,
                    SIGNATURE_LEN_RANGE,
                    WRAPPED_KEY_INVALID,
                    WRAPPED_KEY_LEN_RANGE,
                    DOMAIN_PARAMS_INVALID,
                    PUBLIC_KEY_INVALID -> INVALID;
            case OPERATION_ACTIVE,
                    OPERATION_CANCEL_FAILED,
                    FUNCTION_CANCELED,
                    SESSION_EXISTS,
                    SESSION_READ_ONLY_EXISTS,
                    SESSION_READ_WRITE_SO_EXISTS,
                    USER_ALREADY_LOGGED_IN,
                    USER_ANOTHER_ALREADY_LOGGED_IN -> BUSY;
            case DEVICE_MEMORY -> STORE_FULL;
            case DEVICE_ERROR, DEVICE_REMOVED -> DAMAGED;
        };
    }
}
