// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.audit.AuditAction;
import org.ferrohsm.core.audit.Lease;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.governance.CallBytes;
import org.ferrohsm.core.mechanism.Encapsulator;
import org.ferrohsm.core.mechanism.Encapsulator.Encapsulation;
import org.ferrohsm.core.mechanism.KeySetDeriver;
import org.ferrohsm.core.mechanism.KeySetDeriver.DerivedKeys;
import org.ferrohsm.core.mechanism.KeySetDeriver.Wish;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.Mechanism.KeyWrapper;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.mechanism.MechanismTable;
import org.ferrohsm.core.mechanism.NewKey;
import org.ferrohsm.core.mechanism.NewKeyPair;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.object.ImposedTemplates;
import org.ferrohsm.core.object.ObjectDraft;
import org.ferrohsm.core.object.ObjectResolver;
import org.ferrohsm.core.object.ObjectSchema;
import org.ferrohsm.core.object.Origin;
import org.ferrohsm.core.operation.Output;
import org.ferrohsm.core.policy.Policy;
import org.ferrohsm.core.policy.Rule;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.core.session.Session;
import org.ferrohsm.core.token.Matching;
import org.ferrohsm.core.token.Role;
import org.jspecify.annotations.Nullable;

/** Key management (PKCS#11 3.2 section 5.18). Every method throws {@link HsmException} with the function's codes. */
public final class KeyService {
    private final ObjectResolver resolver;
    private final MechanismTable mechanisms;
    private final ObjectKeeper keeper;
    private final Gate gate;
    private final SecureRandom random;

    public KeyService(
            ObjectResolver resolver, MechanismTable mechanisms, ObjectKeeper keeper, Gate gate, SecureRandom random) {
        this.resolver = resolver;
        this.mechanisms = mechanisms;
        this.keeper = keeper;
        this.gate = gate;
        this.random = random;
    }

    /** Generates a secret key. */
    public long generate(Session session, MechanismCall call, Template template) {
        return generateAll(session, call, template).returned();
    }

    /** Generates a secret key, with what the mechanism gives beside it. */
    public MadeKeys generateAll(Session session, MechanismCall call, Template template) {
        Mechanism mechanism = gate.mechanism(session, call.type());
        Mechanism.KeyMaker maker = able(mechanism, mechanism.keyMaker());
        mechanism.checkParameters(call.parameters());
        long keyType = mechanism.keyType() == Mechanism.ANY_KEY_TYPE
                ? number(template, Cka.CKA_KEY_TYPE, Ckk.CKK_GENERIC_SECRET)
                : mechanism.keyType();
        ObjectDraft draft = draft(session, Cko.CKO_SECRET_KEY, keyType, Origin.GENERATE, call.type(), template);
        requireWritable(session, draft);
        List<byte[]> outputs = maker.outputs(call.parameters());
        HsmObject key = key(draft, maker.make(template, call.parameters()), call.type(), true, true);
        long[] handles = keeper.keepAll(session, AuditAction.KEY_GENERATE, call.type(), key);
        return new MadeKeys(handles, true, outputs);
    }

    /** Generates a key pair. */
    public KeyPairHandles generatePair(
            Session session, MechanismCall call, Template publicTemplate, Template privateTemplate) {
        Mechanism mechanism = gate.mechanism(session, call.type());
        Mechanism.KeyPairMaker maker = able(mechanism, mechanism.keyPairMaker());
        mechanism.checkParameters(call.parameters());
        ObjectDraft publicDraft =
                draft(session, Cko.CKO_PUBLIC_KEY, mechanism.keyType(), Origin.GENERATE, call.type(), publicTemplate);
        ObjectDraft privateDraft =
                draft(session, Cko.CKO_PRIVATE_KEY, mechanism.keyType(), Origin.GENERATE, call.type(), privateTemplate);
        requireWritable(session, publicDraft);
        requireWritable(session, privateDraft);
        NewKeyPair pair = maker.make(publicTemplate, privateTemplate, call.parameters());
        long[] handles = keeper.keepAll(
                session,
                AuditAction.KEY_GENERATE,
                call.type(),
                key(publicDraft, pair.publicKey(), call.type(), true, true),
                key(privateDraft, pair.privateKey(), call.type(), true, true));
        return new KeyPairHandles(handles[0], handles[1]);
    }

    /** Derives a key from another. */
    public long derive(Session session, MechanismCall call, long baseHandle, Template template) {
        return deriveAll(session, call, baseHandle, template).returned();
    }

    /** Derives a key, or all keys of a mechanism that makes several. */
    public MadeKeys deriveAll(Session session, MechanismCall call, long baseHandle, Template asked) {
        Mechanism mechanism = gate.mechanism(session, call.type());
        KeySetDeriver deriver = able(mechanism, setDeriver(mechanism));
        mechanism.checkParameters(call.parameters());
        HsmObject base = session.access().open(baseHandle, Fault.KEY_HANDLE_INVALID);
        requireType(mechanism, base, Fault.KEY_TYPE_INCONSISTENT);
        Template template = ImposedTemplates.with(base, Cka.CKA_DERIVE_TEMPLATE, asked);
        long keyType = number(template, Cka.CKA_KEY_TYPE, Ckk.CKK_GENERIC_SECRET);
        DerivationSources sources = DerivationSources.open(session, mechanism, call, base);
        List<Wish> wishes = deriver.wishes(base, template, keyType, sources.parameters());
        List<ObjectDraft> drafts = new ArrayList<>();
        for (Wish wish : wishes) {
            ObjectDraft draft = draft(session, Cko.CKO_SECRET_KEY, wish.keyType(), Origin.DERIVE, wish.template());
            requireWritable(session, draft);
            ObjectDraft whole = sources.protect(draft);
            session.access().policy().derive(call, base, wish.template(), whole.attributes());
            drafts.add(whole);
        }
        sources.admitOthers(session, gate);
        MechanismCall whole = new MechanismCall(call.type(), sources.parameters());
        Lease lease = gate.admitAtOnce(session, AuditAction.KEY_DERIVE, base, whole, Cka.CKA_DERIVE);
        lease.bind(CallBytes.template(template));
        DerivedKeys derived = KeyUse.used(lease, () -> deriver.derive(base, wishes, sources.parameters()));
        boolean sensitiveEver = sources.all(Cka.CKA_ALWAYS_SENSITIVE);
        boolean neverOut = sources.all(Cka.CKA_NEVER_EXTRACTABLE);
        HsmObject[] keys = new HsmObject[drafts.size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = key(drafts.get(i), derived.keys().get(i), -1, sensitiveEver, neverOut);
        }
        long[] handles = keeper.keepAll(session, AuditAction.KEY_DERIVE, call.type(), keys);
        return new MadeKeys(deriver.places(handles), deriver.returnsHandle(), derived.outputs());
    }

    private static @Nullable KeySetDeriver setDeriver(Mechanism mechanism) {
        Mechanism.KeyDeriver single = mechanism.deriver();
        return single == null ? mechanism.setDeriver() : new SingleDeriver(single);
    }

    /** Makes a key and the ciphertext from which {@link #decapsulate} makes it again; nothing where room lacks. */
    public Encapsulated encapsulate(Session session, MechanismCall call, long publicHandle, Template asked, int room) {
        Mechanism mechanism = gate.mechanism(session, call.type());
        Encapsulator encapsulator = able(mechanism, mechanism.encapsulator());
        mechanism.checkParameters(call.parameters());
        HsmObject publicKey = session.access().open(publicHandle, Fault.KEY_HANDLE_INVALID);
        requireType(mechanism, publicKey, Fault.KEY_TYPE_INCONSISTENT);
        Template template = ImposedTemplates.with(publicKey, Cka.CKA_ENCAPSULATE_TEMPLATE, asked);
        ObjectDraft draft = encapsulatedDraft(session, template);
        int length = encapsulator.ciphertextLength(publicKey, call.parameters());
        if (room < length) {
            return new Encapsulated(Output.lengthOnly(length), 0);
        }
        Lease lease = gate.admit(session, AuditAction.KEY_ENCAPSULATE, publicKey, call, Cka.CKA_ENCAPSULATE);
        lease.bind(CallBytes.template(template));
        Encapsulation made = KeyUse.used(
                lease, () -> encapsulator.encapsulate(publicKey, template, keyType(draft), call.parameters()));
        HsmObject key = key(draft, made.key(), -1, false, false);
        long handle = keeper.keepAll(session, AuditAction.KEY_ENCAPSULATE, call.type(), key)[0];
        return new Encapsulated(Output.of(made.ciphertext()), handle);
    }

    /** Makes the key inside a ciphertext. */
    public long decapsulate(
            Session session, MechanismCall call, long privateHandle, Template asked, byte[] ciphertext) {
        Mechanism mechanism = gate.mechanism(session, call.type());
        Encapsulator encapsulator = able(mechanism, mechanism.encapsulator());
        mechanism.checkParameters(call.parameters());
        HsmObject privateKey = session.access().open(privateHandle, Fault.UNWRAPPING_KEY_HANDLE_INVALID);
        requireType(mechanism, privateKey, Fault.UNWRAPPING_KEY_TYPE_INCONSISTENT);
        Template template = ImposedTemplates.with(privateKey, Cka.CKA_DECAPSULATE_TEMPLATE, asked);
        ObjectDraft draft = encapsulatedDraft(session, template);
        Lease lease = gate.admitAtOnce(session, AuditAction.KEY_DECAPSULATE, privateKey, call, Cka.CKA_DECAPSULATE);
        lease.bind(ciphertext);
        lease.bind(CallBytes.template(template));
        NewKey parts = KeyUse.used(
                lease,
                () -> encapsulator.decapsulate(privateKey, ciphertext, template, keyType(draft), call.parameters()));
        HsmObject key = key(draft, parts, -1, false, false);
        return keeper.keepAll(session, AuditAction.KEY_DECAPSULATE, call.type(), key)[0];
    }

    /** CKA_EXTRACTABLE is true unless the template says otherwise (sections 5.18.8 and 5.18.9). */
    private ObjectDraft encapsulatedDraft(Session session, Template template) {
        long keyType = number(template, Cka.CKA_KEY_TYPE, Ckk.CKK_GENERIC_SECRET);
        Template whole = template.contains(Cka.CKA_EXTRACTABLE)
                ? template
                : template.toBuilder().put(Cka.CKA_EXTRACTABLE, true).build();
        ObjectDraft draft = draft(session, Cko.CKO_SECRET_KEY, keyType, Origin.DERIVE, whole);
        requireWritable(session, draft);
        return draft;
    }

    private static long keyType(ObjectDraft draft) {
        return draft.attributes().number(Cka.CKA_KEY_TYPE, Ckk.CKK_GENERIC_SECRET);
    }

    /** Wraps a key. */
    public Output wrap(Session session, MechanismCall call, long wrappingHandle, long handle, int room) {
        Mechanism mechanism = gate.mechanism(session, call.type());
        KeyWrapper wrapper = able(mechanism, mechanism.wrapper());
        session.access().policy().wrapBy(call);
        mechanism.checkParameters(call.parameters());
        return wrap(session, mechanism, wrapper, call, wrappingHandle, handle, room);
    }

    /** Wraps a key with an authenticated cipher. */
    public MessageOutcome wrapAuthenticated(
            Session session, MechanismCall call, long wrappingHandle, long handle, byte[] aad, int room) {
        Mechanism mechanism = gate.mechanism(session, call.type());
        AuthenticatedWrapper wrapper = new AuthenticatedWrapper(mechanism, aad, random);
        session.access().policy().wrapBy(call);
        Output output = wrap(session, mechanism, wrapper, call, wrappingHandle, handle, room);
        return output.bytes() == null
                ? new MessageOutcome(output, null, null)
                : new MessageOutcome(output, wrapper.nonce(), wrapper.tag());
    }

    /** The order of checks is that of section 5.18.3. */
    private Output wrap(
            Session session,
            Mechanism mechanism,
            KeyWrapper wrapper,
            MechanismCall call,
            long wrappingHandle,
            long handle,
            int room) {
        HsmObject wrappingKey = session.access().open(wrappingHandle, Fault.WRAPPING_KEY_HANDLE_INVALID);
        requireType(mechanism, wrappingKey, Fault.WRAPPING_KEY_TYPE_INCONSISTENT);
        HsmObject key = session.access().open(handle, Fault.KEY_HANDLE_INVALID);
        requireWrappable(session, call, wrappingKey, key);
        Lease lease = gate.admitWrap(session, wrappingKey, key, call);
        lease.bind(CallBytes.key(key));
        byte[] wrapped = KeyUse.computed(lease, () -> {
            try (SecretBytes serialised = mechanisms.codec(key.keyType()).serialise(key)) {
                return wrapper.wrap(wrappingKey, serialised, call.parameters());
            }
        });
        if (room < wrapped.length && lease.withholds()) {
            // Nothing is approved for the sake of a length.
            return Output.lengthOnly(wrapped.length);
        }
        lease.used();
        return room < wrapped.length ? Output.lengthOnly(wrapped.length) : Output.of(wrapped);
    }

    private void requireWrappable(Session session, MechanismCall call, HsmObject wrappingKey, HsmObject key) {
        try {
            requireWrappable(wrappingKey, key);
            session.access().policy().wrap(wrappingKey, key);
        } catch (HsmException refusal) {
            throw gate.refuse(session, AuditAction.KEY_WRAP, key, call.type(), refusal);
        }
    }

    private static void requireWrappable(HsmObject wrappingKey, HsmObject key) {
        if (key.objectClass() != Cko.CKO_SECRET_KEY && key.objectClass() != Cko.CKO_PRIVATE_KEY) {
            throw Fault.KEY_NOT_WRAPPABLE.because("only secret and private keys can be wrapped");
        }
        if (!key.attributes().flag(Cka.CKA_EXTRACTABLE)) {
            throw Fault.KEY_UNEXTRACTABLE.because("the key's CKA_EXTRACTABLE is false");
        }
        if (key.attributes().flag(Cka.CKA_WRAP_WITH_TRUSTED)
                && !wrappingKey.attributes().flag(Cka.CKA_TRUSTED)) {
            throw Fault.KEY_NOT_WRAPPABLE.because("the key may be wrapped by a trusted key alone");
        }
        AttributeValue wanted = wrappingKey.attributes().get(Cka.CKA_WRAP_TEMPLATE);
        if (wanted != null && wanted.isTemplate() && !Matching.matches(key, wanted.asTemplate())) {
            // Section 5.18.3 names this code for it.
            throw Fault.KEY_HANDLE_INVALID.because("the key is not what the wrapping key's CKA_WRAP_TEMPLATE asks for");
        }
    }

    /** Unwraps a key. */
    public long unwrap(Session session, MechanismCall call, long unwrappingHandle, byte[] wrapped, Template template) {
        Mechanism mechanism = gate.mechanism(session, call.type());
        KeyWrapper wrapper = able(mechanism, mechanism.wrapper());
        mechanism.checkParameters(call.parameters());
        return unwrap(session, mechanism, wrapper, call, unwrappingHandle, wrapped, template);
    }

    /** Unwraps a key that {@link #wrapAuthenticated} has wrapped. */
    public long unwrapAuthenticated(
            Session session, MechanismCall call, long unwrappingHandle, byte[] wrapped, Template template, byte[] aad) {
        Mechanism mechanism = gate.mechanism(session, call.type());
        KeyWrapper wrapper = new AuthenticatedWrapper(mechanism, aad, random);
        return unwrap(session, mechanism, wrapper, call, unwrappingHandle, wrapped, template);
    }

    private long unwrap(
            Session session,
            Mechanism mechanism,
            KeyWrapper wrapper,
            MechanismCall call,
            long unwrappingHandle,
            byte[] wrapped,
            Template asked) {
        HsmObject unwrappingKey = session.access().open(unwrappingHandle, Fault.UNWRAPPING_KEY_HANDLE_INVALID);
        session.access().policy().unwrapBy(call, unwrappingKey);
        requireType(mechanism, unwrappingKey, Fault.UNWRAPPING_KEY_TYPE_INCONSISTENT);
        Template template = ImposedTemplates.with(unwrappingKey, Cka.CKA_UNWRAP_TEMPLATE, asked);
        long objectClass = number(template, Cka.CKA_CLASS, Cko.CKO_SECRET_KEY);
        AttributeValue keyType = template.get(Cka.CKA_KEY_TYPE);
        if (keyType == null) {
            throw Fault.TEMPLATE_INCOMPLETE.because("CKA_KEY_TYPE is needed");
        }
        if (objectClass != Cko.CKO_SECRET_KEY && objectClass != Cko.CKO_PRIVATE_KEY) {
            throw Fault.TEMPLATE_INCONSISTENT.because("only secret and private keys can be unwrapped");
        }
        ObjectDraft draft = draft(session, objectClass, keyType.asLong(), Origin.UNWRAP, template);
        requireWritable(session, draft);
        Lease lease = gate.admitAtOnce(session, AuditAction.KEY_UNWRAP, unwrappingKey, call, Cka.CKA_UNWRAP);
        lease.bind(wrapped);
        lease.bind(CallBytes.template(template));
        NewKey parts = KeyUse.used(lease, () -> {
            boolean secret = objectClass == Cko.CKO_SECRET_KEY;
            try (SecretBytes unwrapped = wrapper.unwrap(unwrappingKey, wrapped, call.parameters(), length(template));
                    SecretBytes serialised =
                            secret ? Filling.removed(unwrapped, wrapper.unit(), template) : unwrapped.copy()) {
                return mechanisms.codec(keyType.asLong()).parse(objectClass, serialised);
            }
        });
        HsmObject key = key(draft, parts, -1, false, false);
        return keeper.keepAll(session, AuditAction.KEY_UNWRAP, call.type(), key)[0];
    }

    private ObjectDraft draft(Session session, long objectClass, long keyType, Origin origin, Template template) {
        return draft(session, objectClass, keyType, origin, -1, template);
    }

    private ObjectDraft draft(
            Session session, long objectClass, long keyType, Origin origin, long generatedBy, Template template) {
        ObjectSchema schema = resolver.schema(objectClass, keyType);
        Policy policy = session.access().policy();
        ObjectDraft draft = resolver.resolve(
                schema, origin, template, session.access().role() == Role.SO, policy.has(Rule.ONE_ROLE));
        policy.made(origin, generatedBy, draft.attributes());
        return draft;
    }

    private void requireWritable(Session session, ObjectDraft draft) {
        keeper.requireWritable(
                session,
                draft.attributes().flag(Cka.CKA_TOKEN),
                draft.attributes().flag(Cka.CKA_PRIVATE));
    }

    /** The finished key; {@code generatedBy} is -1 for a key that was not generated here. */
    private HsmObject key(ObjectDraft draft, NewKey parts, long generatedBy, boolean sensitiveEver, boolean neverOut) {
        AttributeSet.Builder attributes = draft.attributes().toBuilder().putAll(parts.attributes());
        attributes.put(Cka.CKA_LOCAL, generatedBy != -1).put(Cka.CKA_KEY_GEN_MECHANISM, generatedBy);
        if (draft.attributes().contains(Cka.CKA_SENSITIVE)) {
            attributes
                    .put(
                            Cka.CKA_ALWAYS_SENSITIVE,
                            sensitiveEver && draft.attributes().flag(Cka.CKA_SENSITIVE))
                    .put(
                            Cka.CKA_NEVER_EXTRACTABLE,
                            neverOut && !draft.attributes().flag(Cka.CKA_EXTRACTABLE));
        }
        return keeper.build(new NewKey(attributes.build(), parts.secrets()));
    }

    /** CKA_VALUE_LEN, or -1. */
    private static int length(Template template) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(-1, number(template, Cka.CKA_VALUE_LEN, -1)));
    }

    private static <T> T able(Mechanism mechanism, @Nullable T factory) {
        if (factory == null) {
            throw Fault.MECHANISM_INVALID.because(mechanism.name() + " cannot do this");
        }
        return factory;
    }

    private static void requireType(Mechanism mechanism, HsmObject key, Fault otherwise) {
        if (!mechanism.takes(key.keyType())) {
            throw otherwise.because("the key is not one for " + mechanism.name());
        }
    }

    private static long number(Template template, long type, long otherwise) {
        AttributeValue value = template.get(type);
        return value == null ? otherwise : value.asLong();
    }
}
