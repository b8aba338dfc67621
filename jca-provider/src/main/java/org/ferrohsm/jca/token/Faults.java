// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.token;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.KeyStoreException;
import java.security.NoSuchAlgorithmException;
import java.security.ProviderException;
import java.security.SignatureException;
import java.util.UUID;
import java.util.function.Function;
import javax.crypto.BadPaddingException;
import javax.crypto.IllegalBlockSizeException;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.jca.approval.ApprovalRequiredException;

/** The total map from what goes wrong in the core to the exceptions of the JCA. */
public final class Faults {
    private Faults() {}

    /** A call into the core. */
    @FunctionalInterface
    public interface CoreCall<T> {
        T run();
    }

    /** The exception that a caller of the JCA expects for {@code failure}: checked where one fits, else ProviderException. */
    public static Exception of(HsmException failure) {
        String message = failure.getMessage() + " (" + failure.fault() + ")";
        UUID request = failure.request();
        return request == null
                ? maker(failure.fault()).apply(message)
                : new ApprovalRequiredException(request, message);
    }

    /** What {@code failure} becomes where {@code wanted} is the method's own exception. */
    public static <X extends GeneralSecurityException> X as(
            Class<X> wanted, Function<String, X> maker, HsmException failure) {
        Exception mapped = withCause(of(failure), failure);
        if (wanted.isInstance(mapped)) {
            return wanted.cast(mapped);
        }
        if (mapped instanceof ProviderException unchecked) {
            throw unchecked;
        }
        return withCause(maker.apply(mapped.getMessage()), mapped);
    }

    /** What {@code failure} becomes where a method declares nothing. */
    public static ProviderException unchecked(HsmException failure) {
        Exception mapped = withCause(of(failure), failure);
        return mapped instanceof ProviderException already
                ? already
                : new ProviderException(mapped.getMessage(), mapped);
    }

    /** Runs a call whose failures are the key's: InvalidKeyException or ProviderException. */
    public static <T> T keyed(CoreCall<T> call) throws InvalidKeyException {
        try {
            return call.run();
        } catch (HsmException e) {
            throw as(InvalidKeyException.class, InvalidKeyException::new, e);
        }
    }

    /** Runs a call in a method that declares nothing. */
    public static <T> T plain(CoreCall<T> call) {
        try {
            return call.run();
        } catch (HsmException e) {
            throw unchecked(e);
        }
    }

    private static <X extends Exception> X withCause(X exception, Throwable cause) {
        exception.initCause(cause);
        return exception;
    }

    private static Function<String, Exception> maker(Fault fault) {
        return switch (fault) {
            case KEY_HANDLE_INVALID,
                    KEY_SIZE_RANGE,
                    KEY_TYPE_INCONSISTENT,
                    KEY_INDIGESTIBLE,
                    KEY_NOT_NEEDED,
                    KEY_FUNCTION_NOT_PERMITTED,
                    KEY_NOT_WRAPPABLE,
                    KEY_UNEXTRACTABLE,
                    OBJECT_HANDLE_INVALID,
                    UNWRAPPING_KEY_HANDLE_INVALID,
                    UNWRAPPING_KEY_SIZE_RANGE,
                    UNWRAPPING_KEY_TYPE_INCONSISTENT,
                    WRAPPED_KEY_INVALID,
                    WRAPPED_KEY_LEN_RANGE,
                    WRAPPING_KEY_HANDLE_INVALID,
                    WRAPPING_KEY_SIZE_RANGE,
                    WRAPPING_KEY_TYPE_INCONSISTENT,
                    PUBLIC_KEY_INVALID -> InvalidKeyException::new;
            case MECHANISM_PARAM_INVALID, DOMAIN_PARAMS_INVALID, CURVE_NOT_SUPPORTED ->
                InvalidAlgorithmParameterException::new;
            case MECHANISM_INVALID -> NoSuchAlgorithmException::new;
            case SIGNATURE_INVALID, SIGNATURE_LEN_RANGE -> SignatureException::new;
            case DATA_LEN_RANGE, ENCRYPTED_DATA_LEN_RANGE -> IllegalBlockSizeException::new;
            case DATA_INVALID, ENCRYPTED_DATA_INVALID -> BadPaddingException::new;
            case PIN_INCORRECT, PIN_INVALID, PIN_LEN_RANGE, PIN_LOCKED -> FailedLoginException::new;
            case USER_ALREADY_LOGGED_IN,
                    USER_NOT_LOGGED_IN,
                    USER_PIN_NOT_INITIALIZED,
                    USER_TYPE_INVALID,
                    USER_ANOTHER_ALREADY_LOGGED_IN -> LoginException::new;
            case ACTION_PROHIBITED,
                    ATTRIBUTE_READ_ONLY,
                    ATTRIBUTE_SENSITIVE,
                    ATTRIBUTE_TYPE_INVALID,
                    ATTRIBUTE_VALUE_INVALID,
                    TEMPLATE_INCOMPLETE,
                    TEMPLATE_INCONSISTENT -> KeyStoreException::new;
            case HOST_MEMORY,
                    SLOT_ID_INVALID,
                    GENERAL_ERROR,
                    FUNCTION_FAILED,
                    ARGUMENTS_BAD,
                    NO_EVENT,
                    DEVICE_ERROR,
                    DEVICE_MEMORY,
                    DEVICE_REMOVED,
                    FUNCTION_CANCELED,
                    FUNCTION_NOT_SUPPORTED,
                    OPERATION_ACTIVE,
                    OPERATION_NOT_INITIALIZED,
                    SESSION_CLOSED,
                    SESSION_COUNT,
                    SESSION_HANDLE_INVALID,
                    SESSION_PARALLEL_NOT_SUPPORTED,
                    SESSION_READ_ONLY,
                    SESSION_EXISTS,
                    SESSION_READ_ONLY_EXISTS,
                    SESSION_READ_WRITE_SO_EXISTS,
                    TOKEN_NOT_PRESENT,
                    TOKEN_NOT_RECOGNIZED,
                    TOKEN_WRITE_PROTECTED,
                    RANDOM_SEED_NOT_SUPPORTED,
                    SAVED_STATE_INVALID,
                    STATE_UNSAVEABLE,
                    CRYPTOKI_NOT_INITIALIZED,
                    CRYPTOKI_ALREADY_INITIALIZED,
                    FUNCTION_REJECTED,
                    OPERATION_CANCEL_FAILED,
                    TOKEN_NOT_INITIALIZED -> ProviderException::new;
        };
    }
}
