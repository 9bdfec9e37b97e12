"""Programs through the official Python SDK: code, sessions, terminals, the interpreter."""

import asyncio
import os
import sys

from daytona import CreateSandboxFromSnapshotParams, Daytona, DaytonaTimeoutError, SessionExecuteRequest
from daytona.common.process import CodeRunParams
from daytona.common.pty import PtySize

daytona = Daytona()
sandbox = daytona.create(CreateSandboxFromSnapshotParams(env_vars={"GREETING": "hello"}))
process = sandbox.process

ran = process.code_run("import os, sys; print(os.environ['GREETING'], sys.argv[1:])", CodeRunParams(argv=["a b"]))
print("code", ran.exit_code, ran.result.strip())
ran = process.code_run("raise ValueError('boom')")
print("error", ran.exit_code, "ValueError: boom" in ran.result)
try:
    process.code_run("import time; time.sleep(60)", timeout=1)
    print("no timeout")
except Exception as error:
    print("timeout", type(error).__name__)

process.create_session("s")
first = process.execute_session_command("s", SessionExecuteRequest(command="cd /tmp; export A=1; echo out; echo err >&2"))
print("session", first.exit_code, repr(first.stdout), repr(first.stderr))
second = process.execute_session_command("s", SessionExecuteRequest(command="pwd; echo $A"))
print("state", repr(second.stdout))
later = process.execute_session_command("s", SessionExecuteRequest(command="read name; echo hi $name; sleep 0.2; echo oops >&2", run_async=True))
process.send_session_command_input("s", later.cmd_id, "you")
out, err = [], []
asyncio.run(process.get_session_command_logs_async("s", later.cmd_id, out.append, err.append))
print("streamed", repr("".join(out)), repr("".join(err)))
logs = process.get_session_command_logs("s", first.cmd_id)
print("logs", repr(logs.stdout), repr(logs.stderr))
print("command", process.get_session_command("s", later.cmd_id).exit_code)
print("listed", [session.session_id for session in process.list_sessions()], len(process.get_session("s").commands))
process.delete_session("s")
if hasattr(process, "get_entrypoint_session"):
    print("entrypoint", process.get_entrypoint_session().session_id, repr(process.get_entrypoint_logs().stdout))

seen = []
handle = process.create_pty_session(id="t", envs={"WHO": "me"}, pty_size=PtySize(cols=90, rows=20))
handle.wait_for_connection()
handle.send_input("stty size; echo =$WHO=\n")
print("resized", handle.resize(PtySize(cols=100, rows=30)).cols)
handle.send_input("exit 3\n")
result = handle.wait(on_data=seen.append)
text = b"".join(seen).decode()
print("pty", result.exit_code, "=me=" in text, process.list_pty_sessions())
handle.disconnect()
handle = process.create_pty_session(id="t")
handle.wait_for_connection()
handle.kill()
print("killed", handle.wait().exit_code)

interpreter = sandbox.code_interpreter
interpreter.run_code("x = 41")
result = interpreter.run_code("import sys\nprint(x + 1)\nprint('warn', file=sys.stderr)")
print("interpreter", repr(result.stdout), repr(result.stderr), result.error)
context = interpreter.create_context(cwd="/tmp")
result = interpreter.run_code("import os; print(os.getcwd()); y", context=context)
print("context", repr(result.stdout), result.error.name, [item.id == context.id for item in interpreter.list_contexts()])
interpreter.delete_context(context)
try:
    interpreter.run_code("import time; time.sleep(60)", timeout=1)
    print("no timeout")
except DaytonaTimeoutError:
    print("interrupted", interpreter.run_code("print(x)").stdout.strip())

if hasattr(sandbox, "update_env"):
    sandbox.update_env({"LATER": "1"}, unset=["GREETING"])
    print("env", process.exec("echo $LATER-$GREETING").result.strip())
if hasattr(sandbox, "get_metrics_latest"):
    print("metrics", sandbox.get_metrics_latest().cpu_count > 0)
print("dirs", sandbox.get_work_dir(), sandbox.get_user_home_dir())
sandbox.delete()
sys.stdout.flush()
os._exit(0)
