// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ferrohsm.core.ck.Ck;
import org.w3c.dom.Element;

/**
 * Whether a call gave what its case says. What may vary is that of PKCS#11 Profiles 3.2 section 3.1, and what no
 * provider can share with the one that the cases were written with: the sizes of keys and the uses of a mechanism, further
 * flags of a token, memory that is not counted, and the value of the case's own RSA key, whose private half is not published: the
 * modulus has its length, and the signature is verified instead of compared.
 */
final class Expectation {
    private static final Set<String> VARIABLE = Set.of(
            "LibraryDescription",
            "LibraryVersion",
            "ManufacturerID",
            "SlotDescription",
            "HardwareVersion",
            "FirmwareVersion",
            "serialNumber",
            "label",
            "model",
            "utcTime",
            "MinKeySize",
            "MaxKeySize");

    private static final Set<String> VARIABLE_ATTRIBUTES =
            Set.of("VALUE", "PUBLIC_EXPONENT", "PRIME", "SUBPRIME", "BASE", "EC_POINT", "UNIQUE_ID", "MODULUS");

    private final String where;
    private final Map<String, String> symbols;
    private final Seen seen;

    Expectation(String where, Map<String, String> symbols, Seen seen) {
        this.where = where;
        this.symbols = symbols;
        this.seen = seen;
    }

    void check(Element expected, ConformanceHost.Answer answer) {
        for (Element child : Case.children(expected)) {
            switch (child.getTagName()) {
                case "Info", "SlotInfo", "SessionInfo" -> check(child, answer);
                case "TokenInfo" -> token(child, answer);
                case "MechanismInfo" -> mechanism(child, answer);
                case "SlotList" -> list("SlotList", "SlotID", child, answer);
                case "MechanismList" -> mechanisms(child, answer);
                case "Object" -> list("Object", "Object", child, answer);
                case "Template" -> attributes(child, answer);
                case "Signature" -> seen.verify(where, answer.one("Signature"));
                default -> field(child, answer);
            }
        }
    }

    private void field(Element expected, ConformanceHost.Answer answer) {
        String name = expected.getTagName();
        String actual = answer.one(name);
        if (VARIABLE.contains(name)) {
            return;
        }
        String text = expected.getAttribute("value");
        if (expected.hasAttribute("major")) {
            assertEquals(expected.getAttribute("major") + "." + expected.getAttribute("minor"), actual, where);
        } else if (text.startsWith("${")) {
            bind(text, actual);
        } else {
            long found = Long.parseUnsignedLong(actual);
            boolean uncounted = name.endsWith("Memory") && found == Ck.CK_UNAVAILABLE_INFORMATION;
            String prefix = name.equals("State") ? "CKS_" : "CKF_";
            assertTrue(uncounted || Names.number(prefix, text) == found, () -> where + ": " + name + " " + actual);
        }
    }

    /** A token may say of itself more than the one that the case was written with. */
    private void token(Element expected, ConformanceHost.Answer answer) {
        for (Element child : Case.children(expected)) {
            if (child.getTagName().equals("Flags")) {
                long wanted = Names.number("CKF_", child.getAttribute("value"));
                assertEquals(wanted, wanted & Long.parseUnsignedLong(answer.one("Flags")), where);
            } else {
                field(child, answer);
            }
        }
    }

    private void mechanism(Element expected, ConformanceHost.Answer answer) {
        for (Element child : Case.children(expected)) {
            if (child.getTagName().equals("Flags")) {
                long wanted = Names.number("CKF_", child.getAttribute("value"));
                long found = Long.parseUnsignedLong(answer.one("Flags"));
                assertTrue((wanted & found) != 0, () -> where + ": none of the uses " + child.getAttribute("value"));
            } else {
                field(child, answer);
            }
        }
        assertTrue(
                Long.parseUnsignedLong(answer.one("MinKeySize")) <= Long.parseUnsignedLong(answer.one("MaxKeySize")),
                where);
    }

    /** Number and order of slots, and what objects there are, may vary as long as what the case goes on with is there. */
    private void list(String list, String item, Element expected, ConformanceHost.Answer answer) {
        if (expected.hasAttribute("length")) {
            bind(expected.getAttribute("length"), answer.one("length"));
        }
        List<String> actual = answer.all(item);
        List<Element> items = Case.children(expected);
        assertTrue(actual.size() >= items.size(), () -> where + ": " + actual.size() + " are too few");
        for (int i = 0; i < items.size(); i++) {
            bind(items.get(i).getAttribute("value"), actual.get(i));
        }
        assertTrue(!list.equals("SlotList") || items.isEmpty() || !actual.isEmpty(), where);
    }

    private void mechanisms(Element expected, ConformanceHost.Answer answer) {
        if (expected.hasAttribute("length")) {
            bind(expected.getAttribute("length"), answer.one("length"));
        }
        for (Element item : Case.children(expected)) {
            String wanted = Long.toString(Names.number("CKM_", item.getAttribute("value")));
            assertTrue(
                    answer.all("Type").contains(wanted), () -> where + ": there is no " + item.getAttribute("value"));
        }
    }

    private void attributes(Element expected, ConformanceHost.Answer answer) {
        List<Element> wanted = Case.children(expected);
        List<String> actual = answer.all("Attribute");
        assertEquals(wanted.size(), actual.size(), where);
        for (int i = 0; i < wanted.size(); i++) {
            attribute(wanted.get(i), actual.get(i).split(":", -1));
        }
    }

    private void attribute(Element expected, String[] actual) {
        String type = expected.getAttribute("type");
        assertEquals(Names.number("CKA_", type), Long.decode(actual[0]), where);
        String text = expected.getAttribute("value");
        if (expected.hasAttribute("length")) {
            assertEquals(expected.getAttribute("length"), actual[1], where + ": length of " + type);
            return;
        }
        seen.received(type, actual[2]);
        String wanted = CaseRun.encoded(type, text);
        if (VARIABLE_ATTRIBUTES.contains(type)) {
            assertEquals(wanted.length(), actual[2].length(), where + ": length of " + type);
        } else {
            // A terminator that was stored with a text is not written in a case.
            String found = wanted.length() + 2 == actual[2].length() && actual[2].endsWith("00")
                    ? actual[2].substring(0, wanted.length())
                    : actual[2];
            assertEquals(wanted, found, where + ": " + type);
        }
    }

    private void bind(String symbol, String actual) {
        if (symbol.startsWith("${")) {
            symbols.put(symbol.substring(2, symbol.length() - 1), actual);
        } else {
            assertEquals(symbol, actual, where);
        }
    }
}
