// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.output;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Results as JSON, one document on each stream. */
public final class JsonOutput implements Output {
    private final PrintWriter out;
    private final PrintWriter err;
    private final ObjectMapper mapper = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

    public JsonOutput(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public void table(List<String> columns, List<Map<String, Object>> rows) {
        write(out, rows);
    }

    @Override
    public void details(Map<String, Object> fields) {
        write(out, fields);
    }

    @Override
    public void stream(Iterator<Map<String, Object>> things, LineFormat line) {
        try (SequenceWriter array = mapper.writer().writeValuesAsArray(out)) {
            while (things.hasNext() && !out.checkError()) {
                array.write(things.next());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.println();
    }

    @Override
    public void statement(String text, Map<String, Object> fields) {
        write(out, fields);
    }

    @Override
    public void error(ExitFailure failure) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("exitCode", failure.exitCode());
        if (failure.fault() != null) {
            fields.put("fault", failure.fault());
        }
        fields.put("message", failure.message());
        write(err, Map.of("error", fields));
    }

    private void write(PrintWriter target, Object document) {
        try {
            mapper.writeValue(target, document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        target.println();
    }
}
