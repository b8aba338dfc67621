// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.governance.policy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object, taken one by one until none is left: what is not taken is refused, as is a name that stands
 * twice. Every refusal names the line. Jackson's streaming parser alone is used: a program that opens a governed token
 * loads no more than that.
 */
final class JsonFields {
    private final int line;
    private final String what;
    private final Map<String, Object> fields = new HashMap<>();

    private JsonFields(int line, String what) {
        this.line = line;
        this.what = what;
    }

    /**
     * The object that {@code json} is.
     *
     * @throws HsmException ARGUMENTS_BAD
     */
    static JsonFields parse(byte[] json, String what) {
        JsonFactory factory = JsonFactory.builder()
                .enable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        try (JsonParser parser = factory.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw Fault.ARGUMENTS_BAD.because("the " + what + " is no JSON object");
            }
            JsonFields fields = object(parser, what);
            if (parser.nextToken() != null) {
                throw Fault.ARGUMENTS_BAD.because("the " + what + " goes on after its end");
            }
            return fields;
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw Fault.ARGUMENTS_BAD.because(
                    "the " + what + " is not JSON: line " + line + ": " + e.getOriginalMessage());
        } catch (IOException e) {
            throw Fault.ARGUMENTS_BAD.because("the " + what + " cannot be read: " + e.getMessage());
        }
    }

    private static JsonFields object(JsonParser parser, String what) throws IOException {
        JsonFields object = new JsonFields(parser.currentTokenLocation().getLineNr(), what);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            object.fields.put(name, value(parser, what));
        }
        return object;
    }

    private static Object value(JsonParser parser, String what) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, what);
            case START_ARRAY -> list(parser, what);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            default ->
                throw Fault.ARGUMENTS_BAD.because("the " + what + " is not right: line "
                        + parser.currentTokenLocation().getLineNr() + ": " + parser.getText() + " has no meaning here");
        };
    }

    private static List<Object> list(JsonParser parser, String what) throws IOException {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(parser, what));
        }
        return list;
    }

    int line() {
        return line;
    }

    String text(String name) {
        return required(name, optionalText(name));
    }

    @Nullable
    String optionalText(String name) {
        return take(name, String.class);
    }

    long number(String name) {
        return required(name, take(name, Long.class));
    }

    @Nullable
    Long optionalNumber(String name) {
        return take(name, Long.class);
    }

    JsonFields object(String name) {
        return required(name, optionalObject(name));
    }

    @Nullable
    JsonFields optionalObject(String name) {
        return take(name, JsonFields.class);
    }

    /** The texts of a list, none if it is absent. */
    List<String> texts(String name) {
        return elements(name, String.class);
    }

    /** The objects of a list, none if it is absent. */
    List<JsonFields> objects(String name) {
        return elements(name, JsonFields.class);
    }

    void requireNoMore() {
        if (!fields.isEmpty()) {
            throw wrong("it has no \"" + fields.keySet().iterator().next() + "\"");
        }
    }

    /** A refusal that names the line. */
    HsmException wrong(String why) {
        return Fault.ARGUMENTS_BAD.because("the " + what + " is not right: line " + line + ": " + why);
    }

    private <T> List<T> elements(String name, Class<T> type) {
        List<?> list = take(name, List.class);
        List<T> elements = new ArrayList<>();
        for (Object element : list == null ? List.of() : list) {
            if (!type.isInstance(element)) {
                throw wrong("\"" + name + "\" has an element of the wrong kind");
            }
            elements.add(type.cast(element));
        }
        if (list != null && elements.isEmpty()) {
            throw wrong("\"" + name + "\" is empty: leave it out");
        }
        return elements;
    }

    private <T> @Nullable T take(String name, Class<T> type) {
        Object value = fields.remove(name);
        if (value != null && !type.isInstance(value)) {
            throw wrong("\"" + name + "\" is of the wrong kind");
        }
        return type.cast(value);
    }

    private <T> T required(String name, @Nullable T value) {
        if (value == null) {
            throw wrong("\"" + name + "\" is missing");
        }
        return value;
    }
}
