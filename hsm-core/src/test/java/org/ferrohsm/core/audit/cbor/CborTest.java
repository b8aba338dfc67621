// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit.cbor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CborTest {
    /** From RFC 8949 appendix A, as far as the data model goes. */
    @ParameterizedTest
    @CsvSource({
        "00, 0",
        "17, 23",
        "1818, 24",
        "1864, 100",
        "1903e8, 1000",
        "1a000f4240, 1000000",
        "1b000000e8d4a51000, 1000000000000",
        "1b7fffffffffffffff, 9223372036854775807"
    })
    void an_integer_has_the_bytes_of_the_rfc(String hex, long number) {
        CborValue value = new CborValue.Unsigned(number);
        assertEquals(hex, HexFormat.of().formatHex(CborWriter.encode(value)));
        assertEquals(value, CborReader.decode(HexFormat.of().parseHex(hex)));
    }

    @ParameterizedTest
    @CsvSource({
        "60, ''",
        "6161, a",
        "6449455446, IETF",
        "62c3bc, \u00fc",
        "63e6b0b4, \u6c34",
        "64f0908591, \ud800\udd51"
    })
    void a_text_has_the_bytes_of_the_rfc(String hex, String text) {
        CborValue value = new CborValue.Text(text);
        assertEquals(hex, HexFormat.of().formatHex(CborWriter.encode(value)));
        assertEquals(value, CborReader.decode(HexFormat.of().parseHex(hex)));
    }

    @Test
    void keys_are_written_in_the_order_of_their_encodings() {
        TreeMap<CborValue.Key, CborValue> entries = new TreeMap<>();
        for (String text : new String[] {"aa", "b", "\u00fc"}) {
            entries.put(new CborValue.Text(text), new CborValue.Unsigned(0));
        }
        for (long number : new long[] {1000, 24, 10}) {
            entries.put(new CborValue.Unsigned(number), new CborValue.Unsigned(0));
        }
        assertEquals(
                "a6" + "0a00" + "181800" + "1903e800" + "616200" + "62616100" + "62c3bc00",
                HexFormat.of().formatHex(CborWriter.encode(new CborValue.Dictionary(entries))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1817", // 23 in two bytes
                "1900ff", // 255 in three
                "1a0000ffff", // 65535 in five
                "1b00000000ffffffff", // 2^32-1 in nine
                "1b8000000000000000", // 2^63
                "5800", // a length in two bytes
                "5f40ff", // byte string of indefinite length
                "7f60ff", // text of indefinite length
                "bfff", // map of indefinite length
                "1c", // reserved
                "a201000100", // a key twice
                "a202000100", // keys out of order
                "a2616100" + "0100", // a text before an integer
                "a1410000", // a byte string as key
                "a1a00000", // a map as key
                "0000", // a byte after the end
                "", // nothing
                "4100ff", // a byte after a string
                "42ff", // a string cut short
                "5b7fffffffffffffff", // a string of 2^63-1 bytes
                "bb7fffffffffffffff", // a map of 2^63-1 entries
                "61ff", // no UTF-8
                "62c0af", // overlong UTF-8
                "63eda080", // a lone surrogate in UTF-8
                "20", // -1
                "80", // an array
                "c000", // a tag
                "f4", // false
                "f6", // null
                "f90000", // 0.0
                "a100a100a100a100a0" // five maps inside one another
            })
    void what_is_not_canonical_is_refused(String hex) {
        assertThrows(CborException.class, () -> CborReader.decode(HexFormat.of().parseHex(hex)));
    }

    @Test
    void four_maps_inside_one_another_are_read_and_longer_input_is_not() {
        byte[] nested = HexFormat.of().parseHex("a100a100a100a0");
        assertArrayEquals(nested, CborWriter.encode(CborReader.decode(nested)));
        byte[] longest = new byte[CborReader.MAX_LENGTH - 3];
        byte[] encoded = CborWriter.encode(new CborValue.Bytes(longest));
        assertEquals(CborReader.MAX_LENGTH, encoded.length);
        assertArrayEquals(encoded, CborWriter.encode(CborReader.decode(encoded)));
        byte[] tooLong = CborWriter.encode(new CborValue.Bytes(new byte[longest.length + 1]));
        assertThrows(CborException.class, () -> CborReader.decode(tooLong));
    }

    @Property(tries = 20_000)
    boolean any_bytes_are_refused_or_encode_to_themselves_again(@ForAll @Size(max = 40) byte[] bytes) {
        return isRefusedOrCanonical(bytes);
    }

    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
    void any_value_is_read_back_from_its_bytes(@ForAll("values") CborValue value) {
        byte[] encoded = CborWriter.encode(value);
        assertArrayEquals(encoded, CborWriter.encode(CborReader.decode(encoded)));
    }

    @Property(tries = 4_000, edgeCases = EdgeCasesMode.NONE)
    boolean a_value_with_a_byte_changed_is_refused_or_encodes_to_itself_again(
            @ForAll("values") CborValue value, @ForAll int place, @ForAll byte changed) {
        byte[] encoded = CborWriter.encode(value);
        encoded[Math.floorMod(place, encoded.length)] = changed;
        return isRefusedOrCanonical(encoded);
    }

    @Provide
    Arbitrary<CborValue> values() {
        Arbitrary<CborValue.Key> numbers = Arbitraries.longs().greaterOrEqual(0).map(CborValue.Unsigned::new);
        Arbitrary<CborValue.Key> texts = Arbitraries.strings()
                .ofMaxLength(12)
                .map(text -> new CborValue.Text(new String(text.getBytes(UTF_8), UTF_8)));
        Arbitrary<CborValue.Key> keys = Arbitraries.oneOf(numbers, texts);
        Arbitrary<CborValue> leaves = Arbitraries.oneOf(
                keys.map(key -> (CborValue) key),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(40).map(CborValue.Bytes::new));
        Arbitrary<CborValue> inner = Arbitraries.maps(keys, leaves)
                .ofMaxSize(5)
                .map(entries -> new CborValue.Dictionary(new TreeMap<>(entries)));
        Arbitrary<CborValue> outer = Arbitraries.maps(keys, Arbitraries.oneOf(leaves, inner))
                .ofMaxSize(6)
                .map(entries -> new CborValue.Dictionary(new TreeMap<>(entries)));
        return Arbitraries.oneOf(leaves, outer);
    }

    private static boolean isRefusedOrCanonical(byte[] bytes) {
        CborValue value;
        try {
            value = CborReader.decode(bytes);
        } catch (CborException e) {
            return true;
        }
        assertArrayEquals(bytes, CborWriter.encode(value));
        assertTrue(bytes.length > 0);
        return true;
    }
}
