// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.token;

import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.attribute.SecretAttributes;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;
import org.jspecify.annotations.Nullable;

/**
 * An object's attributes as bytes, one way to write each object: format, then the public attributes, then the secret
 * ones, each as a count and so many of type, size and value in ascending order of types. All numbers are LEB128. The
 * lowest bit of a public attribute's size marks a nested template; its size is its count, and its attributes keep their
 * order.
 */
final class ObjectCodec {
    private static final int FORMAT = 1;

    /** Deeper nesting than PKCS#11 has any attribute for. */
    private static final int DEEPEST = 8;

    private ObjectCodec() {}

    /** The bytes, which the caller wipes. */
    static byte[] encode(AttributeSet attributes, SecretAttributes secrets) {
        try (CodecSink sink = new CodecSink()) {
            sink.number(FORMAT);
            Map<Long, AttributeValue> plain = attributes.asMap();
            sink.number(plain.size());
            plain.forEach((type, value) -> write(sink, type, value));
            sink.number(secrets.types().size());
            secrets.types().stream()
                    .sorted(Long::compareUnsigned)
                    .forEach(type -> write(sink, type, Objects.requireNonNull(secrets.get(type))));
            return sink.toBytes();
        }
    }

    /**
     * The object in {@code bytes}.
     *
     * @throws HsmException DEVICE_ERROR if they are anything that {@link #encode} does not write
     */
    static HsmObject decode(UUID id, long version, byte[] bytes) {
        CodecSource source = new CodecSource(bytes);
        if (source.number() != FORMAT) {
            throw CodecSource.malformed("its format is not known");
        }
        AttributeSet attributes = readAttributes(source);
        Map<Long, SecretBytes> secrets = new TreeMap<>(Long::compareUnsigned);
        try {
            readSecrets(source, secrets);
        } catch (HsmException e) {
            secrets.values().forEach(SecretBytes::close);
            throw e;
        }
        return new HsmObject(id, version, attributes, SecretAttributes.of(secrets));
    }

    private static void write(CodecSink sink, long type, AttributeValue value) {
        sink.number(type);
        if (value.isTemplate()) {
            Template template = value.asTemplate();
            sink.number(((long) template.size() << 1) | 1);
            for (long nested : template.types()) {
                write(sink, nested, Objects.requireNonNull(template.get(nested)));
            }
        } else {
            sink.number((long) value.length() << 1);
            sink.bytes(value.asBytes());
        }
    }

    private static void write(CodecSink sink, long type, SecretBytes value) {
        sink.number(type);
        sink.number(value.length());
        value.<@Nullable Void>use(bytes -> {
            sink.bytes(bytes);
            return null;
        });
    }

    private static AttributeSet readAttributes(CodecSource source) {
        AttributeSet.Builder attributes = AttributeSet.builder();
        long count = source.number();
        long before = 0;
        for (long i = 0; i != count; i++) {
            before = ascending(source.number(), before, i);
            attributes.put(before, readValue(source, 0));
        }
        return attributes.build();
    }

    private static AttributeValue readValue(CodecSource source, int depth) {
        long size = source.number();
        if ((size & 1) == 0) {
            return AttributeValue.of(source.bytes(size >>> 1));
        }
        if (depth == DEEPEST) {
            throw CodecSource.malformed("its templates are nested too deeply");
        }
        Template.Builder template = Template.builder();
        Set<Long> types = new HashSet<>();
        for (long i = 0; i != size >>> 1; i++) {
            long type = source.number();
            if (!types.add(type)) {
                throw CodecSource.malformed("a template has an attribute twice");
            }
            template.put(type, readValue(source, depth + 1));
        }
        return AttributeValue.of(template.build());
    }

    private static void readSecrets(CodecSource source, Map<Long, SecretBytes> secrets) {
        long count = source.number();
        long before = 0;
        for (long i = 0; i != count; i++) {
            before = ascending(source.number(), before, i);
            secrets.put(before, SecretBytes.adopt(source.bytes(source.number())));
        }
        if (!source.atEnd()) {
            throw CodecSource.malformed("it goes on after its end");
        }
    }

    private static long ascending(long type, long before, long position) {
        if (position > 0 && Long.compareUnsigned(type, before) <= 0) {
            throw CodecSource.malformed("its attributes are not in order");
        }
        return type;
    }
}
