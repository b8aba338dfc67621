# SPDX-FileCopyrightText: The FerroHSM authors
# SPDX-License-Identifier: Apache-2.0
"""workers.py LIBRARY PIN: initialises, forks workers with multiprocessing, and signs in each."""
import ctypes
import multiprocessing
import sys

CKF_SERIAL_SESSION, CKU_USER = 4, 1
CKA_CLASS, CKO_PRIVATE_KEY, CKM_ECDSA = 0, 3, 0x1041
CKR_CRYPTOKI_NOT_INITIALIZED = 0x190

ULONG = ctypes.c_ulong


class Attribute(ctypes.Structure):
    _fields_ = [("type", ULONG), ("value", ctypes.c_void_p), ("length", ULONG)]


class Mechanism(ctypes.Structure):
    _fields_ = [("type", ULONG), ("parameter", ctypes.c_void_p), ("length", ULONG)]


library = ctypes.CDLL(sys.argv[1])


def check(rv):
    if rv != 0:
        raise RuntimeError(hex(rv))


def login():
    session = ULONG()
    pin = sys.argv[2].encode()
    check(library.C_OpenSession(ULONG(0), ULONG(CKF_SERIAL_SESSION), None, None, ctypes.byref(session)))
    check(library.C_Login(session, ULONG(CKU_USER), pin, ULONG(len(pin))))
    return session


def sign(session):
    kind = ULONG(CKO_PRIVATE_KEY)
    template = Attribute(CKA_CLASS, ctypes.addressof(kind), ctypes.sizeof(kind))
    key, count = ULONG(), ULONG()
    check(library.C_FindObjectsInit(session, ctypes.byref(template), ULONG(1)))
    check(library.C_FindObjects(session, ctypes.byref(key), ULONG(1), ctypes.byref(count)))
    check(library.C_FindObjectsFinal(session))
    mechanism = Mechanism(CKM_ECDSA, None, 0)
    signature, length = ctypes.create_string_buffer(64), ULONG(64)
    check(library.C_SignInit(session, ctypes.byref(mechanism), key))
    check(library.C_Sign(session, bytes(32), ULONG(32), signature, ctypes.byref(length)))
    return signature.raw


worker_session = None


def start():
    global worker_session
    if library.C_GetInfo(ctypes.create_string_buffer(128)) != CKR_CRYPTOKI_NOT_INITIALIZED:
        raise RuntimeError("the worker is initialised before it has initialised")
    check(library.C_Initialize(None))
    worker_session = login()


def work(_):
    return sign(worker_session)


if __name__ == "__main__":
    check(library.C_Initialize(None))
    session = login()
    sign(session)
    with multiprocessing.get_context("fork").Pool(4, initializer=start) as pool:
        signatures = pool.map(work, range(20), chunksize=1)
    sign(session)
    check(library.C_Finalize(None))
    print(len(set(signatures)), "signatures")
