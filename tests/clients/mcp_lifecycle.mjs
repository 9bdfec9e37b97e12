// The npm client drives the whole lifecycle. Arguments: protocol mode, then the command.
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";

const [mode, command, ...args] = process.argv.slice(2);
const versionNegotiation = { mode: mode.startsWith("20") ? { pin: mode } : mode };
const capabilities = { elicitation: { form: {} } };
const client = new Client({ name: "test", version: "1" }, { capabilities, versionNegotiation });
const asked = [];
client.setRequestHandler("elicitation/create", async (request) => {
  asked.push(request.params.message.split(" (")[0]);
  return asked.length > 1 ? { action: "accept", content: { confirm: true } } : { action: "decline" };
});
await client.connect(new StdioClientTransport({ command, args, env: process.env }));

async function call(name, input) {
  const result = await client.callTool({ name, arguments: input });
  if (result.isError) throw new Error(`${name} failed: ${result.content[0].text}`);
  return result.structuredContent;
}

const { tools } = await client.listTools();
console.log("tools", tools.map((tool) => tool.name).join(" "));
const box = await call("create_sandbox", { name: `npm-${mode}` });
console.log("created", box.name, box.state);
const ran = await call("execute_command", { id: box.name, command: "echo a; echo b >&2; exit 3" });
console.log("ran", ran.exitCode, ran.stdout.trim(), ran.stderr.trim());
console.log("stopped", (await call("stop_sandbox", { id: box.id })).state);
console.log("started", (await call("start_sandbox", { id: box.id })).state);
const begun = Date.now();
await Promise.all(Array.from({ length: 8 }, () => call("execute_command", { id: box.id, command: "sleep 1" })));
console.log("8 × sleep 1 side by side under 2 s", Date.now() - begun < 2000);
const count = "cat /proc/[0-9]*/cmdline | tr '\\0' ' ' | grep -c 'cancelled 6[0]'";
const running = async () => (await call("execute_command", { id: box.id, command: count })).stdout.trim();
const after = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const abort = new AbortController();
const sleep = { name: "execute_command", arguments: { id: box.id, command: "exec -a cancelled sleep 60" } };
const sleeping = client.callTool(sleep, { signal: abort.signal }).catch(() => {});
await after(500);
console.log("running before cancelling", await running());
abort.abort();
await sleeping;
await after(1000);
console.log("running after cancelling", await running());
const declined = await client.callTool({ name: "destroy_sandbox", arguments: { id: "theirs" } });
console.log("declined", declined.isError, declined.content[0].text.includes("unconfirmed"));
console.log("confirmed", (await call("destroy_sandbox", { id: "theirs" })).deleted, asked.length);
console.log("own", (await call("run_code", { code: "print(6 * 7)" })).stdout.trim());
await call("destroy_sandbox", { id: box.id });
console.log("left", (await call("list_sandboxes", { name: `npm-${mode}` })).items.length);
await client.close();
