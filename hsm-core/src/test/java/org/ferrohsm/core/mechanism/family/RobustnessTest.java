// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckd;
import org.ferrohsm.core.ck.Ckg;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.ck.Ckp;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.mechanism.KeySetDeriver;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismTable;
import org.ferrohsm.core.mechanism.NewKeyPair;
import org.ferrohsm.core.mechanism.parameter.CbcDataParameters;
import org.ferrohsm.core.mechanism.parameter.CcmParameters;
import org.ferrohsm.core.mechanism.parameter.ChaChaPolyParameters;
import org.ferrohsm.core.mechanism.parameter.CtrParameters;
import org.ferrohsm.core.mechanism.parameter.EcdhParameters;
import org.ferrohsm.core.mechanism.parameter.EddsaParameters;
import org.ferrohsm.core.mechanism.parameter.ExtractParameters;
import org.ferrohsm.core.mechanism.parameter.GcmParameters;
import org.ferrohsm.core.mechanism.parameter.HkdfParameters;
import org.ferrohsm.core.mechanism.parameter.Ike1PrfParameters;
import org.ferrohsm.core.mechanism.parameter.IkeExpansionParameters;
import org.ferrohsm.core.mechanism.parameter.IkePrfParameters;
import org.ferrohsm.core.mechanism.parameter.KbkdfParameters;
import org.ferrohsm.core.mechanism.parameter.MacLengthParameters;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.NoParameters;
import org.ferrohsm.core.mechanism.parameter.OaepParameters;
import org.ferrohsm.core.mechanism.parameter.OtherKeyParameters;
import org.ferrohsm.core.mechanism.parameter.PrfField;
import org.ferrohsm.core.mechanism.parameter.PssParameters;
import org.ferrohsm.core.mechanism.parameter.RawParameters;
import org.ferrohsm.core.mechanism.parameter.StreamCipherParameters;
import org.ferrohsm.core.mechanism.parameter.StringDataParameters;
import org.ferrohsm.core.mechanism.parameter.TlsDerivationParameters;
import org.ferrohsm.core.mechanism.parameter.TlsExtendedParameters;
import org.ferrohsm.core.mechanism.parameter.TlsKeyParameters;
import org.ferrohsm.core.mechanism.parameter.TlsMacParameters;
import org.ferrohsm.core.mechanism.parameter.TlsPrfParameters;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/** Any key, any parameters and any data in any mechanism: a result or a fault that the caller's input explains. */
class RobustnessTest {
    private static final MechanismTable TABLE = Families.table(new Engines());
    private static final List<HsmObject> KEYS = keys();

    /** What input alone may bring about; FUNCTION_FAILED would mean that an engine was taken by surprise. */
    private static final Set<Fault> EXPLAINED = EnumSet.of(
            Fault.MECHANISM_PARAM_INVALID,
            Fault.KEY_TYPE_INCONSISTENT,
            Fault.KEY_SIZE_RANGE,
            Fault.DATA_INVALID,
            Fault.DATA_LEN_RANGE,
            Fault.ENCRYPTED_DATA_INVALID,
            Fault.ENCRYPTED_DATA_LEN_RANGE,
            Fault.SIGNATURE_INVALID,
            Fault.SIGNATURE_LEN_RANGE,
            Fault.WRAPPED_KEY_INVALID,
            Fault.WRAPPED_KEY_LEN_RANGE,
            Fault.PUBLIC_KEY_INVALID,
            Fault.TEMPLATE_INCOMPLETE,
            Fault.TEMPLATE_INCONSISTENT);

    private static List<HsmObject> keys() {
        List<HsmObject> keys = new ArrayList<>();
        pair(
                keys,
                Ckm.CKM_RSA_PKCS_KEY_PAIR_GEN,
                Ckk.CKK_RSA,
                Template.builder().put(Cka.CKA_MODULUS_BITS, 2048));
        for (String oid : List.of("06082a8648ce3d030107", "06052b81040023", "06092b2403030208010107")) {
            pair(keys, Ckm.CKM_EC_KEY_PAIR_GEN, Ckk.CKK_EC, params(oid));
        }
        pair(keys, Ckm.CKM_EC_EDWARDS_KEY_PAIR_GEN, Ckk.CKK_EC_EDWARDS, params("06032b6570"));
        pair(keys, Ckm.CKM_EC_EDWARDS_KEY_PAIR_GEN, Ckk.CKK_EC_EDWARDS, params("06032b6571"));
        pair(keys, Ckm.CKM_EC_MONTGOMERY_KEY_PAIR_GEN, Ckk.CKK_EC_MONTGOMERY, params("06032b656e"));
        pair(keys, Ckm.CKM_ML_DSA_KEY_PAIR_GEN, Ckk.CKK_ML_DSA, parameterSet(Ckp.CKP_ML_DSA_44));
        pair(keys, Ckm.CKM_ML_KEM_KEY_PAIR_GEN, Ckk.CKK_ML_KEM, parameterSet(Ckp.CKP_ML_KEM_512));
        VectorRunner dsa = new VectorRunner(TABLE, VectorFile.read("dsa/CKM_DSA.txt"));
        keys.add(dsa.key("p2048-256-sha256"));
        keys.add(dsa.key("s2048-256"));
        for (SecretKeyType type : SecretKeyType.values()) {
            keys.add(TestKeys.secret(type.number(), new byte[Math.min(type.max(), 200)]));
        }
        return keys;
    }

    private static Template.Builder params(String oid) {
        return Template.builder().put(Cka.CKA_EC_PARAMS, HexFormat.of().parseHex(oid));
    }

    private static Template.Builder parameterSet(long number) {
        return Template.builder().put(Cka.CKA_PARAMETER_SET, number);
    }

    private static void pair(List<HsmObject> keys, long type, long keyType, Template.Builder template) {
        NewKeyPair made = Objects.requireNonNull(TABLE.require(type).keyPairMaker())
                .make(template.build(), Template.EMPTY, NoParameters.INSTANCE);
        keys.add(TestKeys.object(Cko.CKO_PUBLIC_KEY, keyType, made.publicKey()));
        keys.add(TestKeys.object(Cko.CKO_PRIVATE_KEY, keyType, made.privateKey()));
    }

    /** A mechanism, a key and parameters; mostly, but not always, of the kinds that belong together. */
    record Call(Mechanism mechanism, HsmObject key, MechanismParameters parameters) {
        @Override
        public String toString() {
            return mechanism.name() + " with " + Ckk.name(key.keyType()) + " and " + parameters;
        }
    }

    @Provide
    Arbitrary<Call> calls() {
        List<Mechanism> mechanisms = TABLE.types().stream()
                .map(TABLE::require)
                .filter(mechanism -> mechanism.keyMaker() == null && mechanism.keyPairMaker() == null)
                .toList();
        return Arbitraries.of(mechanisms)
                .flatMap(mechanism -> keysFor(mechanism)
                        .flatMap(key ->
                                parametersFor(mechanism).map(parameters -> new Call(mechanism, key, parameters))));
    }

    private static Arbitrary<HsmObject> keysFor(Mechanism mechanism) {
        List<HsmObject> fitting =
                KEYS.stream().filter(key -> mechanism.takes(key.keyType())).toList();
        return fitting.isEmpty()
                ? Arbitraries.of(KEYS)
                : Arbitraries.frequencyOf(Tuple.of(4, Arbitraries.of(fitting)), Tuple.of(1, Arbitraries.of(KEYS)));
    }

    private Arbitrary<MechanismParameters> parametersFor(Mechanism mechanism) {
        List<Arbitrary<? extends MechanismParameters>> kinds = kinds();
        Arbitrary<MechanismParameters> any = Arbitraries.oneOf(kinds.stream()
                .<Arbitrary<MechanismParameters>>map(kind -> kind.map(parameters -> parameters))
                .toList());
        Arbitrary<MechanismParameters> fitting = mechanism.parameters() == NoParameters.class
                ? Arbitraries.just(NoParameters.INSTANCE)
                : any.filter(10_000, mechanism.parameters()::isInstance);
        return Arbitraries.frequencyOf(Tuple.of(4, fitting), Tuple.of(1, any));
    }

    @Provide
    Arbitrary<byte[]> anyBytes() {
        return Arbitraries.oneOf(
                Arbitraries.bytes().array(byte[].class).ofMaxSize(40),
                Arbitraries.of(0, 1, 16, 64, 65, 133, 255, 256, 257, 512)
                        .flatMap(size -> Arbitraries.bytes().array(byte[].class).ofSize(size)));
    }

    private List<Arbitrary<? extends MechanismParameters>> kinds() {
        Arbitrary<byte[]> bytes = anyBytes();
        Arbitrary<Long> numbers = Arbitraries.oneOf(
                Arbitraries.longs(), Arbitraries.longs().between(-2, 300), Arbitraries.of(20L, 32L, 96L, 128L));
        Arbitrary<Long> hashes = Arbitraries.of(
                Ckm.CKM_SHA_1,
                Ckm.CKM_SHA256,
                Ckm.CKM_SHA512,
                Ckm.CKM_SHA3_256,
                Ckm.CKM_SHA512_224,
                Ckm.CKM_AES_ECB,
                -1L);
        Arbitrary<Long> masks = Arbitraries.of(Ckg.CKG_MGF1_SHA1, Ckg.CKG_MGF1_SHA512, Ckg.CKG_MGF1_SHA3_256, 0L, -1L);
        Arbitrary<Long> kdfs = Arbitraries.of(Ckd.CKD_NULL, Ckd.CKD_SHA256_KDF, Ckd.CKD_SHA3_512_KDF, 0L, -1L);
        Arbitrary<byte[]> blocks = Arbitraries.oneOf(bytes, Arbitraries.just(new byte[16]));
        List<Arbitrary<? extends MechanismParameters>> kinds =
                new ArrayList<>(AsymmetricKinds.all(bytes, hashes, masks, kdfs));
        kinds.addAll(List.of(
                blocks.map(RawParameters::new),
                Combinators.combine(numbers, blocks).as(CtrParameters::new),
                Combinators.combine(bytes, bytes, numbers).as(GcmParameters::new),
                Combinators.combine(hashes, masks, numbers).as(PssParameters::new),
                Combinators.combine(hashes, masks, Arbitraries.of(0L, 1L, 2L), bytes)
                        .as(OaepParameters::new),
                Combinators.combine(kdfs, bytes, bytes).as(EcdhParameters::new),
                Combinators.combine(Arbitraries.of(true, false), bytes).as(EddsaParameters::new),
                numbers.map(MacLengthParameters::new),
                Combinators.combine(numbers, bytes, bytes, numbers).as(CcmParameters::new),
                blocks.map(StringDataParameters::new),
                Combinators.combine(blocks, blocks).as(CbcDataParameters::new),
                Combinators.combine(
                                Arbitraries.of(true, false), Arbitraries.of(true, false), hashes, numbers, bytes, bytes)
                        .as((extract, expand, hash, type, salt, info) ->
                                new HkdfParameters(extract, expand, hash, type, salt, 0, null, info)),
                Combinators.combine(hashes, prfFields(numbers, bytes), bytes)
                        .as((prf, fields, iv) -> new KbkdfParameters(prf, fields, iv, List.of())),
                Arbitraries.of(KEYS).map(key -> new OtherKeyParameters(0, key)),
                numbers.map(ExtractParameters::new),
                Combinators.combine(hashes, numbers, numbers).as(TlsMacParameters::new),
                Combinators.combine(hashes, bytes).as(TlsExtendedParameters::new),
                Combinators.combine(bytes, bytes, numbers).as(TlsPrfParameters::new),
                Combinators.combine(
                                hashes,
                                Arbitraries.oneOf(numbers, Arbitraries.of(0L, 160L, 256L)),
                                Arbitraries.oneOf(numbers, Arbitraries.of(128L, 256L)),
                                numbers,
                                Arbitraries.of(true, false),
                                bytes,
                                bytes)
                        .as(TlsKeyParameters::new),
                Combinators.combine(hashes, bytes, bytes, bytes, bytes).as(TlsDerivationParameters::new),
                Combinators.combine(hashes, Arbitraries.of(true, false), bytes, bytes)
                        .as((prf, asKey, one, other) ->
                                new IkePrfParameters(prf, asKey, false, one, other, 0, List.of())),
                Combinators.combine(hashes, bytes, Arbitraries.of(KEYS))
                        .as((prf, cookie, key) ->
                                new Ike1PrfParameters(prf, true, 0, 0, cookie, cookie, (byte) 1, List.of(key, key))),
                Combinators.combine(hashes, bytes, Arbitraries.of(KEYS))
                        .as((prf, data, key) -> new IkeExpansionParameters(prf, true, 0, data, List.of(key))),
                Combinators.combine(bytes, bytes).as(StreamCipherParameters::new),
                Combinators.combine(bytes, bytes).as(ChaChaPolyParameters::new)));
        return kinds;
    }

    private static Arbitrary<List<PrfField>> prfFields(Arbitrary<Long> numbers, Arbitrary<byte[]> bytes) {
        return Combinators.combine(
                        Arbitraries.longs().between(0, 6),
                        bytes,
                        Arbitraries.of(true, false),
                        Arbitraries.oneOf(numbers, Arbitraries.of(8L, 16L, 32L, 64L)),
                        Arbitraries.longs().between(0, 3),
                        Arbitraries.of(KEYS))
                .as((type, value, little, width, method, key) ->
                        new PrfField(type, value, little, width, method, 0, key))
                .list()
                .ofMaxSize(4);
    }

    @Property(tries = 6000, edgeCases = EdgeCasesMode.NONE)
    void any_input_ends_in_a_result_or_in_a_fault_of_its_own(
            @ForAll("calls") Call call, @ForAll("anyBytes") byte[] data, @ForAll("anyBytes") byte[] more) {
        Mechanism mechanism = call.mechanism;
        HsmObject key = call.key;
        MechanismParameters parameters = call.parameters;
        attempt(() -> {
            if (mechanism.signer() != null) {
                var signer = mechanism.signer().open(key, parameters);
                signer.update(data, 0, data.length);
                signer.sign();
            }
        });
        attempt(() -> {
            if (mechanism.verifier() != null) {
                var verifier = mechanism.verifier().open(key, parameters);
                verifier.update(data, 0, data.length);
                verifier.verify(more);
            }
        });
        attempt(() -> {
            if (mechanism.encryptor() != null) {
                mechanism.encryptor().open(key, parameters).finish(data, 0, data.length);
            }
        });
        attempt(() -> {
            if (mechanism.decryptor() != null) {
                mechanism.decryptor().open(key, parameters).finish(data, 0, data.length);
            }
        });
        attempt(() -> {
            if (mechanism.encapsulator() != null) {
                var made =
                        mechanism.encapsulator().encapsulate(key, Template.EMPTY, Ckk.CKK_GENERIC_SECRET, parameters);
                made.key().secrets().close();
            }
        });
        attempt(() -> {
            if (mechanism.encapsulator() != null) {
                mechanism
                        .encapsulator()
                        .decapsulate(key, data, Template.EMPTY, Ckk.CKK_GENERIC_SECRET, parameters)
                        .secrets()
                        .close();
            }
        });
        attempt(() -> {
            if (mechanism.wrapper() != null) {
                try (SecretBytes serialised = SecretBytes.copyOf(data)) {
                    mechanism.wrapper().wrap(key, serialised, parameters);
                }
            }
        });
        attempt(() -> {
            if (mechanism.wrapper() != null) {
                mechanism.wrapper().unwrap(key, data, parameters).close();
            }
        });
        attempt(() -> {
            KeySetDeriver deriver = mechanism.setDeriver();
            if (deriver != null) {
                deriver.derive(
                        key, deriver.wishes(key, Template.EMPTY, Ckk.CKK_GENERIC_SECRET, parameters), parameters);
            }
        });
        attempt(() -> {
            if (mechanism.deriver() != null) {
                mechanism
                        .deriver()
                        .derive(key, Template.EMPTY, Ckk.CKK_GENERIC_SECRET, parameters)
                        .secrets()
                        .close();
            }
        });
    }

    private static void attempt(Runnable work) {
        try {
            work.run();
        } catch (HsmException e) {
            assertTrue(EXPLAINED.contains(e.fault()), () -> e.fault() + ": " + e.getMessage() + ", " + e.getCause());
        }
    }
}
