// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop.conformance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * A case in the XML representation of PKCS#11 Profiles 3.2 section 4: calls, each followed by what it returns.
 *
 * @param name the file's name
 * @param exchanges in their order
 */
record Case(String name, List<Exchange> exchanges) {
    /** A call and what it returns. */
    record Exchange(Element call, Element expected) {}

    static Case read(Path file) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            List<Element> elements =
                    children(factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement());
            List<Exchange> exchanges = new ArrayList<>();
            for (int i = 0; i + 1 < elements.size(); i += 2) {
                Element call = elements.get(i);
                Element expected = elements.get(i + 1);
                if (!call.getTagName().equals(expected.getTagName()) || !expected.hasAttribute("rv")) {
                    throw new AssertionError(file + ": no return after " + call.getTagName() + " " + i / 2);
                }
                exchanges.add(new Exchange(call, expected));
            }
            if (exchanges.isEmpty() || elements.size() % 2 != 0) {
                throw new AssertionError(file + " holds no pairs of calls and returns");
            }
            return new Case(String.valueOf(file.getFileName()), exchanges);
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new AssertionError(file + " is no case", e);
        }
    }

    static List<Element> children(Element parent) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                found.add(element);
            }
        }
        return found;
    }
}
