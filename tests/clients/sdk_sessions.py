"""What a session of the official Python SDK survives, and what goes on from one command to the next."""

import time

from daytona import Daytona, SessionExecuteRequest

sandbox = Daytona().create()
process = sandbox.process


def run(session, command):
    done = process.execute_session_command(session, SessionExecuteRequest(command=command))
    return done.exit_code, (done.stdout or "").strip(), (done.stderr or "").strip()


def later(session, command):
    begun = process.execute_session_command(session, SessionExecuteRequest(command=command, run_async=True))
    for _ in range(200):
        code = process.get_session_command(session, begun.cmd_id).exit_code
        if code is not None:
            logs = process.get_session_command_logs(session, begun.cmd_id)
            return code, (logs.stdout or "").strip(), (logs.stderr or "").strip()
        time.sleep(0.05)
    return "no end"


for number, way in enumerate([run, later]):
    session = f"s{number}"
    process.create_session(session)
    way(session, "cd /var; export A='it is'; plain=2; f() { echo fun; }")
    for command in [
        'echo "unfinished',
        "exit 3",
        "cd /no/such/folder",
        "set -e; false",
        "set -u; echo $unset",
        "mkdir /tmp/gone; cd /tmp/gone; rmdir /tmp/gone; cd /var",
        "rm -rf /run/daytona",
        "cd /tmp; exit 0",
    ]:
        code, out, err = way(session, command)
        after = way(session, "echo $A $plain; pwd; f")
        print(way.__name__, repr(command), code, "named" if "/no/such" in err or "unset" in err else bool(err), after)
    code, out, err = way(session, "kill -9 $$")
    print("killed", code, "without its folder" in err, way(session, "pwd"))

# Many at once: those behind the one that ends the shell run all the same.
process.create_session("queue")
begun = [
    process.execute_session_command("queue", SessionExecuteRequest(command=command, run_async=True)).cmd_id
    for command in ["sleep 0.3", "exit 7", "echo one", 'echo "', "echo two", "exit 8", "echo three"]
]
codes = []
for command in begun:
    while (code := process.get_session_command("queue", command).exit_code) is None:
        time.sleep(0.02)
    codes.append(code)
print(codes, [process.get_session_command_logs("queue", begun[index]).stdout for index in (2, 4, 6)])

# What is left in the background is not waited for, and lives on.
clock = time.monotonic()
ran = process.exec("(sleep 0.2; echo late >/tmp/late; sleep 60) & echo started")
print(ran.exit_code, repr(ran.result), time.monotonic() - clock < 5)
time.sleep(0.5)
print(process.exec("cat /tmp/late; pgrep -c sleep").result.split())
print(repr(process.exec("exec > >(cat); echo through").result))
ran = process.exec("pwd", cwd="/no/such/folder")
print(ran.exit_code, ran.result)
sandbox.delete()
