// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.boot;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.ferrohsm.core.anchor.Anchors;
import org.ferrohsm.core.audit.Anchoring;
import org.ferrohsm.core.audit.AuditLog;
import org.ferrohsm.core.audit.AuditOrigin;
import org.ferrohsm.core.audit.AuditSettings;
import org.ferrohsm.core.audit.Checkpoints;
import org.ferrohsm.core.audit.UsageLeases;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.governance.Governance;
import org.ferrohsm.core.governance.approval.Ballot;
import org.ferrohsm.core.governance.ledger.GovernanceTime;
import org.ferrohsm.core.governance.ledger.Ledger;
import org.ferrohsm.core.mechanism.MechanismTable;
import org.ferrohsm.core.mechanism.family.Families;
import org.ferrohsm.core.object.ObjectResolver;
import org.ferrohsm.core.policy.Policy;
import org.ferrohsm.core.policy.Profile;
import org.ferrohsm.core.seal.PinKdf;
import org.ferrohsm.core.seal.RootKey;
import org.ferrohsm.core.seal.RootLabel;
import org.ferrohsm.core.seal.SealKeyFile;
import org.ferrohsm.core.service.CryptoService;
import org.ferrohsm.core.service.Gate;
import org.ferrohsm.core.service.GovernanceService;
import org.ferrohsm.core.service.HealthService;
import org.ferrohsm.core.service.KeyService;
import org.ferrohsm.core.service.MessageService;
import org.ferrohsm.core.service.MessageSigningService;
import org.ferrohsm.core.service.ObjectKeeper;
import org.ferrohsm.core.service.ObjectService;
import org.ferrohsm.core.service.OperationStateService;
import org.ferrohsm.core.service.SessionService;
import org.ferrohsm.core.service.SlotService;
import org.ferrohsm.core.session.Application;
import org.ferrohsm.core.session.Session;
import org.ferrohsm.core.token.Identities;
import org.ferrohsm.core.token.ObjectSealer;
import org.ferrohsm.core.token.ObjectWriter;
import org.ferrohsm.core.token.PinGuard;
import org.ferrohsm.core.token.Slots;
import org.ferrohsm.core.token.StateRoot;
import org.ferrohsm.core.token.TokenAccess;
import org.ferrohsm.core.token.TokenAdmin;
import org.ferrohsm.core.token.Transactions;
import org.ferrohsm.store.Stores;
import org.ferrohsm.store.api.StoreException;
import org.ferrohsm.store.api.TokenStore;

/** Everything of one store, wired by hand: what a door opens, and closes when it is done. */
public final class HsmRuntime implements AutoCloseable {
    private final HsmConfig config;
    private final TokenStore store;
    private final RootKey root;
    private final Engines engines = new Engines();
    private final AuditLog audit;
    private final UsageLeases leases;
    private final StateRoot stateRoot;
    private final SlotService slots;
    private final SessionService sessions;
    private final ObjectService objects;
    private final KeyService keys;
    private final CryptoService crypto;
    private final OperationStateService states;
    private final MessageService messages;
    private final MessageSigningService messageSigning;
    private final HealthService health;
    private final GovernanceService governance;
    private final Anchoring anchoring;
    private final Checkpoints checkpoints;
    private final AuditWorker worker;
    private final Set<Application> applications = ConcurrentHashMap.newKeySet();

    private HsmRuntime(
            HsmConfig config, TokenStore store, RootKey root, Clock clock, Function<Profile, Policy> policies) {
        this.config = config;
        this.store = store;
        this.root = root;
        SecureRandom random = engines.random();
        AuditOrigin origin = new AuditOrigin(
                config.node(),
                Identities.next(random),
                "pid " + ProcessHandle.current().pid());
        AuditSettings settings = new AuditSettings(
                root.key(RootLabel.AUDIT), origin, clock, System::nanoTime, random, config.auditKeyFolder());
        audit = AuditLog.open(store, settings);
        anchoring = new Anchoring(
                store,
                audit,
                settings,
                Anchors.of(config.anchors(), config.anchorSettings(engines, clock)),
                config.anchorSpool(),
                config.anchorWhenAway());
        checkpoints = new Checkpoints(store, audit, settings, engines, anchoring);
        leases = new UsageLeases(audit, config.leaseTerms(), System::nanoTime);
        stateRoot = new StateRoot(root, random);
        Transactions transactions = new Transactions(store);
        ObjectSealer sealer = new ObjectSealer(random);
        Slots directory = new Slots(transactions, root, random);
        ObjectWriter writer = new ObjectWriter(transactions, directory, sealer, stateRoot, audit);
        PinGuard pins = new PinGuard(store, root, new PinKdf(root, config.pinCost(), random), config.pinTries());
        TokenAdmin admin = new TokenAdmin(transactions, directory, pins, stateRoot, audit, random);
        MechanismTable mechanisms = Families.table(engines);
        ObjectResolver resolver = new ObjectResolver();
        Ballot ballot = new Ballot(engines);
        GovernanceTime time = new GovernanceTime(clock, System::nanoTime, Machine.boot());
        Ledger ledger = new Ledger(root, audit, time, random);
        Governance governed = new Governance(transactions, directory, ledger, audit, ballot, random, clock);
        governance = new GovernanceService(governed, mechanisms);
        Gate gate = new Gate(audit, leases, mechanisms, governed, clock);
        ObjectKeeper keeper = new ObjectKeeper(gate, mechanisms, engines);
        slots = new SlotService(directory, admin, mechanisms, config.tokenProfile(), clock);
        sessions = new SessionService(
                directory,
                admin,
                gate,
                (application, token) -> new TokenAccess(
                        application.name(),
                        token,
                        transactions,
                        root,
                        directory,
                        policies,
                        sealer,
                        writer,
                        mechanisms,
                        application.handles()));
        objects = new ObjectService(resolver, mechanisms, keeper, random);
        keys = new KeyService(resolver, mechanisms, keeper, gate, random);
        crypto = new CryptoService(engines, gate);
        states = new OperationStateService(random);
        messages = new MessageService(engines, gate);
        messageSigning = new MessageSigningService(gate);
        health = new HealthService(transactions, directory, stateRoot);
        worker = new AuditWorker(checkpoints, anchoring, audit, System::nanoTime);
    }

    /**
     * Opens the store that a configuration names, making it and its seal key on first use.
     *
     * @throws org.ferrohsm.core.fault.HsmException with a sentence that says what was wrong and what to do
     */
    public static HsmRuntime open(HsmConfig config) {
        return open(config, Machine.clock());
    }

    /** The same, with another clock. */
    public static HsmRuntime open(HsmConfig config, Clock clock) {
        return open(config, clock, Policy::of);
    }

    /** The same, with other rules for each profile. */
    static HsmRuntime open(HsmConfig config, Clock clock, Function<Profile, Policy> policies) {
        TokenStore store = openStore(config);
        boolean opened = false;
        try {
            RootKey root = RootKey.open(store, new SealKeyFile(config.sealKeyFile()), new Engines().random());
            HsmRuntime runtime = new HsmRuntime(config, store, root, clock, policies);
            opened = true;
            return runtime;
        } catch (StoreException e) {
            throw Transactions.fault(e);
        } finally {
            if (!opened) {
                store.close();
            }
        }
    }

    static TokenStore openStore(HsmConfig config) {
        try {
            return Stores.open(config.store());
        } catch (IllegalArgumentException e) {
            throw Fault.ARGUMENTS_BAD.because(String.valueOf(e.getMessage()), e);
        } catch (StoreException e) {
            throw Transactions.fault(e);
        }
    }

    /** A new application under this process's account; {@code name} is what audit records call it. */
    public Application newApplication(String name) {
        return newApplication(name, Machine.account());
    }

    /** The same, under another account. */
    public Application newApplication(String name, String account) {
        Application application = new Application(name, account, engines.random());
        applications.add(application);
        return application;
    }

    /** Ends an application with all its sessions. */
    public void closeApplication(Application application) {
        if (applications.remove(application)) {
            for (Session session : application.close()) {
                leases.closeSession(session.handle());
            }
        }
    }

    public HsmConfig config() {
        return config;
    }

    public Engines engines() {
        return engines;
    }

    public TokenStore store() {
        return store;
    }

    public AuditLog auditLog() {
        return audit;
    }

    public Anchoring anchoring() {
        return anchoring;
    }

    public Checkpoints checkpoints() {
        return checkpoints;
    }

    public StateRoot stateRoot() {
        return stateRoot;
    }

    public SlotService slots() {
        return slots;
    }

    public SessionService sessions() {
        return sessions;
    }

    public ObjectService objects() {
        return objects;
    }

    public KeyService keys() {
        return keys;
    }

    public CryptoService crypto() {
        return crypto;
    }

    public OperationStateService states() {
        return states;
    }

    public MessageService messages() {
        return messages;
    }

    public MessageSigningService messageSigning() {
        return messageSigning;
    }

    public GovernanceService governance() {
        return governance;
    }

    public HealthService health() {
        return health;
    }

    /** Ends all applications, closes the open leases with their exact counts, and the store. Idempotent. */
    @Override
    public void close() {
        for (Application application : Set.copyOf(applications)) {
            applications.remove(application);
            application.close();
        }
        try {
            leases.closeAll();
        } finally {
            worker.close();
            audit.close();
            root.close();
            store.close();
        }
    }
}
