"""The asynchronous official Python SDK: lifecycle, commands, files, sessions, terminals, the interpreter."""

import asyncio
import os
import sys

from daytona import (
    AsyncDaytona,
    CreateSandboxFromSnapshotParams,
    DaytonaNotFoundError,
    DaytonaTimeoutError,
    FileUpload,
    SessionExecuteRequest,
)
from daytona.common.pty import PtySize


async def main():
    async with AsyncDaytona() as daytona:
        box = await daytona.create(CreateSandboxFromSnapshotParams(name="async", labels={"team": "a"}, env_vars={"WHO": "me"}))
        print("created", box.name, box.state.value)
        await box.stop()
        await box.start()
        print("started", box.state.value, [item.name async for item in daytona.list()])

        ran = await box.process.exec("echo $WHO; exit 3")
        print("exec", ran.exit_code, ran.result.strip())
        ran = await box.process.code_run("print(6 * 7)")
        print("code", ran.exit_code, ran.result.strip())
        side_by_side = await asyncio.gather(*(box.process.exec(f"sleep 0.3; echo {number}") for number in range(8)))
        print("gathered", [reply.result.strip() for reply in side_by_side])

        await box.fs.upload_file(b"one", "work/one")
        await box.fs.upload_files([FileUpload(source=b"x" * (5 << 20), destination="work/big")])
        print("files", [file.name for file in await box.fs.list_files("work")], await box.fs.download_file("work/one"))
        print("big", len(await box.fs.download_file("work/big")))
        try:
            await box.fs.get_file_info("work/none")
        except DaytonaNotFoundError as error:
            print("missing", type(error).__name__)

        await box.process.create_session("s")
        begun = await box.process.execute_session_command("s", SessionExecuteRequest(command="echo out; sleep 0.2; echo err >&2", run_async=True))
        out, err = [], []
        await box.process.get_session_command_logs_async("s", begun.cmd_id, out.append, err.append)
        print("logs", repr("".join(out)), repr("".join(err)))
        done = await box.process.execute_session_command("s", SessionExecuteRequest(command="cd /tmp; pwd"))
        print("session", done.exit_code, repr(done.stdout))
        await box.process.delete_session("s")

        seen = []
        handle = await box.process.create_pty_session(id="t", pty_size=PtySize(cols=90, rows=20), on_data=seen.append)
        await handle.wait_for_connection()
        await handle.send_input("stty size; exit 3\n")
        ended = await handle.wait()
        print("pty", ended.exit_code, "20 90" in b"".join(seen).decode())

        interpreter = box.code_interpreter
        await interpreter.run_code("x = 41")
        result = await interpreter.run_code("print(x + 1)\ny")
        print("interpreter", repr(result.stdout), result.error.name)
        try:
            await interpreter.run_code("import time; time.sleep(60)", timeout=1)
            print("no timeout")
        except DaytonaTimeoutError as error:
            print("interrupted", type(error).__name__)

        await box.delete()
        try:
            await daytona.get("async")
            print("still there")
        except DaytonaNotFoundError:
            print("gone")


asyncio.run(main())
sys.stdout.flush()
os._exit(0)
