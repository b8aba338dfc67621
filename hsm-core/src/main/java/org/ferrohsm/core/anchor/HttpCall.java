// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.anchor;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.ferrohsm.core.audit.AnchorException;

/** One HTTP request at a time, within bounds of time and size. */
final class HttpCall {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MAX_ANSWER = 1 << 20;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /**
     * What the other side answered.
     *
     * @param status the HTTP status
     * @param body at most 1 MiB
     */
    record Answer(int status, byte[] body, HttpResponse<InputStream> response) {
        Optional<String> header(String name) {
            return response.headers().firstValue(name);
        }
    }

    /** Sends a request and waits for its answer; {@link AnchorException} if there is none. */
    Answer send(String method, URI uri, Map<String, String> headers, byte[] body) throws AnchorException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(PATIENCE)
                .method(
                        method,
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        try {
            HttpResponse<InputStream> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream content = response.body()) {
                byte[] answer = content.readNBytes(MAX_ANSWER + 1);
                if (answer.length > MAX_ANSWER) {
                    throw new AnchorException(uri + " answers with more than 1 MiB", null);
                }
                return new Answer(response.statusCode(), answer, response);
            }
        } catch (IOException e) {
            throw new AnchorException(uri.getAuthority() + " cannot be reached: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AnchorException("stopped while waiting for " + uri.getAuthority(), e);
        }
    }
}
