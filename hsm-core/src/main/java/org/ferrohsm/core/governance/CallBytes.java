// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.governance;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.governance.approval.Digests;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.NoParameters;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.seal.Binding;
import org.jspecify.annotations.Nullable;

/** What a call says beside its data, as bytes that are the same for the same call of any program (docs/spec/approval.md). */
public final class CallBytes {
    private static final String PARAMETERS = "ferrohsm-approval-parameters-v1";

    private CallBytes() {}

    /** The digest of a mechanism's parameters, null where there are none. */
    public static byte @Nullable [] parameters(MechanismParameters parameters) {
        if (parameters instanceof NoParameters) {
            return null;
        }
        Binding bytes = Binding.of(parameters.getClass().getSimpleName());
        put(bytes, parameters);
        return Digests.of(PARAMETERS, bytes.bytes());
    }

    /** The digest of what an operation is done to, where that is not fed to a {@link GovernedUse}. */
    public static byte[] digest(byte[] data) {
        return Digests.of(GovernedUse.DATA, data);
    }

    /** A template's attributes in ascending order of types. */
    public static byte[] template(Template template) {
        Binding bytes = Binding.of("template");
        put(bytes, template);
        return bytes.bytes();
    }

    /** A key and its version. */
    public static byte[] key(HsmObject key) {
        Binding bytes = Binding.of("key");
        put(bytes, key);
        return bytes.bytes();
    }

    private static void put(Binding bytes, @Nullable Object value) {
        if (value == null) {
            bytes.with(false);
        } else if (value instanceof byte[] array) {
            bytes.with(array);
        } else if (value instanceof Number number) {
            bytes.with(number.longValue());
        } else if (value instanceof Boolean flag) {
            bytes.with(flag);
        } else if (value instanceof HsmObject key) {
            bytes.with(key.id()).with(key.version());
        } else if (value instanceof List<?> list) {
            bytes.with((long) list.size());
            list.forEach(each -> put(bytes, each));
        } else if (value instanceof Template template) {
            bytes.with((long) template.size());
            new TreeSet<>(template.types()).forEach(type -> {
                bytes.with(type);
                put(bytes, template.get(type));
            });
        } else if (value instanceof AttributeValue attribute) {
            if (attribute.isTemplate()) {
                put(bytes, attribute.asTemplate());
            } else {
                bytes.with(attribute.asBytes());
            }
        } else if (value instanceof Record structure) {
            components(bytes, structure);
        } else {
            throw new IllegalArgumentException("no bytes for " + value.getClass());
        }
    }

    /** Handles are left out: they are another program's to choose, and the keys behind them take part. */
    private static void components(Binding bytes, Record structure) {
        for (RecordComponent component : structure.getClass().getRecordComponents()) {
            if (component.getName().toLowerCase(Locale.ROOT).endsWith("handle")) {
                continue;
            }
            try {
                put(bytes, component.getAccessor().invoke(structure));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("a record without its accessor " + component, e);
            }
        }
    }
}
