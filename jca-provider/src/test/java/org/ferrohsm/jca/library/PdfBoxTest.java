// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.SignatureInterface;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.ferrohsm.jca.TestProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PDFBox, checked by the pdfsig of Poppler. */
class PdfBoxTest {
    @TempDir
    Path folder;

    @Test
    void pdfsig_takes_a_signed_document() throws Exception {
        Path file = folder.resolve("signed.pdf");
        try (Desk desk = Desk.in(folder)) {
            desk.issue("RSA", "signer");
            Path empty = folder.resolve("empty.pdf");
            try (PDDocument document = new PDDocument()) {
                document.addPage(new PDPage());
                document.save(empty.toFile());
            }
            try (PDDocument document = Loader.loadPDF(empty.toFile());
                    OutputStream output = Files.newOutputStream(file)) {
                document.addSignature(description(desk), content -> sign(desk, content));
                document.saveIncremental(output);
            }
        }
        TestProcess.Result result = TestProcess.run(folder, List.of("pdfsig", "-nocert", file.toString()));
        assertTrue(result.output().contains("Signature Validation: Signature is Valid."), result.output());
        assertTrue(result.output().contains("Signer Certificate Common Name: signer"), result.output());
        assertEquals(0, result.status());
    }

    private static PDSignature description(Desk desk) throws Exception {
        PDSignature signature = new PDSignature();
        signature.setFilter(PDSignature.FILTER_ADOBE_PPKLITE);
        signature.setSubFilter(PDSignature.SUBFILTER_ADBE_PKCS7_DETACHED);
        Calendar date = new GregorianCalendar();
        date.setTime(desk.certificate("signer").getNotBefore());
        signature.setSignDate(date);
        return signature;
    }

    /** What {@link SignatureInterface} asks for: a detached CMS signature of the content. */
    private static byte[] sign(Desk desk, InputStream content) throws IOException {
        try {
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            generator.addSignerInfoGenerator(
                    new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
                            .build(
                                    new JcaContentSignerBuilder("SHA256withRSA").build(desk.key("signer")),
                                    desk.certificate("signer")));
            generator.addCertificates(new JcaCertStore(List.of(desk.chain("signer"))));
            return generator
                    .generate(new CMSProcessableByteArray(content.readAllBytes()), false)
                    .getEncoded();
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
