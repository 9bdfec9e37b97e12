"""Frameworks with a backend for Daytona, each through its own sandbox code, without a model."""

import asyncio
import io
import sys
import tempfile
from pathlib import Path

image = sys.argv[2]


async def openai_agents():
    from agents.extensions.sandbox.daytona import DaytonaSandboxClient, DaytonaSandboxClientOptions

    async with DaytonaSandboxClient() as client:
        options = DaytonaSandboxClientOptions(name="agents", env_vars={"WHO": "me"}, exposed_ports=(8000,))
        session = await client.create(options=options)
        async with session:
            done = await session.exec("sh", "-c", "echo $WHO; echo wrong >&2; exit 3", shell=False)
            print("exec", done.exit_code, done.stdout, done.stderr)
            await session.write(Path("a/b.txt"), io.BytesIO(b"written"))
            print("read", (await session.read(Path("a/b.txt"))).read())
            endpoint = await session.resolve_exposed_port(8000)
            print("port", endpoint.port > 0)
            archive = await session.persist_workspace()
            print("archive", len(archive.read()) > 0)
        await client.delete(session)


async def harbor():
    import logging

    from harbor.environments.daytona import DaytonaEnvironment
    from harbor.models.task.config import EnvironmentConfig
    from harbor.models.trial.paths import TrialPaths

    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as top:
        top = Path(top)
        (top / "environment").mkdir()
        (top / "environment/Dockerfile").write_text(f"FROM {image}\nWORKDIR /srv\n")
        paths = TrialPaths(trial_dir=top / "trial")
        paths.mkdir()
        environment = DaytonaEnvironment(
            environment_dir=top / "environment",
            environment_name="harbor-task",
            session_id="harbor-1",
            trial_paths=paths,
            task_env_config=EnvironmentConfig(cpus=1, memory_mb=1024, storage_mb=3072),
        )
        await environment.start(force_build=False)
        done = await environment.exec("echo $WHO; pwd; exit 3", env={"WHO": "me"})
        print("exec", done.return_code, repr(done.stdout))
        many = await asyncio.gather(*(environment.exec(f"echo {number}") for number in range(8)))
        print("many", [one.stdout.strip() for one in many])
        (top / "up").mkdir()
        (top / "up/file").write_text("sent")
        await environment.upload_dir(top / "up", "/tmp/up")
        await environment.exec("cat /tmp/up/file > /tmp/out; echo back >> /tmp/out")
        await environment.download_file("/tmp/out", top / "down")
        print("files", (top / "down").read_text())
        await environment.stop(delete=True)


async def inspect():
    from inspect_sandboxes.daytona._daytona import DaytonaSandboxEnvironment

    with tempfile.TemporaryDirectory() as top:
        recipe = Path(top) / "Dockerfile"
        recipe.write_text(f"FROM {image}\n")
        for config in [None, str(recipe)]:
            await DaytonaSandboxEnvironment.task_init("task", config)
            boxes = await DaytonaSandboxEnvironment.sample_init("task", config, {})
            box = boxes["default"]
            if config is None:
                done = await box.exec(["sh", "-c", "cat; echo $WHO; echo wrong >&2; exit 3"], input="in ", env={"WHO": "me"})
                print("exec", done.returncode, repr(done.stdout), repr(done.stderr))
                try:
                    await box.exec(["sleep", "30"], timeout=1, timeout_retry=False)
                except TimeoutError:
                    print("timeout")
            await box.write_file("/tmp/deep/file", "written")
            print("read", await box.read_file("/tmp/deep/file"))
            try:
                await box.read_file("/tmp/none")
            except FileNotFoundError:
                print("no such file")
            await DaytonaSandboxEnvironment.sample_cleanup("task", config, boxes, False)
            await DaytonaSandboxEnvironment.task_cleanup("task", config, True)


asyncio.run({"openai-agents": openai_agents, "harbor": harbor, "inspect": inspect}[sys.argv[1]]())
