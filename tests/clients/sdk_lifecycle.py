"""The official Python SDK against our engine, with nothing but its two environment variables."""

import os
import sys

from daytona import CreateSandboxFromSnapshotParams, Daytona, DaytonaNotFoundError

assert set(name for name in os.environ if name.startswith("DAYTONA")) == {"DAYTONA_API_KEY", "DAYTONA_API_URL"}

daytona = Daytona()
sandbox = daytona.create(CreateSandboxFromSnapshotParams(name="from-sdk", labels={"team": "a"}, env_vars={"GREETING": "hello"}))
print("created", sandbox.name, sandbox.state.value)
reply = sandbox.process.exec("echo $GREETING; exit 3")
print("exec", reply.exit_code, reply.result.strip())
print("listed", [item.name for item in daytona.list()])
print("found", daytona.get("from-sdk").id == sandbox.id)
try:
    sandbox.process.exec("sleep 10", timeout=1)
    print("no timeout")
except Exception as error:
    print("timeout", "timeout" in str(error).lower())
sandbox.stop()
print("stopped", sandbox.state.value)
sandbox.start()
print("started", sandbox.state.value)
sandbox.set_labels({"team": "b"})
sandbox.delete()
try:
    daytona.get("from-sdk")
    print("still there")
except DaytonaNotFoundError:
    print("gone")
sys.stdout.flush()
os._exit(0)
