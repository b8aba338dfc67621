// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ferrohsm.core.engine.Engines;
import org.junit.jupiter.api.Test;

class MechanismsDocumentTest {
    private static final Path DOCUMENT = Path.of("../docs/mechanisms.md");
    private static final String COMMAND =
            "mvn -pl hsm-core -am test -Dtest=MechanismsDocumentTest -Dferrohsm.docs.write=true";

    @Test
    void the_committed_document_is_what_the_table_says() throws IOException {
        String rendered = MechanismsDocument.render(Families.table(new Engines()));
        if (Boolean.getBoolean("ferrohsm.docs.write")) {
            Files.writeString(DOCUMENT, rendered);
        }
        assertEquals(
                rendered, Files.readString(DOCUMENT), "docs/mechanisms.md is out of date; write it anew: " + COMMAND);
    }

    @Test
    void what_is_said_to_be_left_out_is_a_mechanism_that_is_not_there() {
        for (LeftOut leftOut : LeftOut.ALL) {
            for (String name : leftOut.mechanisms()) {
                assertFalse(Families.table(new Engines()).types().contains(VectorNumbers.of(name)), name);
            }
        }
    }
}
