"""Volumes and secrets with the official Python SDK: shared data, what outlives a sandbox, errors by class."""

import os
import sys

from daytona import (
    CreateSandboxFromSnapshotParams,
    CreateSecretParams,
    Daytona,
    VolumeMount,
)

daytona = Daytona()


def refused(what, call):
    try:
        call()
        print(what, "was not refused")
    except Exception as error:
        # The older SDK lets some errors through as its generated client raises them.
        kind = type(error).__name__.removeprefix("Daytona").removesuffix("Exception").removesuffix("Error")
        text = getattr(error, "body", None) or str(error)
        print(what, kind, "in use" in text)


def make(name, *mounts, secrets=None):
    volumes = [VolumeMount(volume_id=volume, mount_path=path, subpath=subpath) for volume, path, subpath in mounts]
    params = CreateSandboxFromSnapshotParams(name=name, volumes=volumes, secrets=secrets)
    return daytona.create(params)


def run(sandbox, command):
    return sandbox.process.exec(command).result.strip()


volume = daytona.volume.create("sdk-data")
print("created", volume.name, volume.state.value)
print("got", daytona.volume.get("sdk-data").id == volume.id, daytona.volume.get("sdk-other", create=True).name)
print("listed", sorted(item.name for item in daytona.volume.list()))

one = make("sdk-one", (volume.id, "/data", None))
two = make("sdk-two", ("sdk-data", "/mnt/team", "team/a"))
print("mounted", [(item.volume_id == volume.id, item.mount_path, item.subpath) for item in two.volumes])
print(run(two, "echo from two > /mnt/team/note; ls /mnt/team"))
print(run(one, "cat /data/team/a/note"))
refused("delete in use", lambda: daytona.volume.delete(volume))
one.delete()
two.delete()
three = make("sdk-three", ("sdk-data", "/again", "team"))
print("survived", run(three, "cat /again/a/note"))
three.delete()

refused("unknown volume", lambda: make("sdk-bad", ("none", "/x", None)))
refused("bad path", lambda: make("sdk-bad", ("sdk-data", "/etc/x", None)))
refused("bad subpath", lambda: make("sdk-bad", ("sdk-data", "/x", "../y")))
refused("taken name", lambda: daytona.volume.create("sdk-data"))
for name in ("sdk-data", "sdk-other"):
    daytona.volume.delete(daytona.volume.get(name))
refused("gone", lambda: daytona.volume.get("sdk-data"))

secret = daytona.secret.create(CreateSecretParams(name="sdk-secret", value="hunter2", hosts=["api.example"]))
print("secret", secret.name, secret.hosts, hasattr(secret, "value"))
box = make("sdk-box", secrets={"TOKEN": "sdk-secret"})
print("inside", run(box, "echo $TOKEN"))
box.update_secrets({"OTHER": "sdk-secret"})
print("updated", run(box, "echo -$TOKEN- $OTHER"))
box.update_secrets({})
print("detached", run(box, "echo -$TOKEN- -$OTHER-"))
page = daytona.secret.list(limit=1)
print("secrets", [item.name for item in page.items], page.total, page.next_cursor)
refused("unknown secret", lambda: make("sdk-bad", secrets={"X": "none"}))
daytona.secret.delete(secret.id)
refused("gone", lambda: daytona.secret.get(secret.id))
box.delete()
sys.stdout.flush()
os._exit(0)
