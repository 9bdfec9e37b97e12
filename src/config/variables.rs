//! The names of all environment variables, each with one line about it: the source of `daytona help environment`.

pub(super) const API_KEY: &str = "DAYTONA_API_KEY";
pub(super) const JWT_TOKEN: &str = "DAYTONA_JWT_TOKEN";
pub(super) const API_URL: &str = "DAYTONA_API_URL";
pub(super) const SERVER_URL: &str = "DAYTONA_SERVER_URL";
pub(super) const TARGET: &str = "DAYTONA_TARGET";
pub(super) const ORGANIZATION_ID: &str = "DAYTONA_ORGANIZATION_ID";
pub(super) const CONFIG_DIR: &str = "DAYTONA_CONFIG_DIR";
pub(super) const DATA_DIR: &str = "DAYTONA_DATA_DIR";
pub(super) const REQUEST_TIMEOUT: &str = "DAYTONA_REQUEST_TIMEOUT";
pub(super) const ENGINE_LISTEN: &str = "DAYTONA_ENGINE_LISTEN";
pub(super) const ENGINE_AUTO_START: &str = "DAYTONA_ENGINE_AUTO_START";
pub(super) const LOG: &str = "DAYTONA_LOG";
pub(super) const MCP_API_KEY: &str = "MCP_DAYTONA_API_KEY";
pub(super) const MCP_API_URL: &str = "MCP_DAYTONA_API_URL";
pub(super) const MCP_SERVER_URL: &str = "MCP_DAYTONA_SERVER_URL";
pub(super) const MCP_TIMEOUT: &str = "MCP_DAYTONA_TIMEOUT";
pub(super) const MCP_TARGET: &str = "MCP_DAYTONA_TARGET";
pub(super) const MCP_VERIFY_SSL: &str = "MCP_VERIFY_SSL";
pub(super) const MCP_TOOLSETS: &str = "DAYTONA_MCP_TOOLSETS";
pub(super) const MCP_TOOLS: &str = "DAYTONA_MCP_TOOLS";
pub(super) const MCP_EXCLUDE_TOOLS: &str = "DAYTONA_MCP_EXCLUDE_TOOLS";
pub(super) const MCP_READ_ONLY: &str = "DAYTONA_MCP_READ_ONLY";
pub(super) const MCP_SCOPE: &str = "DAYTONA_MCP_SCOPE";
pub(super) const MCP_CONFIRM: &str = "DAYTONA_MCP_CONFIRM";
pub(super) const MCP_COMPAT: &str = "DAYTONA_MCP_COMPAT";
pub(super) const MCP_SESSION: &str = "DAYTONA_MCP_SESSION";
pub(super) const MCP_KEEP: &str = "DAYTONA_MCP_KEEP";
pub(super) const MCP_CALL_LIMIT: &str = "DAYTONA_MCP_CALL_LIMIT";
pub(super) const MCP_OUTPUT_BUDGET: &str = "DAYTONA_MCP_OUTPUT_BUDGET";
pub(super) const XDG_CONFIG_HOME: &str = "XDG_CONFIG_HOME";
pub(super) const CLAUDE_CONFIG_DIR: &str = "CLAUDE_CONFIG_DIR";
pub(super) const CODEX_HOME: &str = "CODEX_HOME";
pub(super) const GEMINI_CLI_HOME: &str = "GEMINI_CLI_HOME";
pub(super) const COPILOT_HOME: &str = "COPILOT_HOME";
pub(super) const CLINE_DIR: &str = "CLINE_DIR";
pub(super) const CLINE_MCP_SETTINGS_PATH: &str = "CLINE_MCP_SETTINGS_PATH";
pub(super) const CONTINUE_GLOBAL_DIR: &str = "CONTINUE_GLOBAL_DIR";
pub(super) const WSL_DISTRO_NAME: &str = "WSL_DISTRO_NAME";
pub(super) const NO_COLOR: &str = "NO_COLOR";
pub(super) const TERM: &str = "TERM";
pub(super) const CI: &str = "CI";
pub(super) const COLUMNS: &str = "COLUMNS";

/// Every variable that is read, and what it does. An empty one counts as unset.
pub const VARIABLES: &[(&str, &str)] = &[
    (API_KEY, "API key; alone, it means Daytona Cloud"),
    (JWT_TOKEN, "token of a login, instead of a key"),
    (API_URL, "base URL of a Daytona API, usually ending in /api"),
    (SERVER_URL, "older name of DAYTONA_API_URL"),
    (ORGANIZATION_ID, "organization to act in, with a token"),
    (TARGET, "region of new sandboxes"),
    (REQUEST_TIMEOUT, "seconds that one request may take [180]"),
    (
        CONFIG_DIR,
        "folder of config.json, shared with the official CLI",
    ),
    (DATA_DIR, "folder of the local engine's state"),
    (
        ENGINE_LISTEN,
        "address of the local engine [127.0.0.1:3986]",
    ),
    (
        ENGINE_AUTO_START,
        "true: whoever opens a preview starts its sandbox",
    ),
    (LOG, "what to log on stderr, e.g. debug or daytona=trace"),
    (MCP_API_KEY, "as DAYTONA_API_KEY, where that is unset"),
    (MCP_API_URL, "as DAYTONA_API_URL, where that is unset"),
    (MCP_SERVER_URL, "older name of MCP_DAYTONA_API_URL"),
    (MCP_TARGET, "as DAYTONA_TARGET, where that is unset"),
    (
        MCP_TIMEOUT,
        "as DAYTONA_REQUEST_TIMEOUT, where that is unset",
    ),
    (MCP_TOOLSETS, "mcp start: as --toolsets"),
    (MCP_TOOLS, "mcp start: as --tools"),
    (MCP_EXCLUDE_TOOLS, "mcp start: as --exclude-tools"),
    (MCP_READ_ONLY, "mcp start: true is --read-only"),
    (MCP_SCOPE, "mcp start: as --scope, separated by commas"),
    (MCP_CONFIRM, "mcp start: as --confirm"),
    (MCP_COMPAT, "mcp start: as --compat"),
    (MCP_SESSION, "mcp start: as --session"),
    (MCP_KEEP, "mcp start: true is --keep"),
    (MCP_CALL_LIMIT, "mcp start: as --call-limit"),
    (MCP_OUTPUT_BUDGET, "mcp start: as --output-budget"),
    (MCP_VERIFY_SSL, "false: do not check certificates"),
    (
        XDG_CONFIG_HOME,
        "folder of programs' configuration [~/.config]",
    ),
    (CLAUDE_CONFIG_DIR, "Claude Code's folder, for `mcp init`"),
    (CODEX_HOME, "Codex's folder, for `mcp init`"),
    (GEMINI_CLI_HOME, "Gemini CLI's home, for `mcp init`"),
    (COPILOT_HOME, "Copilot CLI's folder, for `mcp init`"),
    (CLINE_DIR, "Cline's folder, for `mcp init`"),
    (
        CLINE_MCP_SETTINGS_PATH,
        "Cline's file of servers, for `mcp init`",
    ),
    (CONTINUE_GLOBAL_DIR, "Continue's folder, for `mcp init`"),
    (
        WSL_DISTRO_NAME,
        "set by WSL: for Windows's agents `mcp init` tells what to do",
    ),
    (NO_COLOR, "any value: no colour"),
    (TERM, "dumb: no colour, no progress line"),
    (CI, "any value but false: never ask"),
    (COLUMNS, "width of tables on a terminal"),
];
