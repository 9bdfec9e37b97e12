"""A small outside world for sandboxes: names under example.test, and a page at port 8000."""

import http.server
import socket
import struct
import sys
import threading

OWN, OTHER = sys.argv[1], sys.argv[2]
NAMES = {"www.example.test": OWN, "other.test": OTHER, "inside.example.test": "127.0.0.1"}


def names():
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind((OWN, 53))
    while True:
        query, client = server.recvfrom(4096)
        labels, at = [], 12
        while query[at]:
            labels.append(query[at + 1 : at + 1 + query[at]].decode())
            at += query[at] + 1
        question = query[12 : at + 5]
        kind = struct.unpack(">H", query[at + 1 : at + 3])[0]
        address = NAMES.get(".".join(labels).lower())
        found = address is not None and kind == 1
        flags = 0x8180 if address else 0x8183
        answer = query[:2] + struct.pack(">HHHHH", flags, 1, int(found), 0, 0) + question
        if found:
            answer += b"\xc0\x0c" + struct.pack(">HHIH", 1, 1, 60, 4) + socket.inet_aton(address)
        server.sendto(answer, client)


class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = ("hello from " + self.server.server_address[0] + "\n").encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


threading.Thread(target=names, daemon=True).start()
for address in (OWN, OTHER):
    page = http.server.ThreadingHTTPServer((address, 8000), Page)
    threading.Thread(target=page.serve_forever, daemon=True).start()
print("ready", flush=True)
sys.stdin.read()
