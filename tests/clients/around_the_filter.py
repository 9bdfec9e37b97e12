"""Run in a sandbox: tries every way by which a program picks the device or the source of what it sends.

Arguments: ADDRESS:PORT of servers. Prints a line for each that something came back from or was sent to
without a refusal: `WAY PROTOCOL ADDRESS reached|sent`.
"""

import fcntl
import socket
import struct
import sys

IP_PKTINFO, IP_UNICAST_IF, IP_MULTICAST_IF = 8, 50, 32
IP_FREEBIND, IP_TRANSPARENT, IP_OPTIONS = 15, 19, 4
MSG_DONTROUTE, MSG_CONFIRM = 0x4, 0x800
OWN = "198.18.0.100"


def index(name):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = struct.pack("16sI12x", name.encode(), 0)
        return struct.unpack("16sI12x", fcntl.ioctl(any_socket, 0x8933, request))[1]


TAP = index("tap0")


def plain(one):
    return None


def device(one):
    one.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, b"tap0\0")


def unicast(one):
    one.setsockopt(socket.IPPROTO_IP, IP_UNICAST_IF, socket.htonl(TAP))


def source(one):
    one.bind((OWN, 0))


def both(one):
    device(one)
    source(one)


def dontroute(one):
    one.setsockopt(socket.SOL_SOCKET, socket.SO_DONTROUTE, 1)
    device(one)


def freebind(one):
    one.setsockopt(socket.IPPROTO_IP, IP_FREEBIND, 1)
    one.bind(("203.0.113.77", 0))
    device(one)


def broadcast(one):
    one.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
    device(one)


WAYS = [plain, device, unicast, source, both, dontroute, freebind, broadcast]


def report(way, protocol, target, what):
    print(way, protocol, "%s:%d" % target, what, flush=True)


def stream(way, target):
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as one:
        one.settimeout(3)
        try:
            way(one)
            one.connect(target)
            report(way.__name__, "tcp", target, "reached")
        except OSError:
            pass


def datagram(way, target, how):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.settimeout(0.1)
        try:
            way(one)
            how(one, target)
            report(way.__name__ + "+" + how.__name__, "udp", target, "sent")
            one.recv(100)
            report(way.__name__ + "+" + how.__name__, "udp", target, "reached")
        except OSError:
            pass


def connected(one, target):
    one.connect(target)
    one.send(b"hello")


def unconnected(one, target):
    one.sendto(b"hello", target)


def direct(one, target):
    one.sendto(b"hello", MSG_DONTROUTE | MSG_CONFIRM, target)


def pktinfo(one, target):
    info = struct.pack("I4s4s", TAP, socket.inet_aton(OWN), socket.inet_aton("0.0.0.0"))
    one.sendmsg([b"hello"], [(socket.IPPROTO_IP, IP_PKTINFO, info)], 0, target)


def six(target):
    """IPv4 written as IPv6, and IPv6 itself."""
    for address in ("::ffff:" + target[0], "fe80::1", "ff02::1", "2001:db8::1"):
        for kind, name in ((socket.SOCK_STREAM, "tcp6"), (socket.SOCK_DGRAM, "udp6")):
            with socket.socket(socket.AF_INET6, kind) as one:
                one.settimeout(0.1)
                try:
                    one.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, b"tap0\0")
                    if kind == socket.SOCK_STREAM:
                        one.connect((address, target[1], 0, TAP))
                        report("six", name, target, "reached")
                    else:
                        one.sendto(b"hello", (address, target[1], 0, TAP))
                        report("six", name, target, "sent")
                except OSError:
                    pass


def echo(target):
    """A ping, where the kernel lets users send one."""
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_ICMP) as one:
            one.settimeout(0.1)
            device(one)
            one.sendto(struct.pack(">BBHHH", 8, 0, 0xF7FF, 0, 0), (target[0], 0))
            report("echo", "icmp", target, "sent")
    except OSError:
        pass


for word in sys.argv[1:]:
    host, port = word.rsplit(":", 1)
    target = (host, int(port))
    for way in WAYS:
        stream(way, target)
        for how in (connected, unconnected, direct, pktinfo):
            datagram(way, target, how)
    six(target)
    echo(target)
for raw in (
    lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW),
    lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_UDP),
    lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0x0300),
    lambda: socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, 0x0008),
):
    try:
        raw().close()
        print("a raw socket was opened", flush=True)
    except OSError:
        pass
print("done", flush=True)
