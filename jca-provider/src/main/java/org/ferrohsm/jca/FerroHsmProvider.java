// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca;

import java.security.AuthProvider;
import java.security.InvalidParameterException;
import java.security.Provider;
import java.security.Security;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.security.auth.Subject;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.login.LoginException;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.jca.token.Faults;
import org.ferrohsm.jca.token.PinPrompt;
import org.ferrohsm.jca.token.ProviderConfig;
import org.ferrohsm.jca.token.Token;
import org.ferrohsm.jca.token.TokenSource;
import org.jspecify.annotations.Nullable;

/**
 * The JCA provider FerroHSM. Without an argument it uses the host's configuration and the only token there is;
 * {@link #configure} names another. Nothing is opened before something needs the token.
 */
public final class FerroHsmProvider extends AuthProvider {
    /** The provider's name. */
    public static final String NAME = "FerroHSM";

    private static final long serialVersionUID = 1L;
    private static final String VERSION = "0.1";
    private static final String SECURE_RANDOM = "SecureRandom";
    private static final String DEFAULT_HANDLER = "auth.login.defaultCallbackHandler";

    private final transient TokenSource source;
    private transient @Nullable Service secureRandom;

    /** The provider with the host's configuration. */
    public FerroHsmProvider() {
        this(ProviderConfig.DEFAULT);
    }

    private FerroHsmProvider(ProviderConfig config) {
        super(NAME, VERSION, "FerroHSM " + VERSION + ": keys that stay in a software HSM");
        this.source = new TokenSource(config);
        for (ServiceRow row : ServiceTable.rows(config.pkcs11Alias())) {
            FerroService service = new FerroService(this, row, source);
            if (row.type().equals(SECURE_RANDOM)) {
                secureRandom = service;
            } else {
                putService(service);
            }
        }
    }

    /**
     * A provider with another configuration.
     *
     * @param argument {@code token:LABEL}, lines of {@code key = value}, or the path of a file of such lines
     * @throws InvalidParameterException if it is none of these, with a sentence that says what to do
     */
    @Override
    public Provider configure(String argument) {
        try {
            return new FerroHsmProvider(ProviderConfig.ofArgument(argument));
        } catch (IllegalArgumentException e) {
            InvalidParameterException refusal = new InvalidParameterException(e.getMessage());
            refusal.initCause(e);
            throw refusal;
        }
    }

    @Override
    public boolean isConfigured() {
        return true;
    }

    /**
     * The service of this type and name. The random numbers are found by name only: a provider whose SecureRandom is
     * registered becomes the default when it stands first, and the token itself, while it opens, is in need of random
     * numbers.
     */
    @Override
    public @Nullable Service getService(String type, String algorithm) {
        Service random = secureRandom;
        if (random != null && SECURE_RANDOM.equals(type) && NAME.equalsIgnoreCase(algorithm)) {
            return random;
        }
        return super.getService(type, algorithm);
    }

    @Override
    public Set<Service> getServices() {
        Set<Service> all = new LinkedHashSet<>(super.getServices());
        if (secureRandom != null) {
            all.add(secureRandom);
        }
        return all;
    }

    /**
     * Logs in to the token; silent if that has been done.
     *
     * @param given asked for the PIN; null for the handler that was set, or the platform's default, or the configured PIN
     * @throws javax.security.auth.login.FailedLoginException if the PIN is wrong or locked
     */
    @Override
    public void login(@Nullable Subject subject, @Nullable CallbackHandler given) throws LoginException {
        try {
            Token token = source.token();
            token.loginAsConfigured();
            if (token.isLoggedIn()) {
                return;
            }
            CallbackHandler set = source.callbackHandler();
            CallbackHandler asked = given != null ? given : set != null ? set : defaultHandler();
            if (asked == null) {
                throw new LoginException("there is nobody to ask for the PIN: set a callback handler, or name the place"
                        + " of the PIN in the configuration (pin = env:NAME or file:PATH)");
            }
            token.login(PinPrompt.ask(asked));
        } catch (HsmException e) {
            throw Faults.as(LoginException.class, LoginException::new, e);
        }
    }

    /** Logs out: session keys end, token keys serve again after the next login. */
    @Override
    public void logout() throws LoginException {
        try {
            source.token().logout();
        } catch (HsmException e) {
            throw Faults.as(LoginException.class, LoginException::new, e);
        }
    }

    @Override
    public void setCallbackHandler(@Nullable CallbackHandler newHandler) {
        source.setCallbackHandler(newHandler);
    }

    private static @Nullable CallbackHandler defaultHandler() throws LoginException {
        String name = Security.getProperty(DEFAULT_HANDLER);
        if (name == null || name.isEmpty()) {
            return null;
        }
        try {
            return Class.forName(name, true, Thread.currentThread().getContextClassLoader())
                    .asSubclass(CallbackHandler.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            LoginException failure = new LoginException("the default callback handler cannot be made: " + e);
            failure.initCause(e);
            throw failure;
        }
    }
}
