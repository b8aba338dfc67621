// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.token;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.mechanism.MechanismTable;
import org.ferrohsm.core.object.BuiltIns;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.policy.Policy;
import org.ferrohsm.core.policy.Profile;
import org.ferrohsm.core.seal.RootKey;
import org.ferrohsm.core.secret.SecretBytes;
import org.jspecify.annotations.Nullable;

/**
 * One token as one application sees it: its login, its handles, its session objects and what it has opened. Another
 * application shares nothing of it but the store.
 */
public final class TokenAccess implements AutoCloseable {
    private final String actor;
    private final UUID token;
    private final Transactions store;
    private final RootKey root;
    private final Slots slots;
    private final Function<Profile, Policy> policies;
    private final ObjectWriter writer;
    private final Handles handles;
    private final ObjectCache cache;
    private final Search search;
    private final MechanismTable table;
    private final BuiltIns builtIns = new BuiltIns();
    private final SessionObjects sessionObjects = new SessionObjects();
    private final AtomicInteger sessions = new AtomicInteger();
    private final AtomicInteger readOnlySessions = new AtomicInteger();
    /** A lock of its own: who notices may hold a session's monitor, which a logout waits for under this object's. */
    private final Object renewal = new Object();

    private volatile TokenKeys publicKeys;
    private volatile Policy policy;
    private volatile @Nullable Login login;

    private record Login(Role role, TokenKeys keys) {}

    /** Damaged objects that are on record: each once, however often it is asked for. */
    private final Set<UUID> damaged = ConcurrentHashMap.newKeySet();

    /** Access without a login; {@code actor} is what audit records call the application. */
    public TokenAccess(
            String actor,
            UUID token,
            Transactions store,
            RootKey root,
            Slots slots,
            Function<Profile, Policy> policies,
            ObjectSealer sealer,
            ObjectWriter writer,
            MechanismTable table,
            HandleSource handleSource) {
        this.actor = actor;
        this.token = token;
        this.store = store;
        this.root = root;
        this.slots = slots;
        this.policies = policies;
        this.writer = writer;
        this.table = table;
        handles = new Handles(handleSource);
        cache = new ObjectCache(store, sealer);
        search = new Search(store, sealer);
        Initialisation present = slots.initialisation(token);
        publicKeys = TokenKeys.beforeLogin(root, token, present);
        policy = policies.apply(present.profile());
    }

    public UUID token() {
        return token;
    }

    /** Who is logged in, or null. */
    public @Nullable Role role() {
        notice();
        Login now = login;
        return now == null ? null : now.role;
    }

    /** Whether private objects can be seen: the SO cannot (PKCS#11 3.2 section 5.6.8). */
    public boolean seesPrivate() {
        return role() == Role.USER;
    }

    /** The rules of the token's security profile. */
    public Policy policy() {
        notice();
        return policy;
    }

    /**
     * Logs in with the token key that a PIN gave, which is taken over.
     *
     * @param initialisation what was known of the token before the PIN was looked at
     */
    public void login(Role role, Initialisation initialisation, SecretBytes tokenKey) {
        login = new Login(role, TokenKeys.afterLogin(root, token, initialisation, tokenKey));
        search.forget();
    }

    /** Another process may have initialised the token anew, which ends the login here too. */
    private void notice() {
        Initialisation present = slots.initialisation(token);
        if (!agree(present)) {
            synchronized (renewal) {
                renew(present);
            }
        }
    }

    private boolean agree(Initialisation present) {
        Login now = login;
        return present.equals(publicKeys.initialisation())
                && (now == null || present.equals(now.keys.initialisation()));
    }

    private void renew(Initialisation present) {
        if (!agree(present)) {
            logout();
            cache.clear();
            policy = policies.apply(present.profile());
            publicKeys = TokenKeys.beforeLogin(root, token, present);
        }
    }

    /** Logs out: private objects and their handles are gone. */
    public void logout() {
        Login before = login;
        login = null;
        search.forget();
        sessionObjects.privates().forEach(this::dropSessionObject);
        handles.forgetPrivate();
        cache.closePrivate();
        if (before != null) {
            before.keys.close();
        }
    }

    /** The keys of the present login. */
    public TokenKeys keys() {
        notice();
        Login now = login;
        return now == null ? publicKeys : now.keys;
    }

    /** The object behind a handle, or null if the handle means nothing here and now. */
    public @Nullable ObjectRef ref(long handle) {
        ObjectRef ref = handles.object(handle);
        return ref == null || (ref.isPrivate() && !seesPrivate()) ? null : ref;
    }

    /**
     * The object behind a handle.
     *
     * @throws org.ferrohsm.core.fault.HsmException {@code otherwise} if there is none that the present login may see;
     *     DEVICE_ERROR if the stored object has been changed or damaged
     */
    public HsmObject open(long handle, Fault otherwise) {
        ObjectRef ref = ref(handle);
        HsmObject object = ref == null ? null : ref.onToken() ? load(ref.id()) : sessionObjects.get(ref.id());
        if (object == null) {
            if (ref != null) {
                handles.forget(ref.id());
            }
            throw otherwise.because("there is no object with the handle " + handle);
        }
        return object;
    }

    private @Nullable HsmObject load(UUID id) {
        Optional<HsmObject> builtIn = builtIns.find(id);
        if (builtIn.isPresent()) {
            return builtIn.get();
        }
        try {
            return cache.get(id, keys());
        } catch (HsmException e) {
            if (e.fault() == Fault.DEVICE_ERROR && damaged.add(id)) {
                writer.recordDamage(actor, token, id);
            }
            throw e;
        }
    }

    /** Handles of all objects that match and that the present login may see: stored ones first, in their order. */
    public long[] find(Template template) {
        AttributeValue onToken = template.get(Cka.CKA_TOKEN);
        List<Long> found = new ArrayList<>();
        if (onToken == null || onToken.asBoolean()) {
            search.find(template, keys(), seesPrivate()).forEach(ref -> found.add(handles.of(ref)));
        }
        if (onToken == null || onToken.asBoolean()) {
            Stream.concat(builtIns.objects().stream(), mechanisms(template))
                    .filter(object -> Matching.matches(object, template))
                    .forEach(object -> found.add(handles.of(ref(object))));
        }
        if (onToken == null || !onToken.asBoolean()) {
            sessionObjects
                    .search(template)
                    .filter(object -> seesPrivate() || !object.isPrivate())
                    .forEach(object -> found.add(handles.of(ref(object))));
        }
        return found.stream().mapToLong(Long::longValue).toArray();
    }

    /** The objects of the mechanisms that the token serves, where the template asks for their class (section 4.12). */
    private Stream<HsmObject> mechanisms(Template template) {
        AttributeValue objectClass = template.get(Cka.CKA_CLASS);
        if (objectClass == null || objectClass.asLong() != Cko.CKO_MECHANISM) {
            return Stream.empty();
        }
        Policy rules = policy();
        return table.types().stream()
                .filter(type -> rules.serves(table.require(type)))
                .map(BuiltIns::mechanism);
    }

    /** The session that owns a session object; -1 for a stored one. */
    public long sessionOf(ObjectRef object) {
        return sessionObjects.sessionOf(object.id());
    }

    /** Keeps a session object, new or changed. */
    public long keep(HsmObject object, long session) {
        sessionObjects.put(object, session);
        return handles.of(ref(object));
    }

    /** The handle of an object that has been stored. */
    public long stored(HsmObject object) {
        return handles.of(ref(object));
    }

    /** Forgets an object that has been changed or removed in the store. */
    public void changed(ObjectRef object, boolean removed) {
        cache.forget(object.id());
        if (removed) {
            handles.forget(object.id());
        }
    }

    public ObjectWriter writer() {
        return writer;
    }

    public Transactions store() {
        return store;
    }

    /** Drops one session object. */
    public void dropSessionObject(UUID id) {
        sessionObjects.remove(id);
        handles.forget(id);
    }

    /** A session has been opened. */
    public void sessionOpened(boolean readWrite) {
        sessions.incrementAndGet();
        if (!readWrite) {
            readOnlySessions.incrementAndGet();
        }
    }

    /** A session has been closed: what it made is dropped. The last one ends the login (section 5.6.4). */
    public void sessionClosed(long session, boolean readWrite) {
        sessionObjects.of(session).forEach(this::dropSessionObject);
        if (!readWrite) {
            readOnlySessions.decrementAndGet();
        }
        if (sessions.decrementAndGet() == 0 && login != null) {
            logout();
        }
    }

    /** How many sessions the application has with this token. */
    public int sessions() {
        return sessions.get();
    }

    /** How many of them are read-only. */
    public int readOnlySessions() {
        return readOnlySessions.get();
    }

    private static ObjectRef ref(HsmObject object) {
        return new ObjectRef(object.id(), object.onToken(), object.isPrivate());
    }

    @Override
    public void close() {
        logout();
        publicKeys.close();
    }
}
