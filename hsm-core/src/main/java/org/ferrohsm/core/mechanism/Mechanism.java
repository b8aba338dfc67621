// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism;

import java.util.List;
import java.util.Set;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.NoParameters;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;
import org.jspecify.annotations.Nullable;

/**
 * One row of the mechanism table. What C_GetMechanismInfo says, what is checked before a call and who does the work come
 * from here: a capability is present if and only if its factory is.
 */
public final class Mechanism {
    /** Key type of mechanisms that take no key, or make any. */
    public static final long ANY_KEY_TYPE = -1;

    /** Makes a running signature for a private or secret key. */
    @FunctionalInterface
    public interface SignerFactory {
        Signer open(HsmObject key, MechanismParameters parameters);
    }

    /** Makes a running verification for a public or secret key. */
    @FunctionalInterface
    public interface VerifierFactory {
        Verifier open(HsmObject key, MechanismParameters parameters);
    }

    /** Makes a running encryption or decryption. */
    @FunctionalInterface
    public interface CipherFactory {
        CipherStream open(HsmObject key, MechanismParameters parameters);
    }

    /** Makes a running digest. */
    @FunctionalInterface
    public interface DigesterFactory {
        Digester open();
    }

    /** Makes a secret key for a template (which gives, say, CKA_VALUE_LEN). */
    @FunctionalInterface
    public interface KeyMaker {
        NewKey make(Template template, MechanismParameters parameters);

        /** What goes back in the parameter beside the key, in the order of its fields; asked for before the key is made. */
        default List<byte[]> outputs(MechanismParameters parameters) {
            return List.of();
        }
    }

    /** Makes a key pair for its two templates. */
    @FunctionalInterface
    public interface KeyPairMaker {
        NewKeyPair make(Template publicTemplate, Template privateTemplate, MechanismParameters parameters);
    }

    /** Derives a key of type {@code keyType}; the template may give CKA_VALUE_LEN. */
    @FunctionalInterface
    public interface KeyDeriver {
        NewKey derive(HsmObject base, Template template, long keyType, MechanismParameters parameters);
    }

    /** Wraps and unwraps serialised keys: the raw value of a secret key, PKCS#8 of a private key. */
    public interface KeyWrapper {
        byte[] wrap(HsmObject wrappingKey, SecretBytes serialised, MechanismParameters parameters);

        /**
         * The serialised key inside {@code wrapped}.
         *
         * @throws org.ferrohsm.core.fault.HsmException WRAPPED_KEY_INVALID, WRAPPED_KEY_LEN_RANGE
         */
        SecretBytes unwrap(HsmObject unwrappingKey, byte[] wrapped, MechanismParameters parameters);

        /**
         * The same for a key that must have {@code length} bytes. Where what is wrong must not show, a wrong wrapped key
         * gives another key of that length.
         */
        default SecretBytes unwrap(
                HsmObject unwrappingKey, byte[] wrapped, MechanismParameters parameters, int length) {
            return unwrap(unwrappingKey, wrapped, parameters);
        }

        /** A key is filled up with zeros to a multiple of so many bytes, which {@link #unwrap} cannot take off again. */
        default int unit() {
            return 1;
        }
    }

    private final Builder row;

    private Mechanism(Builder row) {
        this.row = row;
    }

    /** Starts a row: {@code type} is CKM_*, {@code keyType} CKK_* or {@link #ANY_KEY_TYPE}. */
    public static Builder row(long type, long keyType) {
        return new Builder(type, keyType);
    }

    public long type() {
        return row.type;
    }

    public String name() {
        return Ckm.name(row.type);
    }

    /** CKK_* of the keys it works with or makes, or {@link #ANY_KEY_TYPE}. */
    public long keyType() {
        return row.keyType;
    }

    /** Whether it works with keys of this type: its own, or one of the others that it takes as well. */
    public boolean takes(long otherKeyType) {
        return row.keyType == ANY_KEY_TYPE || row.keyType == otherKeyType || row.otherKeyTypes.contains(otherKeyType);
    }

    /** Smallest key size in the unit of C_GetMechanismInfo for this mechanism (bits for RSA and EC, bytes for AES). */
    public long minKeySize() {
        return row.minKeySize;
    }

    public long maxKeySize() {
        return row.maxKeySize;
    }

    /** Whether it is there for old data alone: too weak for a token whose profile is not {@code compat}. */
    public boolean legacy() {
        return row.legacy;
    }

    /** Whether a derived key is sensitive and not extractable as its sources are, whatever the template says. */
    public boolean keepsProtection() {
        return row.keepsProtection;
    }

    /** The kind of parameters it takes. */
    public Class<? extends MechanismParameters> parameters() {
        return row.parameters;
    }

    /** Whether it also works with no parameters at all. */
    public boolean parametersOptional() {
        return row.parametersOptional;
    }

    /**
     * Checks that the parameters are of the kind that it takes; their content is its factories' to check.
     *
     * @throws org.ferrohsm.core.fault.HsmException MECHANISM_PARAM_INVALID
     */
    public void checkParameters(MechanismParameters given) {
        if (!row.parameters.isInstance(given) && !(row.parametersOptional && given instanceof NoParameters)) {
            throw Fault.MECHANISM_PARAM_INVALID.because(name() + " takes " + row.parameters.getSimpleName() + ", not "
                    + given.getClass().getSimpleName());
        }
    }

    public @Nullable SignerFactory signer() {
        return row.signer;
    }

    public @Nullable VerifierFactory verifier() {
        return row.verifier;
    }

    public @Nullable CipherFactory encryptor() {
        return row.encryptor;
    }

    public @Nullable CipherFactory decryptor() {
        return row.decryptor;
    }

    public @Nullable DigesterFactory digester() {
        return row.digester;
    }

    public @Nullable KeyMaker keyMaker() {
        return row.keyMaker;
    }

    public @Nullable KeyPairMaker keyPairMaker() {
        return row.keyPairMaker;
    }

    public @Nullable KeyDeriver deriver() {
        return row.deriver;
    }

    public @Nullable KeySetDeriver setDeriver() {
        return row.setDeriver;
    }

    public @Nullable KeyWrapper wrapper() {
        return row.wrapper;
    }

    public @Nullable Encapsulator encapsulator() {
        return row.encapsulator;
    }

    /** How it serves message encryption and authenticated wrapping. */
    public @Nullable MessageForm messageForm() {
        return row.messageForm;
    }

    /** The signature from which {@link #verifyRecoverer} gets the data back; a cipher whose output is the signature. */
    public @Nullable CipherFactory signRecoverer() {
        return row.signRecoverer;
    }

    public @Nullable CipherFactory verifyRecoverer() {
        return row.verifyRecoverer;
    }

    /** Whether one set of parameters may serve several signatures: not if it holds a nonce. */
    public boolean signsMessages() {
        return row.signer != null && !row.oneSignature;
    }

    /** Whether one set of parameters may serve several verifications. */
    public boolean verifiesMessages() {
        return row.verifier != null && !row.oneSignature;
    }

    /** CKF_* as C_GetMechanismInfo reports them (PKCS#11 3.2 section 3.5, CK_MECHANISM_INFO). */
    public long flags() {
        return row.extraFlags | MechanismFlags.of(this);
    }

    /** Collects a row. */
    public static final class Builder {
        private final long type;
        private final long keyType;
        private Set<Long> otherKeyTypes = Set.of();
        private long minKeySize;
        private long maxKeySize;
        private long extraFlags;
        private Class<? extends MechanismParameters> parameters = NoParameters.class;
        private boolean parametersOptional;
        private boolean legacy;
        private boolean keepsProtection;
        private @Nullable SignerFactory signer;
        private @Nullable VerifierFactory verifier;
        private @Nullable CipherFactory encryptor;
        private @Nullable CipherFactory decryptor;
        private @Nullable DigesterFactory digester;
        private @Nullable KeyMaker keyMaker;
        private @Nullable KeyPairMaker keyPairMaker;
        private @Nullable KeyDeriver deriver;
        private @Nullable KeySetDeriver setDeriver;
        private @Nullable KeyWrapper wrapper;
        private @Nullable Encapsulator encapsulator;
        private @Nullable MessageForm messageForm;
        private @Nullable CipherFactory signRecoverer;
        private @Nullable CipherFactory verifyRecoverer;
        private boolean oneSignature;

        private Builder(long type, long keyType) {
            this.type = type;
            this.keyType = keyType;
        }

        /** Further types of keys that it takes, such as CKK_SHA256_HMAC beside CKK_GENERIC_SECRET. */
        public Builder alsoTakes(Long... keyTypes) {
            otherKeyTypes = Set.of(keyTypes);
            return this;
        }

        public Builder keySizes(long min, long max) {
            minKeySize = min;
            maxKeySize = max;
            return this;
        }

        /** Flags that no factory implies, such as CKF_EC_NAMEDCURVE. */
        public Builder flags(long flags) {
            extraFlags = flags;
            return this;
        }

        public Builder parameters(Class<? extends MechanismParameters> kind) {
            parameters = kind;
            return this;
        }

        public Builder optionalParameters(Class<? extends MechanismParameters> kind) {
            parameters = kind;
            parametersOptional = true;
            return this;
        }

        /** Marks the row as one that only tokens of the profile {@code compat} use. */
        public Builder legacy() {
            return legacy(true);
        }

        public Builder legacy(boolean isLegacy) {
            legacy = isLegacy;
            return this;
        }

        /** Marks a derivation whose result shows what the base key is. */
        public Builder keepsProtection() {
            keepsProtection = true;
            return this;
        }

        public Builder signs(SignerFactory factory) {
            signer = factory;
            return this;
        }

        public Builder verifies(VerifierFactory factory) {
            verifier = factory;
            return this;
        }

        public Builder encrypts(CipherFactory factory) {
            encryptor = factory;
            return this;
        }

        public Builder decrypts(CipherFactory factory) {
            decryptor = factory;
            return this;
        }

        public Builder digests(DigesterFactory factory) {
            digester = factory;
            return this;
        }

        public Builder makesKeys(KeyMaker maker) {
            keyMaker = maker;
            return this;
        }

        public Builder makesKeyPairs(KeyPairMaker maker) {
            keyPairMaker = maker;
            return this;
        }

        public Builder derives(KeyDeriver deriver) {
            this.deriver = deriver;
            return this;
        }

        /** Instead of {@link #derives}, where several keys are made or something else goes back. */
        public Builder derivesSet(KeySetDeriver deriver) {
            setDeriver = deriver;
            return this;
        }

        public Builder wraps(KeyWrapper wrapper) {
            this.wrapper = wrapper;
            return this;
        }

        public Builder encapsulates(Encapsulator encapsulator) {
            this.encapsulator = encapsulator;
            return this;
        }

        /** Beside {@link #encrypts} and {@link #decrypts} of an authenticated cipher. */
        public Builder messages(MessageForm form) {
            messageForm = form;
            return this;
        }

        public Builder recovers(CipherFactory signRecoverer, CipherFactory verifyRecoverer) {
            this.signRecoverer = signRecoverer;
            this.verifyRecoverer = verifyRecoverer;
            return this;
        }

        /** Its parameters hold a nonce: they serve one signature alone. */
        public Builder oneSignature() {
            oneSignature = true;
            return this;
        }

        public Mechanism build() {
            return new Mechanism(this);
        }
    }
}
