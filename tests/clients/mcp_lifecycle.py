"""The Python client `mcp` drives the whole lifecycle. Arguments: protocol mode, then the command."""

import asyncio
import sys
import time

import anyio
from mcp import Client
from mcp.client.stdio import StdioServerParameters

mode, command = sys.argv[1], sys.argv[2:]


async def call(client, tool, **arguments):
    result = await client.call_tool(tool, arguments)
    if result.is_error:
        raise SystemExit(f"{tool} failed: {result.content[0].text}")
    return result.structured_content


async def main():
    server = StdioServerParameters(command=command[0], args=command[1:], env=None)
    async with Client(server, mode=mode, read_timeout_seconds=60) as client:
        print("protocol", client.protocol_version)
        tools = (await client.list_tools()).tools
        print("tools", " ".join(tool.name for tool in tools))
        box = await call(client, "create_sandbox", name=f"mcp-{mode}")
        print("created", box["name"], box["state"])
        ran = await call(client, "execute_command", id=box["name"], command="echo a; echo b >&2; exit 3")
        print("ran", ran["exitCode"], ran["stdout"].strip(), ran["stderr"].strip())
        listed = await call(client, "list_sandboxes", name="mcp-")
        print("listed", [item["name"] for item in listed["items"]])
        print("stopped", (await call(client, "stop_sandbox", id=box["id"]))["state"])
        print("started", (await call(client, "start_sandbox", id=box["id"]))["state"])
        print("got", (await call(client, "get_sandbox", id=box["id"]))["state"])

        begun = time.monotonic()
        await asyncio.gather(*(call(client, "execute_command", id=box["id"], command="sleep 1") for _ in range(8)))
        print("8 × sleep 1 side by side under 2 s", time.monotonic() - begun < 2)

        async def sleeping():
            count = "cat /proc/[0-9]*/cmdline | tr '\\0' ' ' | grep -c 'cancelled 6[0]'"
            return (await call(client, "execute_command", id=box["id"], command=count))["stdout"].strip()

        async with anyio.create_task_group() as calls:
            calls.start_soon(client.call_tool, "execute_command", {"id": box["id"], "command": "exec -a cancelled sleep 60"})
            await asyncio.sleep(0.5)
            print("running before cancelling", await sleeping())
            calls.cancel_scope.cancel()
        await asyncio.sleep(1)
        print("running after cancelling", await sleeping())

        wrong = await client.call_tool("get_sandbox", {"id": "nobody"})
        print("unknown sandbox", wrong.is_error, '"kind":"not_found"' in wrong.content[0].text)
        wrong = await client.call_tool("get_sandbox", {"id": box["id"], "colour": "red"})
        print("unknown argument", wrong.is_error, "colour" in wrong.content[0].text)
        await call(client, "destroy_sandbox", id=box["id"])
        listed = await call(client, "list_sandboxes", name=f"mcp-{mode}")
        print("left", [item["name"] for item in listed["items"]])


asyncio.run(main())
