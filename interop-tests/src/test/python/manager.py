# SPDX-FileCopyrightText: The FerroHSM authors
# SPDX-License-Identifier: Apache-2.0
"""manager.py COMMAND: a service manager that hands its socket to the daemon twice, and says what the daemon tells it."""
import os
import signal
import socket
import sys

# Java cannot hear a signal that was ignored when it began, as below nohup.
signal.signal(signal.SIGHUP, signal.SIG_DFL)
WAIT = 60
command = sys.argv[1]
notes = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
notes.bind("notify.sock")
notes.settimeout(WAIT)
listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
listener.bind("given.sock")
listener.listen(8)


def start():
    pid = os.fork()
    if pid == 0:
        os.dup2(listener.fileno(), 3)
        os.set_inheritable(3, True)
        os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()), NOTIFY_SOCKET=os.path.abspath("notify.sock"))
        os.execv(command, [command, "daemon"])
    return pid


def note():
    return notes.recv(200).decode().split("\n")[0]


for _ in range(2):
    daemon = start()
    client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    client.settimeout(WAIT)
    client.connect("given.sock")
    client.send(b"\2")
    print("version", client.recv(1)[0], note())
    os.kill(daemon, signal.SIGHUP)
    print(note(), note())
    os.kill(daemon, signal.SIGTERM)
    print(note(), os.waitpid(daemon, 0)[1] >> 8)
