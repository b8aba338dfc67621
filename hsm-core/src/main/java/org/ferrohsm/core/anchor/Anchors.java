// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.anchor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.ferrohsm.core.audit.Anchor;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.seal.HostJce;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.core.tlog.NoteException;
import org.ferrohsm.core.tlog.NoteKey;
import org.ferrohsm.core.tlog.NoteVerifier;

/** Makes anchors of what the configuration says. */
public final class Anchors {
    private static final int NAME_DIGITS = 8;

    private final AnchorSettings settings;

    private Anchors(AnchorSettings settings) {
        this.settings = settings;
    }

    /**
     * The anchors of a list of places, separated by spaces: {@code file:PATH}, {@code git:PATH}, {@code tsa:URL}, {@code
     * witness:URL#VKEY}, {@code s3:URL}.
     *
     * @throws HsmException ARGUMENTS_BAD with a sentence that says what is wrong
     */
    public static List<Anchor> of(String places, AnchorSettings settings) {
        Anchors anchors = new Anchors(settings);
        List<Anchor> all = new ArrayList<>();
        for (String place : places.split("\\s+", -1)) {
            if (!place.isEmpty()) {
                all.add(anchors.open(place));
            }
        }
        return all;
    }

    private Anchor open(String place) {
        int colon = place.indexOf(':');
        String kind = colon < 0 ? "" : place.substring(0, colon).toLowerCase(Locale.ROOT);
        String rest = place.substring(colon + 1);
        String name = kind + "-"
                + HexFormat.of()
                        .formatHex(HostJce.sha256().digest(rest.getBytes(UTF_8)))
                        .substring(0, NAME_DIGITS);
        try {
            return switch (kind) {
                case "file" -> new FileAnchor(name, Path.of(rest));
                case "git" ->
                    new GitAnchor(name, Path.of(rest), settings.gitRemote().isEmpty() ? null : settings.gitRemote());
                case "tsa" -> new TimeStampAnchor(name, http(rest), receipts(name));
                case "witness" -> witness(name, rest);
                case "s3" -> objectStore(name, http(rest));
                default -> throw wrong(place, "is neither file:, git:, tsa:, witness: nor s3:");
            };
        } catch (IllegalArgumentException e) {
            throw wrong(place, "is no possible place: " + e.getMessage());
        }
    }

    private Anchor witness(String name, String rest) {
        int hash = rest.indexOf('#');
        if (hash < 0) {
            throw wrong("witness:" + rest, "has no # and verifier key after its URL");
        }
        try {
            NoteKey key = NoteKey.parse(rest.substring(hash + 1));
            return new WitnessAnchor(
                    name, http(rest.substring(0, hash)), key, new NoteVerifier(settings.engines()), receipts(name));
        } catch (NoteException e) {
            throw wrong("witness:" + rest, "has " + e.getMessage());
        }
    }

    private Anchor objectStore(String name, URI bucket) {
        Properties properties = new Properties();
        Path file = settings.s3KeyFile();
        try (Reader reader = Files.newBufferedReader(file, UTF_8)) {
            properties.load(reader);
        } catch (IOException e) {
            throw Fault.ARGUMENTS_BAD.because("cannot read the key for S3, audit.anchor.s3.key.file = " + file, e);
        }
        String keyId = properties.getProperty("access-key-id");
        String secret = properties.getProperty("secret-access-key");
        if (keyId == null || secret == null) {
            throw Fault.ARGUMENTS_BAD.because(file + " has no access-key-id or no secret-access-key");
        }
        RequestSigner signer =
                new RequestSigner(keyId, SecretBytes.adopt(("AWS4" + secret).getBytes(UTF_8)), settings.s3Region());
        return new ObjectStoreAnchor(name, bucket, settings.s3Days(), signer, settings.engines(), settings.clock());
    }

    private Receipts receipts(String name) {
        return new Receipts(settings.receipts().resolve(name));
    }

    private static URI http(String text) {
        URI uri = URI.create(text);
        if (!List.of("http", "https").contains(String.valueOf(uri.getScheme())) || uri.getAuthority() == null) {
            throw new IllegalArgumentException("not http: or https:");
        }
        return uri;
    }

    private static HsmException wrong(String place, String what) {
        return Fault.ARGUMENTS_BAD.because("the configuration's audit.anchors has " + place + ", which " + what);
    }
}
