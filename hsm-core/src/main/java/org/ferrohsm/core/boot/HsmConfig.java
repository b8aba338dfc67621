// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.boot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.ferrohsm.core.anchor.AnchorSettings;
import org.ferrohsm.core.audit.Anchoring;
import org.ferrohsm.core.audit.LeaseTerms;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.policy.Profile;
import org.ferrohsm.core.seal.PinCost;
import org.jspecify.annotations.Nullable;

/**
 * The configuration: {@code key = value} lines, of which none is needed. It is the file that FERROHSM_CONF names, else the
 * user's, else the machine's; FERROHSM_STORE, FERROHSM_MODE and FERROHSM_SOCKET stand above its {@code store}, {@code mode}
 * and {@code daemon.socket}. Unknown keys are refused.
 */
public final class HsmConfig {
    private static final Path MACHINE_FILE = Path.of("/etc/ferrohsm/ferrohsm.conf");
    private static final List<String> MODES = List.of("auto", "embedded", "daemon");
    private static final Map<String, ConfigKey> VARIABLES = Map.of(
            "FERROHSM_STORE", ConfigKey.STORE,
            "FERROHSM_MODE", ConfigKey.MODE,
            "FERROHSM_SOCKET", ConfigKey.DAEMON_SOCKET);

    private final Folders folders;
    private final @Nullable Path file;
    private final Map<ConfigKey, String> values;

    private HsmConfig(Folders folders, @Nullable Path file, Map<ConfigKey, String> values) {
        this.folders = folders;
        this.file = file;
        this.values = values;
    }

    /**
     * The configuration that an environment asks for.
     *
     * @throws HsmException ARGUMENTS_BAD with a sentence that says what to change
     */
    public static HsmConfig load(Map<String, String> environment) {
        return load(environment, Map.of());
    }

    /** The same, with values above all others; their keys are those of the file. */
    public static HsmConfig load(Map<String, String> environment, Map<String, String> overrides) {
        Folders folders = Folders.of(environment);
        Path file = file(environment, folders);
        Map<ConfigKey, String> values = new EnumMap<>(ConfigKey.class);
        if (file != null) {
            ConfigFile.parse(file.toString(), read(file)).forEach(values::put);
        }
        VARIABLES.forEach((variable, key) -> {
            String value = environment.getOrDefault(variable, "");
            if (!value.isEmpty()) {
                values.put(key, value);
            }
        });
        overrides.forEach((key, value) -> values.put(ConfigFile.key("the options", key), value));
        HsmConfig config = new HsmConfig(folders, file, values);
        config.check();
        return config;
    }

    /** The file that was read, or null if there was none. */
    public @Nullable Path file() {
        return file;
    }

    /** The store's URL. */
    public String store() {
        return value(ConfigKey.STORE);
    }

    public Path sealKeyFile() {
        return path(ConfigKey.SEAL_KEY_FILE);
    }

    public Path auditKeyFolder() {
        return path(ConfigKey.AUDIT_KEY_FOLDER);
    }

    public Profile tokenProfile() {
        try {
            return Profile.named(value(ConfigKey.TOKEN_PROFILE));
        } catch (HsmException e) {
            throw wrong(ConfigKey.TOKEN_PROFILE, "is neither default, strict nor compat");
        }
    }

    public int pinTries() {
        return number(ConfigKey.PIN_TRIES, 1, 100);
    }

    public PinCost pinCost() {
        return new PinCost(
                        number(ConfigKey.PIN_MEMORY, 1, Integer.MAX_VALUE),
                        number(ConfigKey.PIN_PASSES, 1, Integer.MAX_VALUE),
                        number(ConfigKey.PIN_LANES, 1, Integer.MAX_VALUE))
                .chosen();
    }

    public LeaseTerms leaseTerms() {
        return switch (value(ConfigKey.AUDIT_MODE)) {
            case "per-use" -> LeaseTerms.PER_USE;
            case "lease" ->
                new LeaseTerms(
                        number(ConfigKey.AUDIT_LEASE_USES, 2, Integer.MAX_VALUE),
                        number(ConfigKey.AUDIT_LEASE_SECONDS, 1, Integer.MAX_VALUE));
            default -> throw wrong(ConfigKey.AUDIT_MODE, "is neither \"lease\" nor \"per-use\"");
        };
    }

    /** The anchors' places. */
    public String anchors() {
        return value(ConfigKey.AUDIT_ANCHORS);
    }

    public int anchorSpool() {
        return number(ConfigKey.AUDIT_ANCHOR_SPOOL, 1, 1_000_000);
    }

    public Anchoring.WhenAway anchorWhenAway() {
        return switch (value(ConfigKey.AUDIT_ANCHOR_WHEN_AWAY)) {
            case "continue" -> Anchoring.WhenAway.CONTINUE;
            case "stop" -> Anchoring.WhenAway.STOP;
            default -> throw wrong(ConfigKey.AUDIT_ANCHOR_WHEN_AWAY, "is neither \"continue\" nor \"stop\"");
        };
    }

    AnchorSettings anchorSettings(Engines engines, Clock clock) {
        return new AnchorSettings(
                path(ConfigKey.AUDIT_ANCHOR_FOLDER),
                value(ConfigKey.AUDIT_ANCHOR_GIT_REMOTE),
                path(ConfigKey.AUDIT_ANCHOR_S3_KEY_FILE),
                value(ConfigKey.AUDIT_ANCHOR_S3_REGION),
                number(ConfigKey.AUDIT_ANCHOR_S3_DAYS, 1, 36_500),
                engines,
                clock);
    }

    /** How the daemon serves its clients. */
    public DaemonSettings daemon() {
        return new DaemonSettings(
                path(ConfigKey.DAEMON_SOCKET),
                value(ConfigKey.DAEMON_ALLOW),
                number(ConfigKey.DAEMON_CONNECTIONS, 1, 65536),
                number(ConfigKey.DAEMON_IDLE, 0, Integer.MAX_VALUE));
    }

    public String node() {
        return value(ConfigKey.NODE);
    }

    /** The value of a key, with its default and the user's folders filled in. */
    public String value(ConfigKey key) {
        return folders.expand(values.getOrDefault(key, key.byDefault()));
    }

    private void check() {
        store();
        sealKeyFile();
        auditKeyFolder();
        tokenProfile();
        pinTries();
        pinCost();
        leaseTerms();
        anchorSpool();
        anchorWhenAway();
        daemon();
        if (!MODES.contains(value(ConfigKey.MODE))) {
            throw wrong(ConfigKey.MODE, "is neither \"auto\" nor \"embedded\" nor \"daemon\"");
        }
    }

    private Path path(ConfigKey key) {
        try {
            return Path.of(value(key));
        } catch (InvalidPathException e) {
            throw wrong(key, "is no possible path");
        }
    }

    private int number(ConfigKey key, int min, int max) {
        try {
            int number = Integer.parseInt(value(key));
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw wrong(key, "is no number");
        }
        throw wrong(key, "is not between " + min + " and " + max);
    }

    private HsmException wrong(ConfigKey key, String what) {
        return Fault.ARGUMENTS_BAD.because("the configuration's " + key.key() + " = " + value(key) + " " + what);
    }

    private static @Nullable Path file(Map<String, String> environment, Folders folders) {
        String named = environment.get("FERROHSM_CONF");
        if (named != null && !named.isEmpty()) {
            return Path.of(named);
        }
        for (Path candidate : List.of(folders.config().resolve("ferrohsm.conf"), MACHINE_FILE)) {
            if (Files.exists(candidate)) {
                return candidate;
            }
        }
        return null;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw Fault.ARGUMENTS_BAD.because(
                    "the configuration file " + file
                            + " cannot be read: make it a readable UTF-8 text file, or let FERROHSM_CONF name another",
                    e);
        }
    }
}
