// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.library;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import javax.crypto.SecretKey;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.xml.security.Init;
import org.apache.xml.security.c14n.Canonicalizer;
import org.apache.xml.security.encryption.XMLCipher;
import org.apache.xml.security.signature.XMLSignature;
import org.apache.xml.security.transforms.Transforms;
import org.apache.xml.security.utils.Constants;
import org.apache.xml.security.utils.EncryptionConstants;
import org.apache.xml.security.utils.XMLUtils;
import org.ferrohsm.jca.spec.KeyUsage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Apache Santuario: XML signatures and encryption. */
class SantuarioTest {
    private static final String ORDER = "<order><item>42</item></order>";

    @TempDir
    static Path folder;

    private static Desk desk;

    @BeforeAll
    static void open() throws Exception {
        Init.init();
        desk = Desk.in(folder);
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    @ParameterizedTest
    @CsvSource({
        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256,RSA",
        "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1,RSA",
        "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256,EC",
        "http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519,Ed25519"
    })
    void a_signed_document_is_valid_until_it_is_changed(String algorithm, String kind) throws Exception {
        KeyPair pair = desk.pair(kind, algorithm);
        assertSigns(algorithm, pair.getPrivate(), pair.getPublic());
    }

    @Test
    void a_secret_key_signs_a_document() throws Exception {
        SecretKey key = desk.secret("HmacSHA256", "hmac", KeyUsage.SIGN, KeyUsage.VERIFY);
        assertSigns(XMLSignature.ALGO_ID_MAC_HMAC_SHA256, key, key);
    }

    private static void assertSigns(String algorithm, Key signing, Key verifying) throws Exception {
        Document document = parse(ORDER);
        XMLSignature signature = new XMLSignature(
                document, "", algorithm, 0, Canonicalizer.ALGO_ID_C14N_EXCL_OMIT_COMMENTS, desk.provider(), null);
        document.getDocumentElement().appendChild(signature.getElement());
        Transforms transforms = new Transforms(document);
        transforms.addTransform(Transforms.TRANSFORM_ENVELOPED_SIGNATURE);
        signature.addDocument("", transforms, "http://www.w3.org/2001/04/xmlenc#sha256");
        signature.sign(signing);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        XMLUtils.outputDOM(document, written);
        String text = written.toString(StandardCharsets.UTF_8);
        assertTrue(isValid(text, verifying), text);
        assertFalse(isValid(text.replace("42", "43"), verifying));
    }

    private static boolean isValid(String text, Key key) throws Exception {
        Document document = parse(text);
        Element element = (Element) document.getElementsByTagNameNS(Constants.SignatureSpecNS, "Signature")
                .item(0);
        return new XMLSignature(element, "").checkSignatureValue(key);
    }

    @Test
    void an_aes_key_encrypts_a_document() throws Exception {
        SecretKey key = desk.secret("AES", "aes", KeyUsage.ENCRYPT, KeyUsage.DECRYPT);
        Document document = parse(ORDER);
        XMLCipher encrypting = XMLCipher.getInstance(XMLCipher.AES_256_GCM);
        encrypting.init(XMLCipher.ENCRYPT_MODE, key);
        encrypting.doFinal(document, document.getDocumentElement());
        assertTrue(document.getDocumentElement().getNamespaceURI().equals(EncryptionConstants.EncryptionSpecNS));
        XMLCipher decrypting = XMLCipher.getInstance();
        decrypting.init(XMLCipher.DECRYPT_MODE, key);
        Document opened = decrypting.doFinal(document, document.getDocumentElement());
        assertTrue(opened.getDocumentElement().getTextContent().equals("42"));
    }

    private static Document parse(String text) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
