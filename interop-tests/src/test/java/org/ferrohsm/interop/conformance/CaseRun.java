// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.ferrohsm.core.ck.Ckr;
import org.ferrohsm.interop.fixture.Home;
import org.w3c.dom.Element;

/** One run of a case: its symbols, and each call translated for the C program. */
final class CaseRun {
    private static final Set<String> BOOLEANS = Set.of("TOKEN", "PRIVATE", "SIGN", "VERIFY", "ENCRYPT", "DECRYPT");
    private static final Map<String, String> NUMBERS =
            Map.of("CLASS", "CKO_", "KEY_TYPE", "CKK_", "CERTIFICATE_TYPE", "CKC_", "PROFILE_ID", "CKP_");
    private static final Set<String> TEXTS = Set.of("LABEL", "APPLICATION");

    private final ConformanceHost host;
    private final Map<String, String> symbols = new HashMap<>(Map.of("Pin", Home.PIN));
    private final Seen seen = new Seen();

    CaseRun(ConformanceHost host) {
        this.host = host;
    }

    void run(Case wanted) {
        int number = 0;
        for (Case.Exchange exchange : wanted.exchanges()) {
            String where = wanted.name() + ", call " + ++number + ", "
                    + exchange.call().getTagName();
            List<String> arguments = new ArrayList<>();
            Case.children(exchange.call()).forEach(child -> argument(child, arguments));
            ConformanceHost.Answer answer = host.call(exchange.call().getTagName(), arguments);
            assertEquals("CKR_" + exchange.expected().getAttribute("rv"), Ckr.name(answer.result()), where);
            seen.sent(exchange.call());
            new Expectation(where, symbols, seen).check(exchange.expected(), answer);
        }
    }

    /** A symbol's value, or the text itself. */
    private String value(String text) {
        if (!text.startsWith("${")) {
            return text;
        }
        String found = symbols.get(text.substring(2, text.length() - 1));
        if (found == null) {
            throw new AssertionError(text + " has no value yet");
        }
        return found;
    }

    private void argument(Element element, List<String> arguments) {
        String name = element.getTagName();
        String text = value(element.getAttribute("value"));
        switch (name) {
            case "Template" -> Case.children(element).forEach(child -> arguments.add("Attribute=" + attribute(child)));
            case "Mechanism" -> Case.children(element).forEach(child -> argument(child, arguments));
            case "TokenPresent" -> arguments.add(name + "=" + (Boolean.parseBoolean(text) ? 1 : 0));
            case "Flags" -> arguments.add(name + "=" + Names.number("CKF_", text));
            case "UserType" -> arguments.add(name + "=" + Names.number("CKU_", text));
            case "Type" -> arguments.add(name + "=" + Names.number("CKM_", text));
            case "Pin" -> arguments.add(name + "=" + hex(text.getBytes(StandardCharsets.UTF_8)));
            default -> {
                if (element.hasAttribute("length")) {
                    arguments.add("length=" + value(element.getAttribute("length")));
                } else if (!text.isEmpty()) {
                    arguments.add(name + "=" + text);
                }
            }
        }
    }

    private String attribute(Element element) {
        String type = element.getAttribute("type");
        long number = Names.number("CKA_", type);
        if (!element.hasAttribute("value")) {
            return number + ":" + (element.hasAttribute("length") ? element.getAttribute("length") : "-1");
        }
        String bytes = encoded(type, value(element.getAttribute("value")));
        return number + ":" + bytes.length() / 2 + ":" + bytes;
    }

    /** An attribute's value in the host's layout, hexadecimal. */
    static String encoded(String type, String text) {
        String prefix = NUMBERS.get(type);
        if (prefix != null) {
            return hex(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .putLong(Names.number(prefix, text))
                    .array());
        }
        if (BOOLEANS.contains(type)) {
            return text.equalsIgnoreCase("true") ? "01" : "00";
        }
        return TEXTS.contains(type) ? hex(text.getBytes(StandardCharsets.UTF_8)) : text.toLowerCase(Locale.ROOT);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
