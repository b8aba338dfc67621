// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.boot;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterProperty;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.policy.Policy;
import org.ferrohsm.core.policy.Profile;
import org.ferrohsm.core.policy.Rule;
import org.ferrohsm.core.policy.Weakened;

/** No sequence of calls takes a sensitive key out, and each rule has its part in that. */
class CallSequencesTest {
    /** Some thousand sequences find a leak where there is one: so many miss it as good as never. */
    private static final int ENOUGH = 1_500_000;

    private final Target target = new Target();

    @AfterProperty
    void close() throws IOException {
        target.close();
    }

    @Provide
    Arbitrary<List<Step>> calls() {
        Arbitrary<Long> use = Arbitraries.of(Cka.CKA_ENCRYPT, Cka.CKA_DECRYPT, Cka.CKA_WRAP, Cka.CKA_UNWRAP);
        return Combinators.combine(
                        Arbitraries.of(Step.Call.class),
                        nearFirst(),
                        nearFirst(),
                        use,
                        use,
                        Arbitraries.of(true, false))
                .as(Step::new)
                .list()
                .ofMinSize(3)
                .ofMaxSize(8);
    }

    /** An attacker goes on with what the last call gave. */
    private static Arbitrary<Integer> nearFirst() {
        return Arbitraries.frequency(Tuple.of(3, 0), Tuple.of(2, 1), Tuple.of(1, 2), Tuple.of(1, 3), Tuple.of(1, 4));
    }

    @Property(tries = 100_000, edgeCases = EdgeCasesMode.NONE)
    void no_calls_take_a_key_out_of_a_default_token(@ForAll("calls") List<Step> calls) {
        assertFalse(target.leaks(Profile.DEFAULT, Policy::of, calls));
    }

    @Property(tries = 100_000, edgeCases = EdgeCasesMode.NONE)
    void no_calls_take_a_key_out_of_a_strict_token(@ForAll("calls") List<Step> calls) {
        assertFalse(target.leaks(Profile.STRICT, Policy::of, calls));
    }

    @Example
    void a_key_comes_out_where_unwrapping_may_make_it_readable() {
        assertLeakWithout(Rule.STAYS_SENSITIVE);
    }

    @Example
    void a_key_comes_out_where_any_key_wraps_it() {
        assertLeakWithout(Rule.WRAPPING_KEY_UNKNOWN);
    }

    @Example
    void a_key_comes_out_where_what_wraps_may_decrypt() {
        assertLeakWithout(Rule.TRANSPORT_APART);
    }

    @Example
    void a_key_comes_out_where_uses_may_be_gained() {
        assertLeakWithout(Rule.USES_NOT_GAINED);
    }

    private void assertLeakWithout(Rule rule) {
        assertTrue(
                calls().sampleStream()
                        .limit(ENOUGH)
                        .anyMatch(calls ->
                                target.leaks(Profile.DEFAULT, profile -> Weakened.without(profile, rule), calls)),
                () -> "no sequence needed " + rule);
    }
}
