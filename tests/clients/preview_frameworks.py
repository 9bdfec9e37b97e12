"""Frameworks behind previews, by urllib with and without cookies, by Node's fetch, and by a WebSocket."""

import base64
import http.cookiejar
import json
import os
import re
import socket
import subprocess
import urllib.error
import urllib.parse
import urllib.request

API, KEY = os.environ["DAYTONA_API_URL"], os.environ["DAYTONA_API_KEY"]


def fetch(url, headers=None, data=None, opener=None):
    opener = opener or urllib.request.build_opener()
    request = urllib.request.Request(url, headers=headers or {}, data=data)
    try:
        with opener.open(request, timeout=20) as reply:
            return reply.status, reply.geturl(), reply.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.geturl(), error.read().decode()


def api(port, kind):
    return json.loads(fetch(f"{API}/sandbox/box/ports/{port}/{kind}", {"Authorization": f"Bearer {KEY}"})[2])


def node(url, headers=None):
    text = "fetch(process.argv[1], {headers: JSON.parse(process.argv[2])}).then(async r => console.log(JSON.stringify([r.status, r.url, await r.text()])))"
    ran = subprocess.run(["node", "-e", text, url, json.dumps(headers or {})], capture_output=True, text=True)
    return json.loads(ran.stdout) if ran.stdout else [ran.stderr]


def title(page):
    found = re.search("<title>([^<]*)</title>|<p>([^<]*)</p>", page)
    return (found[1] or found[2]).strip() if found else page[:200]


for name, port, paths in [
    ("fastapi", 3001, ["/items", "/items/"]),
    ("flask", 3002, ["/", "/go"]),
    ("django", 3003, ["/admin"]),
    ("vite", 3004, ["/"]),
    ("webpack", 3005, ["/main.js"]),
]:
    link, signed = api(port, "preview-url"), api(port, "signed-preview-url")
    header = {"X-Daytona-Preview-Token": link["token"]}
    for path in paths:
        for way, got, base in [
            ("urllib", fetch(link["url"] + path, header), link["url"]),
            ("node", node(link["url"] + path, header), link["url"]),
            ("signed urllib", fetch(signed["url"] + path), signed["url"]),
            ("signed node", node(signed["url"] + path), signed["url"]),
        ]:
            status, end, body = got
            body = "js" if path.endswith(".js") and len(body) > 100 else title(body)
            print(name, path, way, status, end.replace(base, ""), body.replace(link["url"], "URL"))

# A browser logs in: it sends its origin and keeps cookies. By the address, and by the name.
for form in ["address", "name"]:
    signed, link = api(3003, "signed-preview-url"), api(3003, "preview-url")
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    headers, start, host = {"Accept": "text/html"}, signed["url"], urllib.parse.urlsplit(link["url"]).netloc
    if form == "name":
        port = host.split(":")[1]
        start, host = f"http://127.0.0.1:{port}", f"3003-{signed['token']}.localhost:{port}"
        headers["Host"] = host
    status, url, page = fetch(start + "/admin/login/", headers, None, opener)
    token = re.search('name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    form_data = {"csrfmiddlewaretoken": token, "username": "u", "password": "pw", "next": "/admin/"}
    body = urllib.parse.urlencode(form_data).encode()
    foreign = fetch(url, headers | {"Origin": "http://evil.localhost:1"}, body, opener)
    own = fetch(url, headers | {"Origin": f"http://{host}", "Referer": f"http://{host}/admin/login/"}, body, opener)
    print("login by", form, "foreign", foreign[0], "own", own[0], title(own[2]), signed["token"] in own[1])

# A WebSocket with the origin of its page.
link = api(3001, "preview-url")
host = urllib.parse.urlsplit(link["url"]).netloc
line = socket.create_connection(host.split(":"))
key = base64.b64encode(os.urandom(16)).decode()
line.sendall(
    f"GET /ws HTTP/1.1\r\nHost: {host}\r\nOrigin: {link['url']}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\nX-Daytona-Preview-Token: {link['token']}\r\n\r\n".encode()
)
line.settimeout(10)
said = b""
while b"True" not in said and b"False" not in said:
    said += line.recv(4096)
print("socket", said.split(b"\r\n")[0].decode(), "its own origin", b"True" in said)
