"""Sandboxes and snapshots through the official Python SDK: their states, copies, lists, addresses, errors."""

import os
import sys
import urllib.error
import urllib.request

from daytona import CreateSandboxFromSnapshotParams, Daytona, DaytonaConfig, ListSandboxesQuery, Resources

daytona = Daytona()


def refused(what, call):
    try:
        call()
        print(what, "was not refused")
    except Exception as error:
        print(what, type(error).__name__, getattr(error, "status_code", None))


def make(**wanted):
    return daytona.create(CreateSandboxFromSnapshotParams(**wanted))


def run(box, command):
    return box.process.exec(command).result.strip()


def names(**query):
    return sorted(item.name for item in daytona.list(ListSandboxesQuery(**query)))


box = make(name="py", labels={"team": "a"}, auto_stop_interval=0)
for name in ("page-1", "page-2", "page-3"):
    make(name=name, labels={"team": "pages"})
print("by label", names(labels={"team": "pages"}), "in pages", len(names(limit=1, name="page-")))
for name in ("page-1", "page-2", "page-3"):
    daytona.get(name).delete()
refused("unknown", lambda: daytona.get("nobody"))
refused("taken", lambda: make(name="py"))
refused("wrong key", lambda: Daytona(DaytonaConfig(api_key="wrong", api_url=os.environ["DAYTONA_API_URL"])).get("py"))

box.process.exec("echo kept > kept")
child = (box.fork if hasattr(box, "fork") else box._experimental_fork)(name="py-child")
print("forked", child.name, run(child, "cat kept"))
child.stop()
child.resize(Resources(cpu=1, memory=2))
print("resized", child.cpu, child.memory, child.state.value)
child.archive()
child.refresh_data()
print("archived", child.state.value)
child.delete()
box.pause()
print("paused", box.state.value)
box.start()
(box.create_snapshot if hasattr(box, "create_snapshot") else box._experimental_create_snapshot)("py-snapshot")
print("snapshot", daytona.snapshot.get("py-snapshot").state.value, box.state.value)
other = make(snapshot="py-snapshot")
print("from it", run(other, "cat kept"))
other.delete()
daytona.snapshot.delete(daytona.snapshot.get("py-snapshot"))
refused("no snapshot", lambda: make(snapshot="py-snapshot"))


def fetched(url):
    try:
        with urllib.request.urlopen(url) as reply:
            return reply.status, reply.read()
    except urllib.error.HTTPError as error:
        return error.code, b""


box.fs.upload_file(b"a file", "signed.txt")
url = box.download_url("signed.txt")
print("file", fetched(url))
box.rotate_signing_key()
print("rotated", fetched(url)[0])
signed = box.create_signed_preview_url(8000, 60)
print("signed", signed.port, signed.token in signed.url)
box.delete()
print("left", names())
sys.stdout.flush()
os._exit(0)
