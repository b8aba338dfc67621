#!/usr/bin/env python3
# SPDX-FileCopyrightText: The FerroHSM authors
# SPDX-License-Identifier: Apache-2.0
"""A second verifier of audit logs, written from docs/spec/audit.md alone.

Standard library, and the openssl command for Ed25519 signatures. Usage:

    verify.py EXPORT... [--key FILE] [--anchor FILE]... [--vkey TEXT]

Prints "OK <count>" or "<DAMAGE> <record>" for each export, and ends with 0 if all are right, else with 1. Whether a log is right has to be the
same as what `ferrohsm audit verify --file` says; the kind of damage is told roughly only.
"""
import argparse
import base64
import hashlib
import hmac
import os
import re
import subprocess
import sys
import tempfile
import uuid

EPOCH = 4096
NAME = re.compile(r"[A-Z][A-Z0-9_]{0,63}")
DETAIL = re.compile(r"[a-z][a-z0-9-]{0,31}")
TOLERANCE_MS = 5000


class Damage(Exception):
    def __init__(self, kind, seq):
        super().__init__(kind)
        self.kind = kind
        self.seq = seq


class NotCanonical(Exception):
    pass


# --- CBOR, the deterministic subset ---------------------------------------------------------------------------------


class Reader:
    def __init__(self, data):
        if len(data) > 32768:
            raise NotCanonical("too long")
        self.data = data
        self.at = 0

    def take(self, count):
        if count > len(self.data) - self.at:
            raise NotCanonical("ends early")
        self.at += count
        return self.data[self.at - count:self.at]

    def value(self, depth):
        initial = self.take(1)[0]
        major, info = initial >> 5, initial & 31
        if info < 24:
            argument = info
        elif info <= 27:
            length = 1 << (info - 24)
            argument = int.from_bytes(self.take(length), "big")
            shortest = 24 if length == 1 else 1 << (4 * length)
            if argument < shortest or argument >= 1 << 63:
                raise NotCanonical("not the shortest form")
        else:
            raise NotCanonical("indefinite")
        if major == 0:
            return argument
        if major == 2:
            return self.take(argument)
        if major == 3:
            try:
                return self.take(argument).decode("utf-8")
            except UnicodeDecodeError:
                raise NotCanonical("no UTF-8")
        if major == 5:
            return self.map(argument, depth)
        raise NotCanonical("major type")

    def map(self, size, depth):
        if depth == 4:
            raise NotCanonical("too deep")
        entries = {}
        previous = None
        for _ in range(size):
            start = self.at
            key = self.value(depth + 1)
            if not isinstance(key, (int, str)):
                raise NotCanonical("key")
            encoded = self.data[start:self.at]
            if previous is not None and previous >= encoded:
                raise NotCanonical("order")
            previous = encoded
            entries[key] = self.value(depth + 1)
        return entries


def decode(data):
    reader = Reader(data)
    value = reader.value(0)
    if reader.at != len(data) or not isinstance(value, dict):
        raise NotCanonical("no map, or bytes after it")
    return value


# key: (type, length of bytes, optional)
FIELDS = {
    1: (int, None, False), 2: (bytes, 16, False), 3: (int, None, False), 4: (str, None, False),
    5: (bytes, 16, False), 6: (int, None, False), 7: (int, None, False), 8: (str, None, True),
    9: (int, None, True), 10: (str, None, False), 11: (int, None, True), 12: (bytes, 16, True),
    13: (bytes, 16, True), 14: (int, None, True), 15: (bytes, 32, True), 16: (bytes, 32, True),
    17: (str, None, False), 18: (bytes, 32, True), 19: (dict, None, True), 20: (bytes, 32, False),
}
HEAD_FIELDS = {
    1: (int, None, False), 2: (bytes, 16, False), 3: (int, None, False),
    4: (bytes, 32, False), 5: (bytes, 32, False),
}


def fields(data, table):
    value = decode(data)
    for key in value:
        if key not in table:
            raise NotCanonical("unknown field")
    for key, (kind, length, optional) in table.items():
        if key not in value:
            if not optional:
                raise NotCanonical("missing field")
        elif not isinstance(value[key], kind) or (length is not None and len(value[key]) != length):
            raise NotCanonical("type or length")
    if value[1] != 1:
        raise NotCanonical("version")
    return value


def record(data):
    value = fields(data, FIELDS)
    if not NAME.fullmatch(value[10]) or not (value[17] == "ok" or NAME.fullmatch(value[17])):
        raise NotCanonical("name")
    detail = value.get(19)
    if detail is not None:
        if not detail:
            raise NotCanonical("empty detail")
        for name, entry in detail.items():
            if not isinstance(name, str) or not DETAIL.fullmatch(name) or not isinstance(entry, (int, str)):
                raise NotCanonical("detail")
    return value


# --- hashes, MACs, the tree -----------------------------------------------------------------------------------------


def leaf_hash(data):
    return hashlib.sha256(b"\0" + data).digest()


def mac(key, message):
    return hmac.new(key, message, hashlib.sha256).digest()


class Keys:
    """The key of each epoch, from the one in the key file on."""

    def __init__(self, path):
        text = open(path, "rb").read().decode("ascii")
        match = re.fullmatch(
            r"ferrohsm-audit-verification-key 1\nlog ([0-9a-f-]{36})\nepoch ([0-9]{1,15})\nkey ([0-9a-f]{64})\n", text)
        if not match:
            sys.exit("no verification key: " + path)
        self.log = uuid.UUID(match[1]).bytes
        self.first = self.epoch = int(match[2])
        self.key = bytes.fromhex(match[3])

    def covers(self, seq):
        return seq // EPOCH >= self.first

    def of(self, seq):
        while self.epoch < seq // EPOCH:
            self.key = mac(self.key, b"ferrohsm-audit-ratchet-v1")
            self.epoch += 1
        return self.key


class Tree:
    def __init__(self):
        self.stack = []

    def add(self, leaf):
        width = 1
        while self.stack and self.stack[-1][0] == width:
            leaf = hashlib.sha256(b"\1" + self.stack.pop()[1] + leaf).digest()
            width *= 2
        self.stack.append((width, leaf))

    def root(self):
        if not self.stack:
            return hashlib.sha256(b"").digest()
        root = self.stack[-1][1]
        for _, left in reversed(self.stack[:-1]):
            root = hashlib.sha256(b"\1" + left + root).digest()
        return root


# --- checkpoints ----------------------------------------------------------------------------------------------------


def key_id(name, typed):
    return hashlib.sha256(name.encode() + b"\n" + typed).digest()[:4]


def ed25519(vkey):
    name, identifier, typed = vkey.split("+", 2)
    typed = base64.b64decode(typed, validate=True)
    if typed[0] != 1 or len(typed) != 33 or key_id(name, typed).hex() != identifier:
        raise ValueError("no Ed25519 vkey")
    return name, typed


def openssl_verifies(public, message, signature):
    with tempfile.TemporaryDirectory() as folder:
        names = [os.path.join(folder, name) for name in ("key", "message", "signature")]
        der = bytes.fromhex("302a300506032b6570032100") + public
        for name, content in zip(names, (der, message, signature)):
            with open(name, "wb") as out:
                out.write(content)
        return subprocess.run(
            ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", names[0], "-rawin",
             "-in", names[1], "-sigfile", names[2]],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def notes(path):
    """The notes of a file one by one, empty lines between them or not."""
    lines, signed = [], False
    for line in open(path, encoding="utf-8", newline="\n"):
        if line.startswith("\u2014 "):
            signed = True
        elif signed or not lines and line == "\n":
            if lines:
                yield "".join(lines)
            lines, signed = [], False
            if line == "\n":
                continue
        lines.append(line)
    if lines:
        yield "".join(lines)


CHECKPOINT = re.compile(r"([^\s+]+)\n(0|[1-9][0-9]{0,17})\n([A-Za-z0-9+/]{43}=)\n")


class Checkpoints:
    """The checkpoints of one source, each looked at when the log has got to its size."""

    def __init__(self, texts):
        self.texts = iter(texts)
        self.size = -1
        self.advance()

    def advance(self):
        self.text = next(self.texts, None)
        if self.text is None:
            self.size = None
            return
        end = self.text.rfind("\n\n")
        match = CHECKPOINT.fullmatch(self.text[:end + 1]) if end >= 0 else None
        if not match or int(match[2]) < self.size:
            raise Damage("CHECKPOINT_INVALID", 0)
        self.body, self.lines = self.text[:end + 1], self.text[end + 2:].split("\n")[:-1]
        self.origin, self.size = match[1], int(match[2])
        self.root = base64.b64decode(match[3])

    def verify(self, log, vkey):
        foreign = log is not None and self.origin != "ferrohsm/audit/" + str(uuid.UUID(bytes=log))
        if vkey is None or foreign:
            raise Damage("CHECKPOINT_INVALID", self.size)
        name, typed = ed25519(vkey)
        signed = False
        for line in self.lines:
            match = re.fullmatch("\u2014 ([^\\s+]+) ([A-Za-z0-9+/]+={0,2})", line)
            if not match:
                raise Damage("CHECKPOINT_INVALID", self.size)
            content = base64.b64decode(match[2])
            if match[1] == name and content[:4] == key_id(name, typed):
                if not openssl_verifies(typed[1:], self.body.encode(), content[4:]):
                    raise Damage("CHECKPOINT_INVALID", self.size)
                signed = True
        if not signed:
            raise Damage("CHECKPOINT_INVALID", self.size)

    def upto(self, count, tree, log, vkey):
        while self.size == count:
            self.verify(log, vkey)
            if self.root != tree.root():
                raise Damage("CHECKPOINT_MISMATCH", 0)
            self.advance()
        if self.size is not None and self.size < count:
            raise Damage("CHECKPOINT_INVALID", self.size)


# --- what the records mean ------------------------------------------------------------------------------------------


class Meaning:
    def __init__(self):
        self.monotonic, self.wall, self.leases = {}, {}, {}
        self.finding = None

    def wrong(self, kind, seq):
        if self.finding is None:
            self.finding = Damage(kind, seq)

    def see(self, seq, value):
        boot, node = value[5], value[4]
        if value[7] < self.monotonic.get(boot, 0) or value[6] < self.wall.get(node, 0) - TOLERANCE_MS:
            self.wrong("CLOCK_REWOUND", seq)
        self.monotonic[boot] = value[7]
        self.wall[node] = max(self.wall.get(node, 0), value[6])
        detail = value.get(19, {})
        same = tuple(value.get(key) for key in (5, 8, 9, 11, 12, 13, 14)) + (detail.get("operation"),)
        if value[10] == "KEY_USE_OPEN":
            self.leases[seq] = (same, detail.get("uses"))
            if not isinstance(detail.get("uses"), int) or not isinstance(detail.get("operation"), str):
                self.wrong("LEASE_INCONSISTENT", seq)
        elif value[10] == "KEY_USE_CLOSE":
            opened = self.leases.pop(detail.get("lease", -1), None)
            uses, failures = detail.get("uses"), detail.get("failures")
            if (opened is None or opened[0] != same or not isinstance(uses, int) or not isinstance(failures, int)
                    or uses > opened[1] or failures > uses):
                self.wrong("LEASE_INCONSISTENT", seq)


# --- the verification -----------------------------------------------------------------------------------------------

B64 = r"([A-Za-z0-9+/]*={0,2})"
ROW = re.compile("record ([0-9]{1,18}) " + B64 + " " + B64)


def unbase64(text):
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        raise NotCanonical("base64")


def verify(path, keys, anchors, vkey):
    lines = open(path, encoding="iso-8859-1", newline="\n")
    title = re.fullmatch("ferrohsm-audit-export 1 ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\n", next(lines, ""))
    log = keys.log if keys else uuid.UUID(title[1]).bytes if title else None
    trusted = vkey
    sources = []
    finding = None
    tree, meaning = Tree(), Meaning()
    count, last, head = 0, bytes(32), None
    try:
        sources = [Checkpoints(notes(anchor)) for anchor in anchors]
    except Damage as damage:
        finding = damage
    for number, line in enumerate(lines):
        line = line[:-1] if line.endswith("\n") else line
        own = re.fullmatch("checkpoint " + B64, line) if number == 0 else None
        if own:
            try:
                sources.append(Checkpoints([unbase64(own[1]).decode()]))
                continue
            except Damage as damage:
                finding = finding or damage
                continue
            except (NotCanonical, UnicodeDecodeError):
                raise Damage("NOT_CANONICAL", count)
        try:
            end = re.fullmatch("head " + B64, line)
            if end and head is None:
                head = unbase64(end[1])
                continue
            match = ROW.fullmatch(line)
            if not match or head is not None:
                raise NotCanonical("no row")
            data, tag = unbase64(match[2]), unbase64(match[3])
            value = record(data)
        except NotCanonical:
            raise Damage("NOT_CANONICAL", count)
        if log is None:
            log = value[2]
        if value[2] != log:
            raise Damage("FOREIGN_LOG", count)
        if int(match[1]) != count or value[3] != count:
            raise Damage("MISPLACED", count)
        if not tag:
            raise Damage("MAC_MISSING", count)
        leaf = leaf_hash(data)
        if value[20] != last:
            raise Damage("EDITED", count)
        if len(tag) != 32 or keys and keys.covers(count) and not hmac.compare_digest(tag, mac(keys.of(count), leaf)):
            raise Damage("MAC_INVALID", count)
        last = leaf
        count += 1
        meaning.see(count - 1, value)
        tree.add(leaf)
        if finding is None and sources:
            try:
                if value[10] == "CHECKPOINT_KEY" and "ed25519" in value.get(19, {}):
                    named = value[19]["ed25519"]
                    if vkey is not None and named != vkey:
                        raise Damage("CHECKPOINT_INVALID", count - 1)
                    try:
                        ed25519(named)
                    except (ValueError, IndexError):
                        raise Damage("CHECKPOINT_INVALID", count - 1)
                    trusted = named
                for source in sources:
                    source.upto(count, tree, log, trusted)
            except Damage as damage:
                finding = damage
    check_head(head, log, count, last, keys)
    for source in sources:
        if finding is None and source.size is not None:
            source.verify(log, trusted)
            raise Damage("CHECKPOINT_AHEAD", count)
    if finding or meaning.finding:
        raise finding or meaning.finding
    return count


def check_head(head, log, count, last, keys):
    if head is None:
        if count == 0 and not keys:
            return
        raise Damage("TRUNCATED" if count == 0 else "HEAD_MISSING", count)
    try:
        value = fields(head, HEAD_FIELDS)
    except NotCanonical:
        raise Damage("HEAD_INVALID", count)
    if log is not None and value[2] != log:
        raise Damage("FOREIGN_LOG", count)
    if value[3] != count:
        raise Damage("TRUNCATED" if value[3] > count else "BEYOND_HEAD", min(count, value[3]))
    message = b"ferrohsm-audit-head-v1" + value[2] + count.to_bytes(8, "big") + value[4]
    if keys and keys.covers(count) and not hmac.compare_digest(value[5], mac(keys.of(count), message)):
        raise Damage("HEAD_INVALID", count)
    if value[4] != last:
        raise Damage("EDITED", count - 1)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("export", nargs="+")
    parser.add_argument("--key")
    parser.add_argument("--anchor", action="append", default=[])
    parser.add_argument("--vkey")
    options = parser.parse_args()
    result = 0
    for export in options.export:
        keys = Keys(options.key) if options.key else None
        try:
            print("OK", verify(export, keys, options.anchor, options.vkey))
        except Damage as damage:
            print(damage.kind, damage.seq)
            result = 1
    return result


if __name__ == "__main__":
    sys.exit(main())
