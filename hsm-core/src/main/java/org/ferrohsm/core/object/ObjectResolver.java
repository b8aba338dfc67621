// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.object;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.attribute.SecretAttributes;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.attribute.ValueKind;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.secret.SecretBytes;
import org.jspecify.annotations.Nullable;

/**
 * The one way from a template to an object: creation, generation, unwrapping, derivation, copying and change all apply
 * the same attribute tables (PKCS#11 3.2 section 4.1).
 */
public final class ObjectResolver {
    private record Kind(long objectClass, long type) {}

    private static final Set<Long> TYPED_BY_KEY =
            Set.of(Cko.CKO_PUBLIC_KEY, Cko.CKO_PRIVATE_KEY, Cko.CKO_SECRET_KEY, Cko.CKO_DOMAIN_PARAMETERS);

    private final Map<Kind, ObjectSchema> schemas = new HashMap<>();
    private final Map<Long, ValueKind> kinds = new TreeMap<>(Long::compareUnsigned);

    /** With the tables of the specification. */
    public ObjectResolver() {
        Stream.concat(Schemas.all().stream(), KeylessSchemas.all().stream()).forEach(schema -> {
            schemas.put(new Kind(schema.objectClass(), schema.type()), schema);
            schema.rules().forEach(rule -> kinds.put(rule.type(), rule.kind()));
        });
        KeylessSchemas.ofBuiltIns().forEach(rule -> kinds.put(rule.type(), rule.kind()));
    }

    /** The shape of an attribute's values, whatever object has it; BYTES for those in no table. */
    public ValueKind kind(long attribute) {
        return kinds.getOrDefault(attribute, ValueKind.BYTES);
    }

    /**
     * The schema of a class and type.
     *
     * @throws org.ferrohsm.core.fault.HsmException ATTRIBUTE_VALUE_INVALID if there are no such objects
     */
    public ObjectSchema schema(long objectClass, long type) {
        ObjectSchema schema = schemas.get(new Kind(objectClass, type));
        if (schema == null) {
            throw Fault.ATTRIBUTE_VALUE_INVALID.because(
                    "objects of class " + Cko.name(objectClass) + " and type " + type + " cannot be made");
        }
        return schema;
    }

    /** The schema of an object that exists. */
    public ObjectSchema schema(AttributeSet attributes) {
        long objectClass = attributes.number(Cka.CKA_CLASS, -1);
        long type = switch ((int) objectClass) {
            case (int) Cko.CKO_CERTIFICATE -> attributes.number(Cka.CKA_CERTIFICATE_TYPE, -1);
            case (int) Cko.CKO_DATA, (int) Cko.CKO_TRUST -> ObjectSchema.NO_TYPE;
            default -> attributes.number(Cka.CKA_KEY_TYPE, -1);
        };
        return schema(objectClass, type);
    }

    /** The schema that the template of C_CreateObject asks for. */
    public ObjectSchema schemaOf(Template template) {
        AttributeSet.Builder named = AttributeSet.builder();
        for (long type : List.of(Cka.CKA_CLASS, Cka.CKA_KEY_TYPE, Cka.CKA_CERTIFICATE_TYPE)) {
            AttributeValue value = template.get(type);
            if (value != null) {
                named.put(type, value);
            }
        }
        AttributeSet attributes = named.build();
        long objectClass = attributes.number(Cka.CKA_CLASS, -1);
        if (objectClass == -1) {
            throw Fault.TEMPLATE_INCOMPLETE.because("CKA_CLASS is needed");
        }
        boolean typed = TYPED_BY_KEY.contains(objectClass)
                ? attributes.contains(Cka.CKA_KEY_TYPE)
                : objectClass != Cko.CKO_CERTIFICATE || attributes.contains(Cka.CKA_CERTIFICATE_TYPE);
        if (!typed) {
            throw Fault.TEMPLATE_INCOMPLETE.because("the object's type is needed");
        }
        return schema(attributes);
    }

    /**
     * What a template gives for a new object, completed by defaults.
     *
     * @param bySo whether the SO asks, who alone may set CKA_TRUSTED
     * @param oneRole whether defaults give a key one role alone
     * @throws org.ferrohsm.core.fault.HsmException in this order for each attribute: ATTRIBUTE_TYPE_INVALID,
     *     ATTRIBUTE_VALUE_INVALID, ATTRIBUTE_READ_ONLY, TEMPLATE_INCONSISTENT; at the end TEMPLATE_INCOMPLETE
     */
    public ObjectDraft resolve(ObjectSchema schema, Origin origin, Template template, boolean bySo, boolean oneRole) {
        AttributeSet.Builder plain = AttributeSet.builder();
        Map<Long, SecretBytes> secrets = new TreeMap<>(Long::compareUnsigned);
        for (long type : template.types()) {
            AttributeValue value = given(template, type);
            AttributeRule rule = known(schema, type);
            rule.check(value);
            refuseForbidden(schema, rule, origin, value, bySo);
            if (rule.has(Note.SECRET)) {
                secrets.put(type, SecretBytes.adopt(value.asBytes()));
            } else {
                plain.put(type, value);
            }
        }
        Set<KeyRole> roles = KeyRole.byDefault(schema, template, oneRole);
        List<String> missing = new ArrayList<>();
        for (AttributeRule rule : schema.rules()) {
            if (template.contains(rule.type())) {
                continue;
            }
            if (needed(rule, origin)) {
                missing.add(Cka.name(rule.type()));
            }
            AttributeValue byDefault = rule.byDefault();
            if (byDefault != null) {
                KeyRole role = rule.kind() == ValueKind.BOOL ? KeyRole.of(rule.type()) : null;
                plain.put(rule.type(), role == null || roles.contains(role) ? byDefault : AttributeValue.of(false));
            }
        }
        if (!missing.isEmpty()) {
            throw Fault.TEMPLATE_INCOMPLETE.because("the template lacks " + String.join(", ", missing));
        }
        plain.put(Cka.CKA_CLASS, schema.objectClass());
        if (schema.rule(Cka.CKA_KEY_TYPE) != null) {
            plain.put(Cka.CKA_KEY_TYPE, schema.type());
        }
        AttributeSet attributes = plain.build();
        PolicyTags.check(attributes);
        return new ObjectDraft(attributes, SecretAttributes.of(secrets));
    }

    /**
     * The attributes after C_SetAttributeValue.
     *
     * @throws org.ferrohsm.core.fault.HsmException ACTION_PROHIBITED, ATTRIBUTE_TYPE_INVALID, ATTRIBUTE_VALUE_INVALID,
     *     ATTRIBUTE_READ_ONLY
     */
    public AttributeSet change(AttributeSet before, Template template, boolean bySo) {
        if (!before.flag(Cka.CKA_MODIFIABLE)) {
            throw Fault.ACTION_PROHIBITED.because("the object cannot be modified: its CKA_MODIFIABLE is false");
        }
        boolean trusted = before.flag(Cka.CKA_TRUSTED) && before.number(Cka.CKA_CLASS, -1) == Cko.CKO_CERTIFICATE;
        if (trusted && !bySo) {
            // Section 4.6.2: trusted certificates cannot be modified.
            throw Fault.ATTRIBUTE_READ_ONLY.because("only the SO changes a trusted certificate");
        }
        return apply(before, template, bySo, false);
    }

    /**
     * The attributes of a key with other policy tags.
     *
     * @throws org.ferrohsm.core.fault.HsmException ACTION_PROHIBITED, ATTRIBUTE_TYPE_INVALID, ATTRIBUTE_VALUE_INVALID,
     *     TEMPLATE_INCONSISTENT
     */
    public AttributeSet retag(AttributeSet before, String tags) {
        if (!before.flag(Cka.CKA_MODIFIABLE)) {
            throw Fault.ACTION_PROHIBITED.because("the object cannot be modified: its CKA_MODIFIABLE is false");
        }
        known(schema(before), PolicyTags.ATTRIBUTE);
        AttributeSet after = before.toBuilder()
                .put(PolicyTags.ATTRIBUTE, AttributeValue.of(tags))
                .build();
        PolicyTags.check(after);
        return after;
    }

    /**
     * The attributes of a copy.
     *
     * @throws org.ferrohsm.core.fault.HsmException ACTION_PROHIBITED and those of {@link #change}
     */
    public AttributeSet copy(AttributeSet before, Template template, boolean bySo) {
        if (before.contains(Cka.CKA_COPYABLE) && !before.flag(Cka.CKA_COPYABLE)) {
            throw Fault.ACTION_PROHIBITED.because("the object cannot be copied: its CKA_COPYABLE is false");
        }
        return apply(before, template, bySo, true);
    }

    private AttributeSet apply(AttributeSet before, Template template, boolean bySo, boolean copying) {
        ObjectSchema schema = schema(before);
        AttributeSet.Builder after = before.toBuilder();
        for (long type : template.types()) {
            AttributeValue value = given(template, type);
            AttributeRule rule = known(schema, type);
            rule.check(value);
            AttributeValue old = before.get(type);
            if (value.equals(old)) {
                continue;
            }
            boolean free = rule.has(Note.CHANGEABLE) || (copying && rule.has(Note.COPY_CHANGEABLE));
            if (!free || moves(rule, old) || (rule.has(Note.SO_SETS) && !bySo)) {
                throw Fault.ATTRIBUTE_READ_ONLY.because(Cka.name(type) + " cannot be changed so");
            }
            after.put(type, value);
        }
        return after.build();
    }

    /** Whether a change would move a value that stays where it is. */
    private static boolean moves(AttributeRule rule, @Nullable AttributeValue old) {
        return old != null
                && ((rule.has(Note.STAYS_TRUE) && old.asBoolean()) || (rule.has(Note.STAYS_FALSE) && !old.asBoolean()));
    }

    private static AttributeValue given(Template template, long type) {
        AttributeValue value = template.get(type);
        if (value == null) {
            throw new IllegalStateException("the template lost " + Cka.name(type));
        }
        return value;
    }

    private static AttributeRule known(ObjectSchema schema, long type) {
        AttributeRule rule = schema.rule(type);
        if (rule == null) {
            throw Fault.ATTRIBUTE_TYPE_INVALID.because(
                    "objects of class " + Cko.name(schema.objectClass()) + " have no " + Cka.name(type));
        }
        return rule;
    }

    private static void refuseForbidden(
            ObjectSchema schema, AttributeRule rule, Origin origin, AttributeValue value, boolean bySo) {
        if (rule.has(Note.TOKEN_SETS) || (rule.has(Note.SO_SETS) && !bySo && value.asBoolean())) {
            throw Fault.ATTRIBUTE_READ_ONLY.because(Cka.name(rule.type()) + " is not the caller's to set");
        }
        boolean forbidden = switch (origin) {
            case CREATE -> rule.has(Note.CREATE_FORBIDS);
            case GENERATE -> rule.has(Note.GENERATE_FORBIDS);
            case UNWRAP, DERIVE -> rule.has(Note.UNWRAP_FORBIDS);
        };
        boolean another = (rule.type() == Cka.CKA_CLASS && value.asLong() != schema.objectClass())
                || (rule.type() == Cka.CKA_KEY_TYPE && value.asLong() != schema.type());
        if (forbidden || another) {
            throw Fault.TEMPLATE_INCONSISTENT.because(
                    Cka.name(rule.type()) + " does not go with the way in which the object is made");
        }
    }

    private static boolean needed(AttributeRule rule, Origin origin) {
        return switch (origin) {
            case CREATE -> rule.has(Note.CREATE_NEEDS);
            case GENERATE -> rule.has(Note.GENERATE_NEEDS);
            case UNWRAP, DERIVE -> false;
        };
    }
}
