// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.fault;

import java.util.UUID;

/**
 * Everything that can go wrong, each thing once. The names are those of the PKCS#11 return values (PKCS#11 3.2 section
 * 5.1) because that is the vocabulary of the field; each door has a total map from here to what its callers understand.
 */
public enum Fault {
    HOST_MEMORY,
    SLOT_ID_INVALID,
    GENERAL_ERROR,
    FUNCTION_FAILED,
    ARGUMENTS_BAD,
    NO_EVENT,
    ATTRIBUTE_READ_ONLY,
    ATTRIBUTE_SENSITIVE,
    ATTRIBUTE_TYPE_INVALID,
    ATTRIBUTE_VALUE_INVALID,
    ACTION_PROHIBITED,
    DATA_INVALID,
    DATA_LEN_RANGE,
    DEVICE_ERROR,
    DEVICE_MEMORY,
    DEVICE_REMOVED,
    ENCRYPTED_DATA_INVALID,
    ENCRYPTED_DATA_LEN_RANGE,
    FUNCTION_CANCELED,
    FUNCTION_NOT_SUPPORTED,
    KEY_HANDLE_INVALID,
    KEY_SIZE_RANGE,
    KEY_TYPE_INCONSISTENT,
    KEY_INDIGESTIBLE,
    KEY_NOT_NEEDED,
    KEY_FUNCTION_NOT_PERMITTED,
    KEY_NOT_WRAPPABLE,
    KEY_UNEXTRACTABLE,
    MECHANISM_INVALID,
    MECHANISM_PARAM_INVALID,
    OBJECT_HANDLE_INVALID,
    OPERATION_ACTIVE,
    OPERATION_NOT_INITIALIZED,
    PIN_INCORRECT,
    PIN_INVALID,
    PIN_LEN_RANGE,
    PIN_LOCKED,
    SESSION_CLOSED,
    SESSION_COUNT,
    SESSION_HANDLE_INVALID,
    SESSION_PARALLEL_NOT_SUPPORTED,
    SESSION_READ_ONLY,
    SESSION_EXISTS,
    SESSION_READ_ONLY_EXISTS,
    SESSION_READ_WRITE_SO_EXISTS,
    SIGNATURE_INVALID,
    SIGNATURE_LEN_RANGE,
    TEMPLATE_INCOMPLETE,
    TEMPLATE_INCONSISTENT,
    TOKEN_NOT_PRESENT,
    TOKEN_NOT_RECOGNIZED,
    TOKEN_WRITE_PROTECTED,
    UNWRAPPING_KEY_HANDLE_INVALID,
    UNWRAPPING_KEY_SIZE_RANGE,
    UNWRAPPING_KEY_TYPE_INCONSISTENT,
    USER_ALREADY_LOGGED_IN,
    USER_NOT_LOGGED_IN,
    USER_PIN_NOT_INITIALIZED,
    USER_TYPE_INVALID,
    USER_ANOTHER_ALREADY_LOGGED_IN,
    WRAPPED_KEY_INVALID,
    WRAPPED_KEY_LEN_RANGE,
    WRAPPING_KEY_HANDLE_INVALID,
    WRAPPING_KEY_SIZE_RANGE,
    WRAPPING_KEY_TYPE_INCONSISTENT,
    RANDOM_SEED_NOT_SUPPORTED,
    DOMAIN_PARAMS_INVALID,
    CURVE_NOT_SUPPORTED,
    SAVED_STATE_INVALID,
    STATE_UNSAVEABLE,
    CRYPTOKI_NOT_INITIALIZED,
    CRYPTOKI_ALREADY_INITIALIZED,
    PUBLIC_KEY_INVALID,
    FUNCTION_REJECTED,
    OPERATION_CANCEL_FAILED,
    TOKEN_NOT_INITIALIZED;

    /** An exception that carries this fault. */
    public HsmException because(String detail) {
        return new HsmException(this, detail, null, null);
    }

    /** An exception that carries this fault, brought to light by another. */
    public HsmException because(String detail, Throwable cause) {
        return new HsmException(this, detail, cause, null);
    }

    /** An exception that carries this fault until {@code request} has been approved. */
    public HsmException awaiting(UUID request, String detail) {
        return new HsmException(this, detail, null, request);
    }
}
