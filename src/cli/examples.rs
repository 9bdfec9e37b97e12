//! The examples below each command's help.

pub(super) const ROOT: &str = "\
Examples:
  daytona run -- python3 -c 'print(6 * 7)'
  daytona create --name demo && daytona exec demo -- uname -a
  daytona mcp init claude

More: `daytona COMMAND --help`, `daytona help options`, `daytona help environment`,
`daytona help exit-codes`";

pub(super) const SANDBOX: &str = "\
Examples:
  daytona sandbox list
  daytona sandbox create --name demo";

pub(super) const RUN: &str = "\
Examples:
  daytona run -- python3 -c 'print(6 * 7)'
  daytona run --env NAME=you 'echo hello $NAME'
  daytona run -it -- python3
  daytona run --keep --name build -- touch artifact

The exit code is the command's; 125 where daytona failed, 124 after --timeout, 130 after Ctrl-C.";

pub(super) const CREATE: &str = "\
Examples:
  daytona create --name demo
  daytona create --env A=1 --label team=core --ttl 60 --memory 4
  ID=$(daytona create -q)";

pub(super) const LIST: &str = "\
Examples:
  daytona list --state started --label team=core
  daytona list --json=id,name,state
  daytona list -q --label team=core | xargs -r daytona delete";

pub(super) const INFO: &str = "\
Examples:
  daytona info demo
  daytona info demo --json=state,errorReason";

pub(super) const START: &str = "\
Examples:
  daytona start demo
  daytona start demo --timeout 300";

pub(super) const STOP: &str = "\
Examples:
  daytona stop demo
  daytona stop demo --force";

pub(super) const PAUSE: &str = "\
Examples:
  daytona pause demo
  daytona resume demo";

pub(super) const RESUME: &str = "\
Examples:
  daytona resume demo
  daytona pause demo";

pub(super) const FORK: &str = "\
Examples:
  daytona fork demo --name attempt-2
  ID=$(daytona fork demo -q)";

pub(super) const RESIZE: &str = "\
Examples:
  daytona resize demo --cpu 2 --memory 4
  daytona stop demo && daytona resize demo --disk 20";

pub(super) const UPDATE: &str = "\
Examples:
  daytona update demo --label team=core --remove-label old --auto-stop 60";

pub(super) const SSH: &str = "\
Examples:
  daytona ssh demo -- uptime";

pub(super) const ARCHIVE: &str = "\
Examples:
  daytona stop demo && daytona archive demo";

pub(super) const RECOVER: &str = "\
Examples:
  daytona recover demo
  daytona recover demo --skip-start";

pub(super) const DELETE: &str = "\
Examples:
  daytona delete demo
  daytona delete demo build --ignore-not-found
  daytona delete --label team=core --state stopped --yes";

pub(super) const EXEC: &str = "\
Examples:
  daytona exec demo -- ls -la /tmp
  daytona exec demo 'cd /tmp && ls | wc -l'
  tar c src | daytona exec -i demo -- tar x
  daytona exec -it demo -- vi notes.txt

The exit code is the command's; 125 where daytona failed, 124 after --timeout, 130 after Ctrl-C.";

pub(super) const CODE: &str = "\
Examples:
  daytona code run plot.py
  daytona code run --sandbox demo server.ts";

pub(super) const CODE_RUN: &str = "\
Examples:
  daytona code run -i sum.py < numbers.txt
  daytona code run --sandbox demo server.ts
  git show HEAD:job.mjs | daytona code run - --language javascript --timeout 60

The program is written to a file where commands begin in the sandbox, and deleted when it ends.
The exit code is the program's; 125 where daytona failed, 124 after --timeout, 130 after Ctrl-C.";

pub(super) const LOGS: &str = "\
Examples:
  daytona logs demo
  daytona logs demo --session build --follow
  daytona logs demo --session build --command 5f0c2a --json=stdout

Sessions are what SDKs run commands in; `daytona exec` prints what its command writes itself.";

pub(super) const SHELL: &str = "\
Examples:
  daytona shell demo
  daytona create --name demo && daytona shell demo

The exit code is the shell's.";

pub(super) const CP: &str = "\
Examples:
  daytona cp src demo:project
  daytona cp demo:project/report.html .
  tar c . | daytona cp - demo:/tmp/all.tar";

pub(super) const SNAPSHOT: &str = "\
Examples:
  daytona snapshot create base --sandbox demo
  daytona create --snapshot base
  daytona snapshot list";

pub(super) const SNAPSHOT_CREATE: &str = "\
Examples:
  daytona snapshot create base --sandbox demo
  daytona snapshot create py --image python:3.13-slim --memory 2
  daytona snapshot create mine --from ./rootfs.tar.gz

Layers are shared on disk by all snapshots and sandboxes that have them.";

pub(super) const SNAPSHOT_LIST: &str = "\
Examples:
  daytona snapshot list
  daytona snapshot list --all --json=name,state";

pub(super) const SNAPSHOT_INFO: &str = "\
Examples:
  daytona snapshot info base
  daytona snapshot info base --json=state,errorReason";

pub(super) const SNAPSHOT_DELETE: &str = "\
Examples:
  daytona snapshot delete base
  daytona snapshot delete --all --yes";

pub(super) const SNAPSHOT_ACTIVATE: &str = "\
Examples:
  daytona snapshot activate base
  daytona snapshot deactivate base";

pub(super) const SNAPSHOT_DEACTIVATE: &str = "\
Examples:
  daytona snapshot deactivate base
  daytona snapshot activate base";

pub(super) const SNAPSHOT_PUSH: &str = "\
Examples:
  daytona snapshot push my-app:1 --name my-app
  docker save my-app:1 | daytona snapshot create my-app --from -";

pub(super) const TEMPLATE: &str = "\
Examples:
  daytona template save web --sandbox demo
  daytona create --template web --name web-2

Templates are files of yours, one each, beside the configuration file; no server knows of them.";

pub(super) const TEMPLATE_SAVE: &str = "\
Examples:
  daytona template save web --sandbox demo --with-env
  daytona template save small --snapshot base --cpu 1 --memory 1 --auto-stop 10
  daytona template save web --sandbox demo --secret DB_PASSWORD=db --replace

Environment variables are kept with --with-env only, as they are. Secrets are kept by their names;
a sandbox does not tell which it has: name them.";

pub(super) const TEMPLATE_LIST: &str = "\
Examples:
  daytona template list
  daytona template list -q";

pub(super) const TEMPLATE_INFO: &str = "\
Examples:
  daytona template info web
  daytona template info web --json=create";

pub(super) const TEMPLATE_DELETE: &str = "\
Examples:
  daytona template delete web
  daytona template delete web small --ignore-not-found";

pub(super) const WAIT: &str = "\
Examples:
  daytona wait demo
  daytona wait demo --for stopped --timeout 300";

pub(super) const PREVIEW_URL: &str = "\
Examples:
  daytona preview-url demo --port 3000
  curl \"$(daytona preview-url demo -p 3000 --expires 60)\"
  daytona preview-url demo -p 3000 --unsigned --json

Whoever has the URL can use it until it expires.";

pub(super) const VOLUME: &str = "\
Examples:
  daytona volume create data
  daytona create --name demo --volume data:/data
  daytona volume delete data";

pub(super) const VOLUME_CREATE: &str = "\
Examples:
  daytona volume create data
  ID=$(daytona volume create cache -q)";

pub(super) const VOLUME_LIST: &str = "\
Examples:
  daytona volume list
  daytona volume list --json=name,state";

pub(super) const VOLUME_INFO: &str = "\
Examples:
  daytona volume info data
  daytona volume info data --json=id,lastUsedAt";

pub(super) const VOLUME_DELETE: &str = "\
Examples:
  daytona volume delete data
  daytona volume delete data cache --ignore-not-found
  daytona volume delete --all --yes

A volume that a sandbox has is not deleted.";

pub(super) const SECRET: &str = "\
Examples:
  daytona secret create db < password.txt
  daytona create --name demo --secret DB_PASSWORD=db
  daytona secret delete db

In sandboxes of the local engine a secret is a plain environment variable. Daytona Cloud shows a
placeholder there, and puts the value into requests to the hosts of the secret.";

pub(super) const SECRET_CREATE: &str = "\
Examples:
  daytona secret create db
  pass show db | daytona secret create db --description 'the database'
  daytona secret create api --file key.txt --host api.example.com";

pub(super) const SECRET_LIST: &str = "\
Examples:
  daytona secret list
  daytona secret list --json=name,updatedAt";

pub(super) const SECRET_DELETE: &str = "\
Examples:
  daytona secret delete db
  daytona secret delete db api --ignore-not-found";

pub(super) const API_KEY: &str = "\
Examples:
  daytona api-key create ci --permission write:sandboxes --ttl 60
  daytona api-key list
  daytona api-key delete ci

Daytona Cloud lets a login manage keys, not a key; the local engine only its own key.";

pub(super) const API_KEY_CREATE: &str = "\
Examples:
  daytona api-key create watcher
  daytona api-key create ci --permission write:sandboxes --permission delete:sandboxes --ttl 1440

Permissions: write:registries, delete:registries, write:snapshots, delete:snapshots,
write:sandboxes, delete:sandboxes, read:volumes, write:volumes, delete:volumes, write:regions,
delete:regions, read:runners, write:runners, delete:runners, read:audit_logs, manage:api_keys,
manage:secrets, read:limits, manage:sso, read:billing, manage:billing";

pub(super) const API_KEY_LIST: &str = "\
Examples:
  daytona api-key list
  daytona api-key list --json=name,lastUsedAt,expiresAt";

pub(super) const API_KEY_DELETE: &str = "\
Examples:
  daytona api-key delete ci
  daytona api-key delete ci watcher --ignore-not-found";

pub(super) const MCP: &str = "\
Examples:
  daytona mcp init claude
  daytona mcp status
  daytona mcp start";

const MCP_INIT: &str = "\
Examples:
  daytona mcp init
  daytona mcp init claude-code codex --verify
  daytona mcp init cursor --project --dry-run
  daytona mcp init --all --remove

One entry is written to the agent's file; the rest of it stays as it is, and no secret is written.";

/// With the names of the agents, which are kept elsewhere.
pub(super) fn mcp_init() -> String {
    format!("{}\n{MCP_INIT}", super::mcp_agents::names())
}

pub(super) const MCP_STATUS: &str = "\
Examples:
  daytona mcp status
  daytona mcp status --json=agent,state,file

Every configured command is started with a bare environment and asked for its tools. Exit code 1 where
one does not answer.";

pub(super) const MCP_START: &str = "\
Examples:
  daytona mcp start
  daytona --local mcp start --toolsets sandbox,exec,files
  daytona mcp start --read-only
  daytona mcp start --scope name=agent- --scope sandboxes=5 --scope deletions=10 --confirm always

Each flag has a variable of its own: `daytona help environment`.";

pub(super) const MCP_TOOLS: &str = "\
Examples:
  daytona mcp tools
  daytona mcp tools --toolsets all --json=name,group
  daytona mcp tools --read-only";

pub(super) const MCP_CONFIG: &str = "\
Examples:
  daytona mcp config > .mcp.json
  daytona mcp config --agent codex
  daytona mcp config --agent cursor --link";

pub(super) const SERVE: &str = "\
Examples:
  daytona serve
  eval \"$(daytona serve --print-env)\"
  daytona serve --stop";

pub(super) const DOCTOR: &str = "\
Examples:
  daytona doctor
  daytona doctor --json";

pub(super) const CONFIG: &str = "\
Examples:
  daytona config show
  DAYTONA_API_KEY=x daytona config show --json";

pub(super) const COMPLETION: &str = "\
Examples:
  mkdir -p ~/.local/share/bash-completion/completions
  daytona completion bash > ~/.local/share/bash-completion/completions/daytona
  mkdir -p ~/.zfunc && daytona completion zsh > ~/.zfunc/_daytona
  mkdir -p ~/.config/fish/completions
  daytona completion fish > ~/.config/fish/completions/daytona.fish

zsh looks there if ~/.zshrc has, before `compinit`: `fpath+=~/.zfunc`. Completions know commands, flags, values and
the names of sandboxes, snapshots, volumes and templates. They never start the local engine.";

pub(super) const MAN: &str = "\
Examples:
  daytona man --out ~/.local/share/man/man1
  daytona man --out ./man";

pub(super) const VERSION: &str = "\
Examples:
  daytona version
  daytona version --json";

pub(super) const HELP: &str = "\
Examples:
  daytona help exec
  daytona help exit-codes
  daytona help options";
