"""The Python client `mcp` drives the whole lifecycle. Arguments: protocol mode, then the command."""

import asyncio
import sys
import time

import anyio
import mcp_types as types
from mcp import Client
from mcp.client.stdio import StdioServerParameters

mode, command = sys.argv[1], sys.argv[2:]


async def call(client, tool, **arguments):
    result = await client.call_tool(tool, arguments)
    if result.is_error:
        raise SystemExit(f"{tool} failed: {result.content[0].text}")
    return result.structured_content


answers = []


async def ask(context, params):
    """The user, who says no first and yes then."""
    answers.append(params.message.split(" (")[0])
    yes = len(answers) > 1
    return types.ElicitResult(action="accept" if yes else "decline", content={"confirm": True} if yes else None)


async def main():
    server = StdioServerParameters(command=command[0], args=command[1:], env=None)
    async with Client(server, mode=mode, read_timeout_seconds=60, elicitation_callback=ask) as client:
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
        declined = await client.call_tool("destroy_sandbox", {"id": "theirs"})
        print("declined", declined.is_error, "unconfirmed" in declined.content[0].text)
        confirmed = await call(client, "destroy_sandbox", id="theirs")
        print("confirmed", confirmed["deleted"], answers)
        own = await call(client, "run_code", code="print(6 * 7)")
        print("own", own["stdout"].strip())
        beats = []

        async def beat(progress, total, message):
            beats.append(message)

        await client.call_tool("execute_command", {"command": "echo hello; sleep 11"}, progress_callback=beat)
        print("heard", len(beats) >= 2, any("hello" in (message or "") for message in beats))
        template = (await client.list_resource_templates()).resource_templates[0]
        print("resources", template.uri_template, len((await client.list_resources()).resources))
        read = await client.read_resource(f"sandbox://{box['id']}/file/etc/passwd")
        print("read", read.contents[0].mime_type)
        prompt = await client.get_prompt("diagnose_sandbox", {"sandbox": "x"})
        print("prompt", "sandbox x" in prompt.messages[0].content.text)
        await call(client, "destroy_sandbox", id=box["id"])
        listed = await call(client, "list_sandboxes", name=f"mcp-{mode}")
        print("left", [item["name"] for item in listed["items"]])


asyncio.run(main())
