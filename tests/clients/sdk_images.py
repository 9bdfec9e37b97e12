"""Images through the official SDK: logs of their builds, what was sent, and those that cannot be had."""

import os
import sys

from daytona import CreateSandboxFromImageParams, CreateSandboxFromSnapshotParams
from daytona import CreateSnapshotParams, Daytona, DaytonaConfig, Image

image, missing, closed = sys.argv[1:]
daytona = Daytona()


def told(lines):
    def short(line):
        return line.replace(image, "IMAGE").split(" layer ")[0]

    return [short(part) for line in lines for part in line.splitlines() if not part.startswith(("layer ", "unpacking "))]


logs = []
recipe = Image.base(image).env({"WHO": "me"}).workdir("/srv")
box = daytona.create(CreateSandboxFromImageParams(name="built", image=recipe), on_snapshot_create_logs=logs.append)
print("built", box.state.value, box.process.exec("echo $WHO $PWD").result.strip())
print("told", told(logs))
print("what was sent", box.build_info.dockerfile_content == recipe.dockerfile(), box.build_info.snapshot_ref != "")

again = daytona.create(CreateSandboxFromImageParams(name="again", image=image))
print("again", again.state.value)

for name, what in [("missing", missing), ("closed", closed)]:
    try:
        daytona.create(CreateSandboxFromImageParams(name=name, image=what))
    except Exception as error:
        print(name, type(error).__name__, "build_failed" in str(error).lower(), what in str(error))
    left = daytona.get(name)
    print("left", left.state.value, what in left.error_reason)
    left.delete()

logs = []
snapshot = daytona.snapshot.create(CreateSnapshotParams(name="snap", image=recipe), on_logs=logs.append)
print("snapshot", snapshot.state.value, snapshot.build_info.dockerfile_content == recipe.dockerfile())
print("told", logs[0], "|", logs[-1])
try:
    daytona.snapshot.create(CreateSnapshotParams(name="none", image=Image.base(missing)))
except Exception as error:
    print("no snapshot", type(error).__name__, missing in str(error))

elsewhere = Daytona(DaytonaConfig(api_key=os.environ["DAYTONA_API_KEY"], api_url=os.environ["DAYTONA_API_URL"], target="us"))
theirs = elsewhere.create(CreateSandboxFromSnapshotParams(name="theirs", snapshot="daytona-small"))
print("theirs", theirs.snapshot, theirs.target, theirs.process.exec("echo hi").result.strip())
for one in [box, again, theirs]:
    one.delete()
