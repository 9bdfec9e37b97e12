# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_daytona_global_optspecs
    string join \n json= format= q/quiet v/verbose color= no-input local api-url= api-key-file= organization= request-timeout= insecure h/help V/version
end

function __fish_daytona_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_daytona_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_daytona_using_subcommand
    set -l cmd (__fish_daytona_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c daytona -n "__fish_daytona_needs_command" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_needs_command" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_needs_command" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_needs_command" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_needs_command" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_needs_command" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_needs_command" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_needs_command" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_needs_command" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_needs_command" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_needs_command" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_needs_command" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_needs_command" -s V -l version -d 'Print version'
complete -c daytona -n "__fish_daytona_needs_command" -f -a "run" -d 'Run a command in a new sandbox, and delete it afterwards'
complete -c daytona -n "__fish_daytona_needs_command" -f -a "create" -d 'Create a sandbox'
complete -c daytona -n "__fish_daytona_needs_command" -f -a "add" -d 'Create a sandbox'
complete -c daytona -n "__fish_daytona_needs_command" -f -a "new" -d 'Create a sandbox'
complete -c daytona -n "__fish_daytona_needs_command" -f -a "list" -d 'List sandboxes'
complete -c daytona -n "__fish_daytona_needs_command" -f -a "ls" -d 'List sandboxes'
complete -c daytona -n "__fish_daytona_needs_command" -f -a "info" -d 'Show everything about a sandbox'
complete -c daytona -n "__fish_daytona_needs_command" -f -a "view" -d 'Show everything about a sandbox'
complete -c daytona -n "__fish_daytona_needs_command" -f -a "inspect" -d 'Show everything about a sandbox'
complete -c daytona -n "__fish_daytona_needs_command" -f -a "start" -d 'Start a sandbox'
complete -c daytona -n "__fish_daytona_needs_command" -f -a "stop" -d 'Stop a sandbox, keeping its files'
complete -c daytona -n "__fish_daytona_needs_command" -f -a "pause" -d 'Pause a sandbox, keeping its memory'
complete -c daytona -n "__fish_daytona_needs_command" -f -a "resume" -d 'Let a paused sandbox go on'
complete -c daytona -n "__fish_daytona_needs_command" -f -a "fork" -d 'Make another sandbox with the files of this one'
complete -c daytona -n "__fish_daytona_needs_command" -f -a "resize" -d 'Change the CPU cores, memory and disk of a sandbox'
complete -c daytona -n "__fish_daytona_needs_command" -f -a "archive" -d 'Archive a stopped sandbox'
complete -c daytona -n "__fish_daytona_needs_command" -f -a "recover" -d 'Bring a failed sandbox back'
complete -c daytona -n "__fish_daytona_needs_command" -f -a "delete" -d 'Delete sandboxes with their files'
complete -c daytona -n "__fish_daytona_needs_command" -f -a "remove" -d 'Delete sandboxes with their files'
complete -c daytona -n "__fish_daytona_needs_command" -f -a "rm" -d 'Delete sandboxes with their files'
complete -c daytona -n "__fish_daytona_needs_command" -f -a "exec" -d 'Run a command in a sandbox'
complete -c daytona -n "__fish_daytona_needs_command" -f -a "code" -d 'Run programs from their text'
complete -c daytona -n "__fish_daytona_needs_command" -f -a "logs" -d 'Show what commands of sessions have written'
complete -c daytona -n "__fish_daytona_needs_command" -f -a "shell" -d 'Open a shell in a sandbox, on this terminal'
complete -c daytona -n "__fish_daytona_needs_command" -f -a "cp" -d 'Copy files and folders to a sandbox and back'
complete -c daytona -n "__fish_daytona_needs_command" -f -a "preview-url" -d 'Print the URL of a port of a sandbox'
complete -c daytona -n "__fish_daytona_needs_command" -f -a "wait" -d 'Wait until a sandbox is in a state'
complete -c daytona -n "__fish_daytona_needs_command" -f -a "snapshot" -d 'Manage snapshots: what sandboxes start from'
complete -c daytona -n "__fish_daytona_needs_command" -f -a "template" -d 'Manage templates: how sandboxes are to be made'
complete -c daytona -n "__fish_daytona_needs_command" -f -a "volume" -d 'Manage volumes: folders that outlive sandboxes'
complete -c daytona -n "__fish_daytona_needs_command" -f -a "secret" -d 'Manage secrets for the environment of sandboxes'
complete -c daytona -n "__fish_daytona_needs_command" -f -a "api-key" -d 'Manage API keys'
complete -c daytona -n "__fish_daytona_needs_command" -f -a "mcp" -d 'Serve AI agents over the Model Context Protocol'
complete -c daytona -n "__fish_daytona_needs_command" -f -a "serve" -d 'Run the local engine, or show how to reach it'
complete -c daytona -n "__fish_daytona_needs_command" -f -a "doctor" -d 'Check what works on this machine, and say what to change'
complete -c daytona -n "__fish_daytona_needs_command" -f -a "config" -d 'See the settings and where each comes from'
complete -c daytona -n "__fish_daytona_needs_command" -f -a "completion" -d 'Print the completions for a shell'
complete -c daytona -n "__fish_daytona_needs_command" -f -a "man" -d 'Write the man pages'
complete -c daytona -n "__fish_daytona_needs_command" -f -a "version" -d 'Print the version'
complete -c daytona -n "__fish_daytona_needs_command" -f -a "help" -d 'Explain a command or a topic'
complete -c daytona -n "__fish_daytona_needs_command" -f -a "sandbox" -d 'Manage sandboxes: the same commands once more'
complete -c daytona -n "__fish_daytona_using_subcommand run" -l cwd -d 'Folder to run it in [default: the sandbox\'s own]' -r
complete -c daytona -n "__fish_daytona_using_subcommand run" -l timeout -d 'Seconds until the command is ended; 0 is never [default: 0]' -r
complete -c daytona -n "__fish_daytona_using_subcommand run" -l name -d 'Name of the sandbox; must be free [default: chosen by the server]' -r
complete -c daytona -n "__fish_daytona_using_subcommand run" -l like -d 'Sandbox to make it like, by id or name: all but its name, files, secrets and time to live is taken over where nothing else is asked for; where that has a snapshot of its own, the size is the snapshot\'s' -r
complete -c daytona -n "__fish_daytona_using_subcommand run" -l template -d 'Template to make it from, by name: what it says holds where nothing else is asked for' -r
complete -c daytona -n "__fish_daytona_using_subcommand run" -l snapshot -d 'Snapshot to start from [default: the server\'s own]' -r
complete -c daytona -n "__fish_daytona_using_subcommand run" -l target -d 'Region to create it in' -r
complete -c daytona -n "__fish_daytona_using_subcommand run" -l user -d 'Operating-system user that commands run as' -r
complete -c daytona -n "__fish_daytona_using_subcommand run" -s e -l env -d 'Environment variable of every process in it (can be repeated)' -r
complete -c daytona -n "__fish_daytona_using_subcommand run" -s l -l label -d 'Label, for finding and grouping (can be repeated)' -r
complete -c daytona -n "__fish_daytona_using_subcommand run" -l auto-stop -d 'Minutes without activity until it is stopped; 0 is never' -r
complete -c daytona -n "__fish_daytona_using_subcommand run" -l auto-pause -d 'Minutes without activity until it is paused; 0 is never' -r
complete -c daytona -n "__fish_daytona_using_subcommand run" -l auto-archive -d 'Minutes stopped until it is archived' -r
complete -c daytona -n "__fish_daytona_using_subcommand run" -l auto-delete -d 'Minutes stopped until it is deleted; 0 is at once, -1 never' -r
complete -c daytona -n "__fish_daytona_using_subcommand run" -l ttl -d 'Minutes from now until it is deleted, whatever its state; 0 is never' -r
complete -c daytona -n "__fish_daytona_using_subcommand run" -l cpu -d 'CPU cores' -r
complete -c daytona -n "__fish_daytona_using_subcommand run" -l memory -d 'Memory in GiB' -r
complete -c daytona -n "__fish_daytona_using_subcommand run" -l disk -d 'Disk in GiB' -r
complete -c daytona -n "__fish_daytona_using_subcommand run" -l network-allow-list -d 'Let it reach only these networks, ADDRESS/BITS by comma' -r
complete -c daytona -n "__fish_daytona_using_subcommand run" -l domain-allow-list -d 'Let it reach only these names, by comma; `*.` before one means all below it' -r
complete -c daytona -n "__fish_daytona_using_subcommand run" -l volume -d 'Volume to mount, by name or id (can be repeated); SUBPATH is a folder of it' -r
complete -c daytona -n "__fish_daytona_using_subcommand run" -l secret -d 'Secret for its environment, by name (can be repeated)' -r
complete -c daytona -n "__fish_daytona_using_subcommand run" -l env-file -d 'File of KEY=VALUE lines for the environment; `-` is standard input (can be repeated)' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand run" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand run" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand run" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand run" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand run" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand run" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand run" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand run" -l keep -d 'Keep the sandbox, and say how to come back'
complete -c daytona -n "__fish_daytona_using_subcommand run" -s i -l interactive -d 'Forward standard input; without it the command\'s input is empty'
complete -c daytona -n "__fish_daytona_using_subcommand run" -s t -l tty -d 'Allocate a terminal; use -it for interactive programs'
complete -c daytona -n "__fish_daytona_using_subcommand run" -l no-stdin -d 'The default: kept for scripts that name it'
complete -c daytona -n "__fish_daytona_using_subcommand run" -l public -d 'Let anybody open its previews, without a token'
complete -c daytona -n "__fish_daytona_using_subcommand run" -l network-block-all -d 'Block all network access'
complete -c daytona -n "__fish_daytona_using_subcommand run" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand run" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand run" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand run" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand run" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand run" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand create" -l name -d 'Name of the sandbox; must be free [default: chosen by the server]' -r
complete -c daytona -n "__fish_daytona_using_subcommand create" -l like -d 'Sandbox to make it like, by id or name: all but its name, files, secrets and time to live is taken over where nothing else is asked for; where that has a snapshot of its own, the size is the snapshot\'s' -r
complete -c daytona -n "__fish_daytona_using_subcommand create" -l template -d 'Template to make it from, by name: what it says holds where nothing else is asked for' -r
complete -c daytona -n "__fish_daytona_using_subcommand create" -l snapshot -d 'Snapshot to start from [default: the server\'s own]' -r
complete -c daytona -n "__fish_daytona_using_subcommand create" -l target -d 'Region to create it in' -r
complete -c daytona -n "__fish_daytona_using_subcommand create" -l user -d 'Operating-system user that commands run as' -r
complete -c daytona -n "__fish_daytona_using_subcommand create" -s e -l env -d 'Environment variable of every process in it (can be repeated)' -r
complete -c daytona -n "__fish_daytona_using_subcommand create" -s l -l label -d 'Label, for finding and grouping (can be repeated)' -r
complete -c daytona -n "__fish_daytona_using_subcommand create" -l auto-stop -d 'Minutes without activity until it is stopped; 0 is never' -r
complete -c daytona -n "__fish_daytona_using_subcommand create" -l auto-pause -d 'Minutes without activity until it is paused; 0 is never' -r
complete -c daytona -n "__fish_daytona_using_subcommand create" -l auto-archive -d 'Minutes stopped until it is archived' -r
complete -c daytona -n "__fish_daytona_using_subcommand create" -l auto-delete -d 'Minutes stopped until it is deleted; 0 is at once, -1 never' -r
complete -c daytona -n "__fish_daytona_using_subcommand create" -l ttl -d 'Minutes from now until it is deleted, whatever its state; 0 is never' -r
complete -c daytona -n "__fish_daytona_using_subcommand create" -l cpu -d 'CPU cores' -r
complete -c daytona -n "__fish_daytona_using_subcommand create" -l memory -d 'Memory in GiB' -r
complete -c daytona -n "__fish_daytona_using_subcommand create" -l disk -d 'Disk in GiB' -r
complete -c daytona -n "__fish_daytona_using_subcommand create" -l network-allow-list -d 'Let it reach only these networks, ADDRESS/BITS by comma' -r
complete -c daytona -n "__fish_daytona_using_subcommand create" -l domain-allow-list -d 'Let it reach only these names, by comma; `*.` before one means all below it' -r
complete -c daytona -n "__fish_daytona_using_subcommand create" -l volume -d 'Volume to mount, by name or id (can be repeated); SUBPATH is a folder of it' -r
complete -c daytona -n "__fish_daytona_using_subcommand create" -l secret -d 'Secret for its environment, by name (can be repeated)' -r
complete -c daytona -n "__fish_daytona_using_subcommand create" -l env-file -d 'File of KEY=VALUE lines for the environment; `-` is standard input (can be repeated)' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand create" -l timeout -d 'Seconds to wait until it runs [default: 60]' -r
complete -c daytona -n "__fish_daytona_using_subcommand create" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand create" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand create" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand create" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand create" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand create" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand create" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand create" -l public -d 'Let anybody open its previews, without a token'
complete -c daytona -n "__fish_daytona_using_subcommand create" -l network-block-all -d 'Block all network access'
complete -c daytona -n "__fish_daytona_using_subcommand create" -l no-wait -d 'Return as soon as the server accepts'
complete -c daytona -n "__fish_daytona_using_subcommand create" -l wait -d 'Return once it runs (the default)'
complete -c daytona -n "__fish_daytona_using_subcommand create" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand create" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand create" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand create" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand create" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand add" -l name -d 'Name of the sandbox; must be free [default: chosen by the server]' -r
complete -c daytona -n "__fish_daytona_using_subcommand add" -l like -d 'Sandbox to make it like, by id or name: all but its name, files, secrets and time to live is taken over where nothing else is asked for; where that has a snapshot of its own, the size is the snapshot\'s' -r
complete -c daytona -n "__fish_daytona_using_subcommand add" -l template -d 'Template to make it from, by name: what it says holds where nothing else is asked for' -r
complete -c daytona -n "__fish_daytona_using_subcommand add" -l snapshot -d 'Snapshot to start from [default: the server\'s own]' -r
complete -c daytona -n "__fish_daytona_using_subcommand add" -l target -d 'Region to create it in' -r
complete -c daytona -n "__fish_daytona_using_subcommand add" -l user -d 'Operating-system user that commands run as' -r
complete -c daytona -n "__fish_daytona_using_subcommand add" -s e -l env -d 'Environment variable of every process in it (can be repeated)' -r
complete -c daytona -n "__fish_daytona_using_subcommand add" -s l -l label -d 'Label, for finding and grouping (can be repeated)' -r
complete -c daytona -n "__fish_daytona_using_subcommand add" -l auto-stop -d 'Minutes without activity until it is stopped; 0 is never' -r
complete -c daytona -n "__fish_daytona_using_subcommand add" -l auto-pause -d 'Minutes without activity until it is paused; 0 is never' -r
complete -c daytona -n "__fish_daytona_using_subcommand add" -l auto-archive -d 'Minutes stopped until it is archived' -r
complete -c daytona -n "__fish_daytona_using_subcommand add" -l auto-delete -d 'Minutes stopped until it is deleted; 0 is at once, -1 never' -r
complete -c daytona -n "__fish_daytona_using_subcommand add" -l ttl -d 'Minutes from now until it is deleted, whatever its state; 0 is never' -r
complete -c daytona -n "__fish_daytona_using_subcommand add" -l cpu -d 'CPU cores' -r
complete -c daytona -n "__fish_daytona_using_subcommand add" -l memory -d 'Memory in GiB' -r
complete -c daytona -n "__fish_daytona_using_subcommand add" -l disk -d 'Disk in GiB' -r
complete -c daytona -n "__fish_daytona_using_subcommand add" -l network-allow-list -d 'Let it reach only these networks, ADDRESS/BITS by comma' -r
complete -c daytona -n "__fish_daytona_using_subcommand add" -l domain-allow-list -d 'Let it reach only these names, by comma; `*.` before one means all below it' -r
complete -c daytona -n "__fish_daytona_using_subcommand add" -l volume -d 'Volume to mount, by name or id (can be repeated); SUBPATH is a folder of it' -r
complete -c daytona -n "__fish_daytona_using_subcommand add" -l secret -d 'Secret for its environment, by name (can be repeated)' -r
complete -c daytona -n "__fish_daytona_using_subcommand add" -l env-file -d 'File of KEY=VALUE lines for the environment; `-` is standard input (can be repeated)' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand add" -l timeout -d 'Seconds to wait until it runs [default: 60]' -r
complete -c daytona -n "__fish_daytona_using_subcommand add" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand add" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand add" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand add" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand add" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand add" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand add" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand add" -l public -d 'Let anybody open its previews, without a token'
complete -c daytona -n "__fish_daytona_using_subcommand add" -l network-block-all -d 'Block all network access'
complete -c daytona -n "__fish_daytona_using_subcommand add" -l no-wait -d 'Return as soon as the server accepts'
complete -c daytona -n "__fish_daytona_using_subcommand add" -l wait -d 'Return once it runs (the default)'
complete -c daytona -n "__fish_daytona_using_subcommand add" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand add" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand add" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand add" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand add" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand new" -l name -d 'Name of the sandbox; must be free [default: chosen by the server]' -r
complete -c daytona -n "__fish_daytona_using_subcommand new" -l like -d 'Sandbox to make it like, by id or name: all but its name, files, secrets and time to live is taken over where nothing else is asked for; where that has a snapshot of its own, the size is the snapshot\'s' -r
complete -c daytona -n "__fish_daytona_using_subcommand new" -l template -d 'Template to make it from, by name: what it says holds where nothing else is asked for' -r
complete -c daytona -n "__fish_daytona_using_subcommand new" -l snapshot -d 'Snapshot to start from [default: the server\'s own]' -r
complete -c daytona -n "__fish_daytona_using_subcommand new" -l target -d 'Region to create it in' -r
complete -c daytona -n "__fish_daytona_using_subcommand new" -l user -d 'Operating-system user that commands run as' -r
complete -c daytona -n "__fish_daytona_using_subcommand new" -s e -l env -d 'Environment variable of every process in it (can be repeated)' -r
complete -c daytona -n "__fish_daytona_using_subcommand new" -s l -l label -d 'Label, for finding and grouping (can be repeated)' -r
complete -c daytona -n "__fish_daytona_using_subcommand new" -l auto-stop -d 'Minutes without activity until it is stopped; 0 is never' -r
complete -c daytona -n "__fish_daytona_using_subcommand new" -l auto-pause -d 'Minutes without activity until it is paused; 0 is never' -r
complete -c daytona -n "__fish_daytona_using_subcommand new" -l auto-archive -d 'Minutes stopped until it is archived' -r
complete -c daytona -n "__fish_daytona_using_subcommand new" -l auto-delete -d 'Minutes stopped until it is deleted; 0 is at once, -1 never' -r
complete -c daytona -n "__fish_daytona_using_subcommand new" -l ttl -d 'Minutes from now until it is deleted, whatever its state; 0 is never' -r
complete -c daytona -n "__fish_daytona_using_subcommand new" -l cpu -d 'CPU cores' -r
complete -c daytona -n "__fish_daytona_using_subcommand new" -l memory -d 'Memory in GiB' -r
complete -c daytona -n "__fish_daytona_using_subcommand new" -l disk -d 'Disk in GiB' -r
complete -c daytona -n "__fish_daytona_using_subcommand new" -l network-allow-list -d 'Let it reach only these networks, ADDRESS/BITS by comma' -r
complete -c daytona -n "__fish_daytona_using_subcommand new" -l domain-allow-list -d 'Let it reach only these names, by comma; `*.` before one means all below it' -r
complete -c daytona -n "__fish_daytona_using_subcommand new" -l volume -d 'Volume to mount, by name or id (can be repeated); SUBPATH is a folder of it' -r
complete -c daytona -n "__fish_daytona_using_subcommand new" -l secret -d 'Secret for its environment, by name (can be repeated)' -r
complete -c daytona -n "__fish_daytona_using_subcommand new" -l env-file -d 'File of KEY=VALUE lines for the environment; `-` is standard input (can be repeated)' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand new" -l timeout -d 'Seconds to wait until it runs [default: 60]' -r
complete -c daytona -n "__fish_daytona_using_subcommand new" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand new" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand new" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand new" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand new" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand new" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand new" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand new" -l public -d 'Let anybody open its previews, without a token'
complete -c daytona -n "__fish_daytona_using_subcommand new" -l network-block-all -d 'Block all network access'
complete -c daytona -n "__fish_daytona_using_subcommand new" -l no-wait -d 'Return as soon as the server accepts'
complete -c daytona -n "__fish_daytona_using_subcommand new" -l wait -d 'Return once it runs (the default)'
complete -c daytona -n "__fish_daytona_using_subcommand new" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand new" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand new" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand new" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand new" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand new" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand list" -l name -d 'Only those whose name begins so, whatever the case' -r
complete -c daytona -n "__fish_daytona_using_subcommand list" -l state -d 'Only those in this state (can be repeated)' -r -f -a "creating\t''
restoring\t''
destroyed\t''
destroying\t''
started\t''
stopped\t''
starting\t''
stopping\t''
error\t''
build_failed\t''
pending_build\t''
building_snapshot\t''
pulling_snapshot\t''
archived\t''
archiving\t''
resizing\t''
snapshotting\t''
forking\t''
pausing\t''
paused\t''
resuming\t''
unknown\t''"
complete -c daytona -n "__fish_daytona_using_subcommand list" -s l -l label -d 'Only those with this label (can be repeated; all must match)' -r
complete -c daytona -n "__fish_daytona_using_subcommand list" -l limit -d 'Most sandboxes in one page, 1 to 200 [default: 100]' -r
complete -c daytona -n "__fish_daytona_using_subcommand list" -s c -l cursor -d 'Where the page starts: `nextCursor` of the page before' -r
complete -c daytona -n "__fish_daytona_using_subcommand list" -l sort -d 'What to sort by [default: lastActivityAt]' -r -f -a "name\t''
cpu\t''
memoryGib\t''
diskGib\t''
lastActivityAt\t''
createdAt\t''"
complete -c daytona -n "__fish_daytona_using_subcommand list" -l order -d 'Direction of the sort [default: desc]' -r -f -a "asc\t''
desc\t''"
complete -c daytona -n "__fish_daytona_using_subcommand list" -s f -d 'Short for `--format`' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand list" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand list" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand list" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand list" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand list" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand list" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand list" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand list" -l all -d 'Follow all pages'
complete -c daytona -n "__fish_daytona_using_subcommand list" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand list" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand list" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand list" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand list" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand ls" -l name -d 'Only those whose name begins so, whatever the case' -r
complete -c daytona -n "__fish_daytona_using_subcommand ls" -l state -d 'Only those in this state (can be repeated)' -r -f -a "creating\t''
restoring\t''
destroyed\t''
destroying\t''
started\t''
stopped\t''
starting\t''
stopping\t''
error\t''
build_failed\t''
pending_build\t''
building_snapshot\t''
pulling_snapshot\t''
archived\t''
archiving\t''
resizing\t''
snapshotting\t''
forking\t''
pausing\t''
paused\t''
resuming\t''
unknown\t''"
complete -c daytona -n "__fish_daytona_using_subcommand ls" -s l -l label -d 'Only those with this label (can be repeated; all must match)' -r
complete -c daytona -n "__fish_daytona_using_subcommand ls" -l limit -d 'Most sandboxes in one page, 1 to 200 [default: 100]' -r
complete -c daytona -n "__fish_daytona_using_subcommand ls" -s c -l cursor -d 'Where the page starts: `nextCursor` of the page before' -r
complete -c daytona -n "__fish_daytona_using_subcommand ls" -l sort -d 'What to sort by [default: lastActivityAt]' -r -f -a "name\t''
cpu\t''
memoryGib\t''
diskGib\t''
lastActivityAt\t''
createdAt\t''"
complete -c daytona -n "__fish_daytona_using_subcommand ls" -l order -d 'Direction of the sort [default: desc]' -r -f -a "asc\t''
desc\t''"
complete -c daytona -n "__fish_daytona_using_subcommand ls" -s f -d 'Short for `--format`' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand ls" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand ls" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand ls" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand ls" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand ls" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand ls" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand ls" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand ls" -l all -d 'Follow all pages'
complete -c daytona -n "__fish_daytona_using_subcommand ls" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand ls" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand ls" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand ls" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand ls" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand ls" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand info" -s f -d 'Short for `--format`' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand info" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand info" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand info" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand info" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand info" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand info" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand info" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand info" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand info" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand info" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand info" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand info" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand info" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand view" -s f -d 'Short for `--format`' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand view" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand view" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand view" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand view" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand view" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand view" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand view" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand view" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand view" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand view" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand view" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand view" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand view" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand inspect" -s f -d 'Short for `--format`' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand inspect" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand inspect" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand inspect" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand inspect" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand inspect" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand inspect" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand inspect" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand inspect" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand inspect" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand inspect" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand inspect" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand inspect" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand inspect" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand start" -l timeout -d 'Seconds to wait until it runs [default: 60]' -r
complete -c daytona -n "__fish_daytona_using_subcommand start" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand start" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand start" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand start" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand start" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand start" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand start" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand start" -l no-wait -d 'Return as soon as the server accepts'
complete -c daytona -n "__fish_daytona_using_subcommand start" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand start" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand start" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand start" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand start" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand start" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand stop" -l timeout -d 'Seconds to wait until it has stopped [default: 60]' -r
complete -c daytona -n "__fish_daytona_using_subcommand stop" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand stop" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand stop" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand stop" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand stop" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand stop" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand stop" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand stop" -s f -l force -d 'Kill its processes instead of asking them to end'
complete -c daytona -n "__fish_daytona_using_subcommand stop" -l no-wait -d 'Return as soon as the server accepts'
complete -c daytona -n "__fish_daytona_using_subcommand stop" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand stop" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand stop" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand stop" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand stop" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand stop" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand pause" -l timeout -d 'Seconds to wait until it is paused [default: 60]' -r
complete -c daytona -n "__fish_daytona_using_subcommand pause" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand pause" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand pause" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand pause" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand pause" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand pause" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand pause" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand pause" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand pause" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand pause" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand pause" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand pause" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand pause" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand resume" -l timeout -d 'Seconds to wait until it runs [default: 60]' -r
complete -c daytona -n "__fish_daytona_using_subcommand resume" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand resume" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand resume" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand resume" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand resume" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand resume" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand resume" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand resume" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand resume" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand resume" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand resume" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand resume" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand resume" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand fork" -l name -d 'Name of the fork; must be free [default: chosen by the server]' -r
complete -c daytona -n "__fish_daytona_using_subcommand fork" -l timeout -d 'Seconds to wait until it runs [default: 60]' -r
complete -c daytona -n "__fish_daytona_using_subcommand fork" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand fork" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand fork" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand fork" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand fork" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand fork" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand fork" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand fork" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand fork" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand fork" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand fork" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand fork" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand fork" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand resize" -l cpu -d 'CPU cores' -r
complete -c daytona -n "__fish_daytona_using_subcommand resize" -l memory -d 'Memory in GiB' -r
complete -c daytona -n "__fish_daytona_using_subcommand resize" -l disk -d 'Disk in GiB' -r
complete -c daytona -n "__fish_daytona_using_subcommand resize" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand resize" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand resize" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand resize" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand resize" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand resize" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand resize" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand resize" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand resize" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand resize" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand resize" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand resize" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand resize" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand archive" -l timeout -d 'Seconds to wait until it is archived [default: 600]' -r
complete -c daytona -n "__fish_daytona_using_subcommand archive" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand archive" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand archive" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand archive" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand archive" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand archive" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand archive" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand archive" -l no-wait -d 'Return as soon as the server accepts'
complete -c daytona -n "__fish_daytona_using_subcommand archive" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand archive" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand archive" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand archive" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand archive" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand archive" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand recover" -l timeout -d 'Seconds to wait until it runs [default: 60]' -r
complete -c daytona -n "__fish_daytona_using_subcommand recover" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand recover" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand recover" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand recover" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand recover" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand recover" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand recover" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand recover" -l skip-start -d 'Leave it stopped'
complete -c daytona -n "__fish_daytona_using_subcommand recover" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand recover" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand recover" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand recover" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand recover" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand recover" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand delete" -l state -d 'Delete those in this state (can be repeated)' -r -f -a "creating\t''
restoring\t''
destroyed\t''
destroying\t''
started\t''
stopped\t''
starting\t''
stopping\t''
error\t''
build_failed\t''
pending_build\t''
building_snapshot\t''
pulling_snapshot\t''
archived\t''
archiving\t''
resizing\t''
snapshotting\t''
forking\t''
pausing\t''
paused\t''
resuming\t''
unknown\t''"
complete -c daytona -n "__fish_daytona_using_subcommand delete" -s l -l label -d 'Delete those with this label (can be repeated; all must match)' -r
complete -c daytona -n "__fish_daytona_using_subcommand delete" -l name -d 'Delete those whose name begins so, whatever the case' -r
complete -c daytona -n "__fish_daytona_using_subcommand delete" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand delete" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand delete" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand delete" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand delete" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand delete" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand delete" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand delete" -s a -l all -d 'Delete all of them'
complete -c daytona -n "__fish_daytona_using_subcommand delete" -l ignore-not-found -d 'Count a sandbox that is not there as deleted'
complete -c daytona -n "__fish_daytona_using_subcommand delete" -s y -l yes -d 'Do not ask before deleting by filter or all'
complete -c daytona -n "__fish_daytona_using_subcommand delete" -l wait -d 'Return once they are gone'
complete -c daytona -n "__fish_daytona_using_subcommand delete" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand delete" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand delete" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand delete" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand delete" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand remove" -l state -d 'Delete those in this state (can be repeated)' -r -f -a "creating\t''
restoring\t''
destroyed\t''
destroying\t''
started\t''
stopped\t''
starting\t''
stopping\t''
error\t''
build_failed\t''
pending_build\t''
building_snapshot\t''
pulling_snapshot\t''
archived\t''
archiving\t''
resizing\t''
snapshotting\t''
forking\t''
pausing\t''
paused\t''
resuming\t''
unknown\t''"
complete -c daytona -n "__fish_daytona_using_subcommand remove" -s l -l label -d 'Delete those with this label (can be repeated; all must match)' -r
complete -c daytona -n "__fish_daytona_using_subcommand remove" -l name -d 'Delete those whose name begins so, whatever the case' -r
complete -c daytona -n "__fish_daytona_using_subcommand remove" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand remove" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand remove" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand remove" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand remove" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand remove" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand remove" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand remove" -s a -l all -d 'Delete all of them'
complete -c daytona -n "__fish_daytona_using_subcommand remove" -l ignore-not-found -d 'Count a sandbox that is not there as deleted'
complete -c daytona -n "__fish_daytona_using_subcommand remove" -s y -l yes -d 'Do not ask before deleting by filter or all'
complete -c daytona -n "__fish_daytona_using_subcommand remove" -l wait -d 'Return once they are gone'
complete -c daytona -n "__fish_daytona_using_subcommand remove" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand remove" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand remove" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand remove" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand remove" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand rm" -l state -d 'Delete those in this state (can be repeated)' -r -f -a "creating\t''
restoring\t''
destroyed\t''
destroying\t''
started\t''
stopped\t''
starting\t''
stopping\t''
error\t''
build_failed\t''
pending_build\t''
building_snapshot\t''
pulling_snapshot\t''
archived\t''
archiving\t''
resizing\t''
snapshotting\t''
forking\t''
pausing\t''
paused\t''
resuming\t''
unknown\t''"
complete -c daytona -n "__fish_daytona_using_subcommand rm" -s l -l label -d 'Delete those with this label (can be repeated; all must match)' -r
complete -c daytona -n "__fish_daytona_using_subcommand rm" -l name -d 'Delete those whose name begins so, whatever the case' -r
complete -c daytona -n "__fish_daytona_using_subcommand rm" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand rm" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand rm" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand rm" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand rm" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand rm" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand rm" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand rm" -s a -l all -d 'Delete all of them'
complete -c daytona -n "__fish_daytona_using_subcommand rm" -l ignore-not-found -d 'Count a sandbox that is not there as deleted'
complete -c daytona -n "__fish_daytona_using_subcommand rm" -s y -l yes -d 'Do not ask before deleting by filter or all'
complete -c daytona -n "__fish_daytona_using_subcommand rm" -l wait -d 'Return once they are gone'
complete -c daytona -n "__fish_daytona_using_subcommand rm" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand rm" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand rm" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand rm" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand rm" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand rm" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand exec" -l cwd -d 'Folder to run it in [default: the sandbox\'s own]' -r
complete -c daytona -n "__fish_daytona_using_subcommand exec" -s e -l env -d 'Environment variable for it (can be repeated)' -r
complete -c daytona -n "__fish_daytona_using_subcommand exec" -l timeout -d 'Seconds until it is ended; 0 is never [default: 0]' -r
complete -c daytona -n "__fish_daytona_using_subcommand exec" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand exec" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand exec" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand exec" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand exec" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand exec" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand exec" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand exec" -s i -l interactive -d 'Forward standard input; without it the command\'s input is empty'
complete -c daytona -n "__fish_daytona_using_subcommand exec" -s t -l tty -d 'Allocate a terminal; use -it for interactive programs'
complete -c daytona -n "__fish_daytona_using_subcommand exec" -l no-stdin -d 'The default: kept for scripts that name it'
complete -c daytona -n "__fish_daytona_using_subcommand exec" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand exec" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand exec" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand exec" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand exec" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand exec" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand code; and not __fish_seen_subcommand_from run" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand code; and not __fish_seen_subcommand_from run" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand code; and not __fish_seen_subcommand_from run" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand code; and not __fish_seen_subcommand_from run" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand code; and not __fish_seen_subcommand_from run" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand code; and not __fish_seen_subcommand_from run" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand code; and not __fish_seen_subcommand_from run" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand code; and not __fish_seen_subcommand_from run" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand code; and not __fish_seen_subcommand_from run" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand code; and not __fish_seen_subcommand_from run" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand code; and not __fish_seen_subcommand_from run" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand code; and not __fish_seen_subcommand_from run" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand code; and not __fish_seen_subcommand_from run" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand code; and not __fish_seen_subcommand_from run" -f -a "run" -d 'Run a program, in a sandbox of its own where none is named'
complete -c daytona -n "__fish_daytona_using_subcommand code; and __fish_seen_subcommand_from run" -l sandbox -d 'Id or name of the sandbox [default: a new one, deleted afterwards]' -r
complete -c daytona -n "__fish_daytona_using_subcommand code; and __fish_seen_subcommand_from run" -l language -d 'What it is written in [default: by the file\'s end, else python]' -r -f -a "python\t'By python3'
javascript\t'By node'
typescript\t'By the first of ts-node, tsx, node 22.6 or newer, bun and deno that is there; else, without types, by node'"
complete -c daytona -n "__fish_daytona_using_subcommand code; and __fish_seen_subcommand_from run" -s e -l env -d 'Environment variable for it (can be repeated)' -r
complete -c daytona -n "__fish_daytona_using_subcommand code; and __fish_seen_subcommand_from run" -l timeout -d 'Seconds until it is ended; 0 is never [default: 0]' -r
complete -c daytona -n "__fish_daytona_using_subcommand code; and __fish_seen_subcommand_from run" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand code; and __fish_seen_subcommand_from run" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand code; and __fish_seen_subcommand_from run" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand code; and __fish_seen_subcommand_from run" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand code; and __fish_seen_subcommand_from run" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand code; and __fish_seen_subcommand_from run" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand code; and __fish_seen_subcommand_from run" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand code; and __fish_seen_subcommand_from run" -s i -l interactive -d 'Forward standard input; without it the program\'s input is empty'
complete -c daytona -n "__fish_daytona_using_subcommand code; and __fish_seen_subcommand_from run" -l no-stdin -d 'The default: kept for scripts that name it'
complete -c daytona -n "__fish_daytona_using_subcommand code; and __fish_seen_subcommand_from run" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand code; and __fish_seen_subcommand_from run" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand code; and __fish_seen_subcommand_from run" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand code; and __fish_seen_subcommand_from run" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand code; and __fish_seen_subcommand_from run" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand code; and __fish_seen_subcommand_from run" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand logs" -l session -d 'Session to show [default: the entrypoint\'s, if that wrote anything; else they are listed]' -r
complete -c daytona -n "__fish_daytona_using_subcommand logs" -l command -d 'Command of the session [default: its last one]' -r
complete -c daytona -n "__fish_daytona_using_subcommand logs" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand logs" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand logs" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand logs" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand logs" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand logs" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand logs" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand logs" -s f -l follow -d 'Go on until the command ends'
complete -c daytona -n "__fish_daytona_using_subcommand logs" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand logs" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand logs" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand logs" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand logs" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand logs" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand shell" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand shell" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand shell" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand shell" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand shell" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand shell" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand shell" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand shell" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand shell" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand shell" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand shell" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand shell" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand shell" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand cp" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand cp" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand cp" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand cp" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand cp" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand cp" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand cp" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand cp" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand cp" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand cp" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand cp" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand cp" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand cp" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand preview-url" -s p -l port -d 'Port that a server in the sandbox listens on' -r
complete -c daytona -n "__fish_daytona_using_subcommand preview-url" -l expires -d 'Seconds until the URL no longer works, up to 86400 [default: 3600]' -r
complete -c daytona -n "__fish_daytona_using_subcommand preview-url" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand preview-url" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand preview-url" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand preview-url" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand preview-url" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand preview-url" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand preview-url" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand preview-url" -l unsigned -d 'The lasting URL, which needs the token that `--json` shows unless the sandbox is public'
complete -c daytona -n "__fish_daytona_using_subcommand preview-url" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand preview-url" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand preview-url" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand preview-url" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand preview-url" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand preview-url" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand wait" -l for -d 'State to wait for [default: started]' -r -f -a "creating\t''
restoring\t''
destroyed\t''
destroying\t''
started\t''
stopped\t''
starting\t''
stopping\t''
error\t''
build_failed\t''
pending_build\t''
building_snapshot\t''
pulling_snapshot\t''
archived\t''
archiving\t''
resizing\t''
snapshotting\t''
forking\t''
pausing\t''
paused\t''
resuming\t''
unknown\t''"
complete -c daytona -n "__fish_daytona_using_subcommand wait" -l timeout -d 'Seconds to wait at most [default: 60]' -r
complete -c daytona -n "__fish_daytona_using_subcommand wait" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand wait" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand wait" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand wait" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand wait" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand wait" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand wait" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand wait" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand wait" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand wait" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand wait" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand wait" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand wait" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm activate deactivate push" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm activate deactivate push" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm activate deactivate push" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm activate deactivate push" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm activate deactivate push" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm activate deactivate push" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm activate deactivate push" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm activate deactivate push" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm activate deactivate push" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm activate deactivate push" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm activate deactivate push" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm activate deactivate push" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm activate deactivate push" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm activate deactivate push" -f -a "create" -d 'Make a snapshot of a sandbox, an image, an archive or a folder'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm activate deactivate push" -f -a "add" -d 'Make a snapshot of a sandbox, an image, an archive or a folder'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm activate deactivate push" -f -a "new" -d 'Make a snapshot of a sandbox, an image, an archive or a folder'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm activate deactivate push" -f -a "list" -d 'List snapshots'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm activate deactivate push" -f -a "ls" -d 'List snapshots'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm activate deactivate push" -f -a "info" -d 'Show everything about a snapshot'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm activate deactivate push" -f -a "view" -d 'Show everything about a snapshot'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm activate deactivate push" -f -a "inspect" -d 'Show everything about a snapshot'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm activate deactivate push" -f -a "get" -d 'Show everything about a snapshot'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm activate deactivate push" -f -a "delete" -d 'Delete snapshots'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm activate deactivate push" -f -a "remove" -d 'Delete snapshots'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm activate deactivate push" -f -a "rm" -d 'Delete snapshots'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm activate deactivate push" -f -a "activate" -d 'Let sandboxes be made from a snapshot again'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm activate deactivate push" -f -a "deactivate" -d 'Let no sandbox be made from a snapshot until it is activated again'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm activate deactivate push" -f -a "push" -d 'Make a snapshot of an image that a container engine on this machine has'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from create" -l sandbox -d 'Take it of this sandbox, as it is now: id or name' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from create" -s i -l image -d 'Make it of this OCI image: NAME:TAG or NAME@DIGEST' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from create" -s e -l entrypoint -d 'What its containers would run, split at blanks [default: the image\'s]' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from create" -l cpu -d 'CPU cores of sandboxes made from it' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from create" -l memory -d 'Memory of sandboxes made from it, in GiB' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from create" -l disk -d 'Disk of sandboxes made from it, in GiB' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from create" -l timeout -d 'Seconds to wait until it can be used [default: 600]' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from create" -l from -d 'Make it of this root file system, which is sent: a folder or a tar archive, an OCI image layout or archive, or what `docker save` writes; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from create" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from create" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from create" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from create" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from create" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from create" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from create" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from create" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from create" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from add" -l sandbox -d 'Take it of this sandbox, as it is now: id or name' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from add" -s i -l image -d 'Make it of this OCI image: NAME:TAG or NAME@DIGEST' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from add" -s e -l entrypoint -d 'What its containers would run, split at blanks [default: the image\'s]' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from add" -l cpu -d 'CPU cores of sandboxes made from it' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from add" -l memory -d 'Memory of sandboxes made from it, in GiB' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from add" -l disk -d 'Disk of sandboxes made from it, in GiB' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from add" -l timeout -d 'Seconds to wait until it can be used [default: 600]' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from add" -l from -d 'Make it of this root file system, which is sent: a folder or a tar archive, an OCI image layout or archive, or what `docker save` writes; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from add" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from add" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from add" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from add" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from add" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from add" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from add" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from add" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from add" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from add" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from new" -l sandbox -d 'Take it of this sandbox, as it is now: id or name' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from new" -s i -l image -d 'Make it of this OCI image: NAME:TAG or NAME@DIGEST' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from new" -s e -l entrypoint -d 'What its containers would run, split at blanks [default: the image\'s]' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from new" -l cpu -d 'CPU cores of sandboxes made from it' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from new" -l memory -d 'Memory of sandboxes made from it, in GiB' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from new" -l disk -d 'Disk of sandboxes made from it, in GiB' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from new" -l timeout -d 'Seconds to wait until it can be used [default: 600]' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from new" -l from -d 'Make it of this root file system, which is sent: a folder or a tar archive, an OCI image layout or archive, or what `docker save` writes; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from new" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from new" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from new" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from new" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from new" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from new" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from new" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from new" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from new" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from new" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from new" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from new" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from new" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from list" -l name -d 'Only those with this in their name, whatever the case' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from list" -l source-sandbox-id -d 'Only those that were taken of the sandbox of this id' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from list" -s p -l page -d 'Number of the page, from 1 [default: 1]' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from list" -l limit -d 'Most snapshots in one page, 1 to 200 [default: 100]' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from list" -s f -d 'Short for `--format`' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from list" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from list" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from list" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from list" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from list" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from list" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from list" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from list" -l all -d 'Follow all pages'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from list" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from list" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from ls" -l name -d 'Only those with this in their name, whatever the case' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from ls" -l source-sandbox-id -d 'Only those that were taken of the sandbox of this id' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from ls" -s p -l page -d 'Number of the page, from 1 [default: 1]' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from ls" -l limit -d 'Most snapshots in one page, 1 to 200 [default: 100]' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from ls" -s f -d 'Short for `--format`' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from ls" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from ls" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from ls" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from ls" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from ls" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from ls" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from ls" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from ls" -l all -d 'Follow all pages'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from ls" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from ls" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from ls" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from ls" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from info" -s f -d 'Short for `--format`' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from info" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from info" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from info" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from info" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from info" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from info" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from info" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from info" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from info" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from info" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from info" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from info" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from info" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from view" -s f -d 'Short for `--format`' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from view" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from view" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from view" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from view" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from view" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from view" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from view" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from view" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from view" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from view" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from view" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from view" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from view" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from inspect" -s f -d 'Short for `--format`' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from inspect" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from inspect" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from inspect" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from inspect" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from inspect" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from inspect" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from inspect" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from inspect" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from inspect" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from inspect" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from inspect" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from inspect" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from inspect" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from get" -s f -d 'Short for `--format`' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from get" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from get" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from get" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from get" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from get" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from get" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from get" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from get" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from get" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from get" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from get" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from delete" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from delete" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from delete" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from delete" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from delete" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from delete" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from delete" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from delete" -s a -l all -d 'Delete all of yours; those that everybody may use stay'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from delete" -l ignore-not-found -d 'Count a snapshot that is not there as deleted'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Do not ask before deleting all'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from delete" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from delete" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from delete" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from remove" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from remove" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from remove" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from remove" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from remove" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from remove" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from remove" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from remove" -s a -l all -d 'Delete all of yours; those that everybody may use stay'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from remove" -l ignore-not-found -d 'Count a snapshot that is not there as deleted'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Do not ask before deleting all'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from remove" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from remove" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from remove" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from rm" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from rm" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from rm" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from rm" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from rm" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from rm" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from rm" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from rm" -s a -l all -d 'Delete all of yours; those that everybody may use stay'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from rm" -l ignore-not-found -d 'Count a snapshot that is not there as deleted'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from rm" -s y -l yes -d 'Do not ask before deleting all'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from rm" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from rm" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from rm" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from rm" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from rm" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from rm" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from activate" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from activate" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from activate" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from activate" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from activate" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from activate" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from activate" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from activate" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from activate" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from activate" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from activate" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from activate" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from activate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from deactivate" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from deactivate" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from deactivate" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from deactivate" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from deactivate" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from deactivate" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from deactivate" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from deactivate" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from deactivate" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from deactivate" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from deactivate" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from deactivate" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from deactivate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from push" -s n -l name -d 'Name of the snapshot; must be free' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from push" -l cpu -d 'CPU cores of sandboxes made from it' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from push" -l memory -d 'Memory of sandboxes made from it, in GiB' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from push" -l disk -d 'Disk of sandboxes made from it, in GiB' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from push" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from push" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from push" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from push" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from push" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from push" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from push" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from push" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from push" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from push" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from push" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from push" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand snapshot; and __fish_seen_subcommand_from push" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand template; and not __fish_seen_subcommand_from save create add new list ls info view inspect get delete remove rm" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and not __fish_seen_subcommand_from save create add new list ls info view inspect get delete remove rm" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand template; and not __fish_seen_subcommand_from save create add new list ls info view inspect get delete remove rm" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand template; and not __fish_seen_subcommand_from save create add new list ls info view inspect get delete remove rm" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and not __fish_seen_subcommand_from save create add new list ls info view inspect get delete remove rm" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand template; and not __fish_seen_subcommand_from save create add new list ls info view inspect get delete remove rm" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and not __fish_seen_subcommand_from save create add new list ls info view inspect get delete remove rm" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and not __fish_seen_subcommand_from save create add new list ls info view inspect get delete remove rm" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand template; and not __fish_seen_subcommand_from save create add new list ls info view inspect get delete remove rm" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand template; and not __fish_seen_subcommand_from save create add new list ls info view inspect get delete remove rm" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand template; and not __fish_seen_subcommand_from save create add new list ls info view inspect get delete remove rm" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand template; and not __fish_seen_subcommand_from save create add new list ls info view inspect get delete remove rm" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand template; and not __fish_seen_subcommand_from save create add new list ls info view inspect get delete remove rm" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand template; and not __fish_seen_subcommand_from save create add new list ls info view inspect get delete remove rm" -f -a "save" -d 'Keep how sandboxes are to be made: like one that is there, by flags, or both'
complete -c daytona -n "__fish_daytona_using_subcommand template; and not __fish_seen_subcommand_from save create add new list ls info view inspect get delete remove rm" -f -a "create" -d 'Keep how sandboxes are to be made: like one that is there, by flags, or both'
complete -c daytona -n "__fish_daytona_using_subcommand template; and not __fish_seen_subcommand_from save create add new list ls info view inspect get delete remove rm" -f -a "add" -d 'Keep how sandboxes are to be made: like one that is there, by flags, or both'
complete -c daytona -n "__fish_daytona_using_subcommand template; and not __fish_seen_subcommand_from save create add new list ls info view inspect get delete remove rm" -f -a "new" -d 'Keep how sandboxes are to be made: like one that is there, by flags, or both'
complete -c daytona -n "__fish_daytona_using_subcommand template; and not __fish_seen_subcommand_from save create add new list ls info view inspect get delete remove rm" -f -a "list" -d 'List templates'
complete -c daytona -n "__fish_daytona_using_subcommand template; and not __fish_seen_subcommand_from save create add new list ls info view inspect get delete remove rm" -f -a "ls" -d 'List templates'
complete -c daytona -n "__fish_daytona_using_subcommand template; and not __fish_seen_subcommand_from save create add new list ls info view inspect get delete remove rm" -f -a "info" -d 'Show everything about a template'
complete -c daytona -n "__fish_daytona_using_subcommand template; and not __fish_seen_subcommand_from save create add new list ls info view inspect get delete remove rm" -f -a "view" -d 'Show everything about a template'
complete -c daytona -n "__fish_daytona_using_subcommand template; and not __fish_seen_subcommand_from save create add new list ls info view inspect get delete remove rm" -f -a "inspect" -d 'Show everything about a template'
complete -c daytona -n "__fish_daytona_using_subcommand template; and not __fish_seen_subcommand_from save create add new list ls info view inspect get delete remove rm" -f -a "get" -d 'Show everything about a template'
complete -c daytona -n "__fish_daytona_using_subcommand template; and not __fish_seen_subcommand_from save create add new list ls info view inspect get delete remove rm" -f -a "delete" -d 'Delete templates; sandboxes made from them stay as they are'
complete -c daytona -n "__fish_daytona_using_subcommand template; and not __fish_seen_subcommand_from save create add new list ls info view inspect get delete remove rm" -f -a "remove" -d 'Delete templates; sandboxes made from them stay as they are'
complete -c daytona -n "__fish_daytona_using_subcommand template; and not __fish_seen_subcommand_from save create add new list ls info view inspect get delete remove rm" -f -a "rm" -d 'Delete templates; sandboxes made from them stay as they are'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from save" -l sandbox -d 'Sandbox to take it from, by id or name; flags win' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from save" -l name -d 'Name of the sandbox; must be free [default: chosen by the server]' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from save" -l like -d 'Sandbox to make it like, by id or name: all but its name, files, secrets and time to live is taken over where nothing else is asked for; where that has a snapshot of its own, the size is the snapshot\'s' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from save" -l template -d 'Template to make it from, by name: what it says holds where nothing else is asked for' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from save" -l snapshot -d 'Snapshot to start from [default: the server\'s own]' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from save" -l target -d 'Region to create it in' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from save" -l user -d 'Operating-system user that commands run as' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from save" -s e -l env -d 'Environment variable of every process in it (can be repeated)' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from save" -s l -l label -d 'Label, for finding and grouping (can be repeated)' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from save" -l auto-stop -d 'Minutes without activity until it is stopped; 0 is never' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from save" -l auto-pause -d 'Minutes without activity until it is paused; 0 is never' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from save" -l auto-archive -d 'Minutes stopped until it is archived' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from save" -l auto-delete -d 'Minutes stopped until it is deleted; 0 is at once, -1 never' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from save" -l ttl -d 'Minutes from now until it is deleted, whatever its state; 0 is never' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from save" -l cpu -d 'CPU cores' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from save" -l memory -d 'Memory in GiB' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from save" -l disk -d 'Disk in GiB' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from save" -l network-allow-list -d 'Let it reach only these networks, ADDRESS/BITS by comma' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from save" -l domain-allow-list -d 'Let it reach only these names, by comma; `*.` before one means all below it' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from save" -l volume -d 'Volume to mount, by name or id (can be repeated); SUBPATH is a folder of it' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from save" -l secret -d 'Secret for its environment, by name (can be repeated)' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from save" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from save" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from save" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from save" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from save" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from save" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from save" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from save" -l with-env -d 'Keep environment variables too, as they are, in the template\'s file'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from save" -l replace -d 'Replace a template of that name'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from save" -l public -d 'Let anybody open its previews, without a token'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from save" -l network-block-all -d 'Block all network access'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from save" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from save" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from save" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from save" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from save" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from save" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from create" -l sandbox -d 'Sandbox to take it from, by id or name; flags win' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from create" -l name -d 'Name of the sandbox; must be free [default: chosen by the server]' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from create" -l like -d 'Sandbox to make it like, by id or name: all but its name, files, secrets and time to live is taken over where nothing else is asked for; where that has a snapshot of its own, the size is the snapshot\'s' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from create" -l template -d 'Template to make it from, by name: what it says holds where nothing else is asked for' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from create" -l snapshot -d 'Snapshot to start from [default: the server\'s own]' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from create" -l target -d 'Region to create it in' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from create" -l user -d 'Operating-system user that commands run as' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from create" -s e -l env -d 'Environment variable of every process in it (can be repeated)' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from create" -s l -l label -d 'Label, for finding and grouping (can be repeated)' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from create" -l auto-stop -d 'Minutes without activity until it is stopped; 0 is never' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from create" -l auto-pause -d 'Minutes without activity until it is paused; 0 is never' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from create" -l auto-archive -d 'Minutes stopped until it is archived' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from create" -l auto-delete -d 'Minutes stopped until it is deleted; 0 is at once, -1 never' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from create" -l ttl -d 'Minutes from now until it is deleted, whatever its state; 0 is never' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from create" -l cpu -d 'CPU cores' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from create" -l memory -d 'Memory in GiB' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from create" -l disk -d 'Disk in GiB' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from create" -l network-allow-list -d 'Let it reach only these networks, ADDRESS/BITS by comma' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from create" -l domain-allow-list -d 'Let it reach only these names, by comma; `*.` before one means all below it' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from create" -l volume -d 'Volume to mount, by name or id (can be repeated); SUBPATH is a folder of it' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from create" -l secret -d 'Secret for its environment, by name (can be repeated)' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from create" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from create" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from create" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from create" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from create" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from create" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from create" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from create" -l with-env -d 'Keep environment variables too, as they are, in the template\'s file'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from create" -l replace -d 'Replace a template of that name'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from create" -l public -d 'Let anybody open its previews, without a token'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from create" -l network-block-all -d 'Block all network access'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from create" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from create" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from add" -l sandbox -d 'Sandbox to take it from, by id or name; flags win' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from add" -l name -d 'Name of the sandbox; must be free [default: chosen by the server]' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from add" -l like -d 'Sandbox to make it like, by id or name: all but its name, files, secrets and time to live is taken over where nothing else is asked for; where that has a snapshot of its own, the size is the snapshot\'s' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from add" -l template -d 'Template to make it from, by name: what it says holds where nothing else is asked for' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from add" -l snapshot -d 'Snapshot to start from [default: the server\'s own]' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from add" -l target -d 'Region to create it in' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from add" -l user -d 'Operating-system user that commands run as' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from add" -s e -l env -d 'Environment variable of every process in it (can be repeated)' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from add" -s l -l label -d 'Label, for finding and grouping (can be repeated)' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from add" -l auto-stop -d 'Minutes without activity until it is stopped; 0 is never' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from add" -l auto-pause -d 'Minutes without activity until it is paused; 0 is never' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from add" -l auto-archive -d 'Minutes stopped until it is archived' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from add" -l auto-delete -d 'Minutes stopped until it is deleted; 0 is at once, -1 never' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from add" -l ttl -d 'Minutes from now until it is deleted, whatever its state; 0 is never' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from add" -l cpu -d 'CPU cores' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from add" -l memory -d 'Memory in GiB' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from add" -l disk -d 'Disk in GiB' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from add" -l network-allow-list -d 'Let it reach only these networks, ADDRESS/BITS by comma' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from add" -l domain-allow-list -d 'Let it reach only these names, by comma; `*.` before one means all below it' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from add" -l volume -d 'Volume to mount, by name or id (can be repeated); SUBPATH is a folder of it' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from add" -l secret -d 'Secret for its environment, by name (can be repeated)' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from add" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from add" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from add" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from add" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from add" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from add" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from add" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from add" -l with-env -d 'Keep environment variables too, as they are, in the template\'s file'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from add" -l replace -d 'Replace a template of that name'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from add" -l public -d 'Let anybody open its previews, without a token'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from add" -l network-block-all -d 'Block all network access'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from add" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from add" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from add" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from new" -l sandbox -d 'Sandbox to take it from, by id or name; flags win' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from new" -l name -d 'Name of the sandbox; must be free [default: chosen by the server]' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from new" -l like -d 'Sandbox to make it like, by id or name: all but its name, files, secrets and time to live is taken over where nothing else is asked for; where that has a snapshot of its own, the size is the snapshot\'s' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from new" -l template -d 'Template to make it from, by name: what it says holds where nothing else is asked for' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from new" -l snapshot -d 'Snapshot to start from [default: the server\'s own]' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from new" -l target -d 'Region to create it in' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from new" -l user -d 'Operating-system user that commands run as' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from new" -s e -l env -d 'Environment variable of every process in it (can be repeated)' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from new" -s l -l label -d 'Label, for finding and grouping (can be repeated)' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from new" -l auto-stop -d 'Minutes without activity until it is stopped; 0 is never' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from new" -l auto-pause -d 'Minutes without activity until it is paused; 0 is never' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from new" -l auto-archive -d 'Minutes stopped until it is archived' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from new" -l auto-delete -d 'Minutes stopped until it is deleted; 0 is at once, -1 never' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from new" -l ttl -d 'Minutes from now until it is deleted, whatever its state; 0 is never' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from new" -l cpu -d 'CPU cores' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from new" -l memory -d 'Memory in GiB' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from new" -l disk -d 'Disk in GiB' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from new" -l network-allow-list -d 'Let it reach only these networks, ADDRESS/BITS by comma' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from new" -l domain-allow-list -d 'Let it reach only these names, by comma; `*.` before one means all below it' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from new" -l volume -d 'Volume to mount, by name or id (can be repeated); SUBPATH is a folder of it' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from new" -l secret -d 'Secret for its environment, by name (can be repeated)' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from new" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from new" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from new" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from new" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from new" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from new" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from new" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from new" -l with-env -d 'Keep environment variables too, as they are, in the template\'s file'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from new" -l replace -d 'Replace a template of that name'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from new" -l public -d 'Let anybody open its previews, without a token'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from new" -l network-block-all -d 'Block all network access'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from new" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from new" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from new" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from new" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from new" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from new" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from list" -s f -d 'Short for `--format`' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from list" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from list" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from list" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from list" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from list" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from list" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from list" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from list" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from list" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from ls" -s f -d 'Short for `--format`' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from ls" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from ls" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from ls" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from ls" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from ls" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from ls" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from ls" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from ls" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from ls" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from ls" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from ls" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from info" -s f -d 'Short for `--format`' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from info" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from info" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from info" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from info" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from info" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from info" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from info" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from info" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from info" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from info" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from info" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from info" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from info" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from view" -s f -d 'Short for `--format`' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from view" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from view" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from view" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from view" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from view" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from view" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from view" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from view" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from view" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from view" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from view" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from view" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from view" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from inspect" -s f -d 'Short for `--format`' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from inspect" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from inspect" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from inspect" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from inspect" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from inspect" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from inspect" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from inspect" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from inspect" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from inspect" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from inspect" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from inspect" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from inspect" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from inspect" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from get" -s f -d 'Short for `--format`' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from get" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from get" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from get" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from get" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from get" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from get" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from get" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from get" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from get" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from get" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from get" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from delete" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from delete" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from delete" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from delete" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from delete" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from delete" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from delete" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from delete" -l ignore-not-found -d 'Count a template that is not there as deleted'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from delete" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from delete" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from delete" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from remove" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from remove" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from remove" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from remove" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from remove" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from remove" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from remove" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from remove" -l ignore-not-found -d 'Count a template that is not there as deleted'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from remove" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from remove" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from remove" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from rm" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from rm" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from rm" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from rm" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from rm" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from rm" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from rm" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from rm" -l ignore-not-found -d 'Count a template that is not there as deleted'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from rm" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from rm" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from rm" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from rm" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from rm" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand template; and __fish_seen_subcommand_from rm" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand volume; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand volume; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand volume; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm" -f -a "create" -d 'Create a volume'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm" -f -a "add" -d 'Create a volume'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm" -f -a "new" -d 'Create a volume'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm" -f -a "list" -d 'List volumes'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm" -f -a "ls" -d 'List volumes'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm" -f -a "info" -d 'Show everything about a volume'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm" -f -a "view" -d 'Show everything about a volume'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm" -f -a "inspect" -d 'Show everything about a volume'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm" -f -a "get" -d 'Show everything about a volume'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm" -f -a "delete" -d 'Delete volumes with their files'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm" -f -a "remove" -d 'Delete volumes with their files'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and not __fish_seen_subcommand_from create add new list ls info view inspect get delete remove rm" -f -a "rm" -d 'Delete volumes with their files'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from create" -l timeout -d 'Seconds to wait until it is ready [default: 60]' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from create" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from create" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from create" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from create" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from create" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from create" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from create" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from create" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from create" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from add" -l timeout -d 'Seconds to wait until it is ready [default: 60]' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from add" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from add" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from add" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from add" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from add" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from add" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from add" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from add" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from add" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from add" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from new" -l timeout -d 'Seconds to wait until it is ready [default: 60]' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from new" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from new" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from new" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from new" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from new" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from new" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from new" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from new" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from new" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from new" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from new" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from new" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from new" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from list" -s f -d 'Short for `--format`' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from list" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from list" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from list" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from list" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from list" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from list" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from list" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from list" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from list" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from ls" -s f -d 'Short for `--format`' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from ls" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from ls" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from ls" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from ls" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from ls" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from ls" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from ls" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from ls" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from ls" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from ls" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from ls" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from info" -s f -d 'Short for `--format`' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from info" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from info" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from info" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from info" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from info" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from info" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from info" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from info" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from info" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from info" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from info" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from info" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from info" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from view" -s f -d 'Short for `--format`' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from view" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from view" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from view" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from view" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from view" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from view" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from view" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from view" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from view" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from view" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from view" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from view" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from view" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from inspect" -s f -d 'Short for `--format`' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from inspect" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from inspect" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from inspect" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from inspect" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from inspect" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from inspect" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from inspect" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from inspect" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from inspect" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from inspect" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from inspect" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from inspect" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from inspect" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from get" -s f -d 'Short for `--format`' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from get" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from get" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from get" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from get" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from get" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from get" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from get" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from get" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from get" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from get" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from get" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from delete" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from delete" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from delete" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from delete" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from delete" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from delete" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from delete" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from delete" -s a -l all -d 'Delete all of them'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from delete" -l ignore-not-found -d 'Count a volume that is not there as deleted'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Do not ask before deleting all'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from delete" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from delete" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from delete" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from remove" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from remove" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from remove" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from remove" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from remove" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from remove" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from remove" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from remove" -s a -l all -d 'Delete all of them'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from remove" -l ignore-not-found -d 'Count a volume that is not there as deleted'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Do not ask before deleting all'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from remove" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from remove" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from remove" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from rm" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from rm" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from rm" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from rm" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from rm" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from rm" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from rm" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from rm" -s a -l all -d 'Delete all of them'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from rm" -l ignore-not-found -d 'Count a volume that is not there as deleted'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from rm" -s y -l yes -d 'Do not ask before deleting all'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from rm" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from rm" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from rm" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from rm" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from rm" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand volume; and __fish_seen_subcommand_from rm" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and not __fish_seen_subcommand_from create add new list ls delete remove rm" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand secret; and not __fish_seen_subcommand_from create add new list ls delete remove rm" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand secret; and not __fish_seen_subcommand_from create add new list ls delete remove rm" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand secret; and not __fish_seen_subcommand_from create add new list ls delete remove rm" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand secret; and not __fish_seen_subcommand_from create add new list ls delete remove rm" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand secret; and not __fish_seen_subcommand_from create add new list ls delete remove rm" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand secret; and not __fish_seen_subcommand_from create add new list ls delete remove rm" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand secret; and not __fish_seen_subcommand_from create add new list ls delete remove rm" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and not __fish_seen_subcommand_from create add new list ls delete remove rm" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and not __fish_seen_subcommand_from create add new list ls delete remove rm" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and not __fish_seen_subcommand_from create add new list ls delete remove rm" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and not __fish_seen_subcommand_from create add new list ls delete remove rm" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and not __fish_seen_subcommand_from create add new list ls delete remove rm" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and not __fish_seen_subcommand_from create add new list ls delete remove rm" -f -a "create" -d 'Store a secret; its value comes from a file or standard input'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and not __fish_seen_subcommand_from create add new list ls delete remove rm" -f -a "add" -d 'Store a secret; its value comes from a file or standard input'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and not __fish_seen_subcommand_from create add new list ls delete remove rm" -f -a "new" -d 'Store a secret; its value comes from a file or standard input'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and not __fish_seen_subcommand_from create add new list ls delete remove rm" -f -a "list" -d 'List secrets, without their values'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and not __fish_seen_subcommand_from create add new list ls delete remove rm" -f -a "ls" -d 'List secrets, without their values'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and not __fish_seen_subcommand_from create add new list ls delete remove rm" -f -a "delete" -d 'Delete secrets; sandboxes start without them from then on'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and not __fish_seen_subcommand_from create add new list ls delete remove rm" -f -a "remove" -d 'Delete secrets; sandboxes start without them from then on'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and not __fish_seen_subcommand_from create add new list ls delete remove rm" -f -a "rm" -d 'Delete secrets; sandboxes start without them from then on'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from create" -l description -d 'What it is for' -r
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from create" -l host -d 'Host that Daytona Cloud may send it to (can be repeated); the local engine keeps it, and does not enforce it' -r
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from create" -l file -d 'File with the value; `-` is standard input. One newline at its end is left out' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from create" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from create" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from create" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from create" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from create" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from create" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from create" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from create" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from create" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from add" -l description -d 'What it is for' -r
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from add" -l host -d 'Host that Daytona Cloud may send it to (can be repeated); the local engine keeps it, and does not enforce it' -r
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from add" -l file -d 'File with the value; `-` is standard input. One newline at its end is left out' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from add" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from add" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from add" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from add" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from add" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from add" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from add" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from add" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from add" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from add" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from new" -l description -d 'What it is for' -r
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from new" -l host -d 'Host that Daytona Cloud may send it to (can be repeated); the local engine keeps it, and does not enforce it' -r
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from new" -l file -d 'File with the value; `-` is standard input. One newline at its end is left out' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from new" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from new" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from new" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from new" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from new" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from new" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from new" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from new" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from new" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from new" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from new" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from new" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from new" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from list" -s f -d 'Short for `--format`' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from list" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from list" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from list" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from list" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from list" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from list" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from list" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from list" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from list" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from ls" -s f -d 'Short for `--format`' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from ls" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from ls" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from ls" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from ls" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from ls" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from ls" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from ls" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from ls" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from ls" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from ls" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from ls" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from delete" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from delete" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from delete" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from delete" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from delete" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from delete" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from delete" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from delete" -l ignore-not-found -d 'Count a secret that is not there as deleted'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from delete" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from delete" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from delete" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from remove" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from remove" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from remove" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from remove" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from remove" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from remove" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from remove" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from remove" -l ignore-not-found -d 'Count a secret that is not there as deleted'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from remove" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from remove" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from remove" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from rm" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from rm" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from rm" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from rm" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from rm" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from rm" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from rm" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from rm" -l ignore-not-found -d 'Count a secret that is not there as deleted'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from rm" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from rm" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from rm" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from rm" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from rm" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand secret; and __fish_seen_subcommand_from rm" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and not __fish_seen_subcommand_from create add new list ls delete remove rm" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and not __fish_seen_subcommand_from create add new list ls delete remove rm" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and not __fish_seen_subcommand_from create add new list ls delete remove rm" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and not __fish_seen_subcommand_from create add new list ls delete remove rm" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and not __fish_seen_subcommand_from create add new list ls delete remove rm" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and not __fish_seen_subcommand_from create add new list ls delete remove rm" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and not __fish_seen_subcommand_from create add new list ls delete remove rm" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and not __fish_seen_subcommand_from create add new list ls delete remove rm" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and not __fish_seen_subcommand_from create add new list ls delete remove rm" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and not __fish_seen_subcommand_from create add new list ls delete remove rm" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and not __fish_seen_subcommand_from create add new list ls delete remove rm" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and not __fish_seen_subcommand_from create add new list ls delete remove rm" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and not __fish_seen_subcommand_from create add new list ls delete remove rm" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and not __fish_seen_subcommand_from create add new list ls delete remove rm" -f -a "create" -d 'Create an API key, and print it this once'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and not __fish_seen_subcommand_from create add new list ls delete remove rm" -f -a "add" -d 'Create an API key, and print it this once'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and not __fish_seen_subcommand_from create add new list ls delete remove rm" -f -a "new" -d 'Create an API key, and print it this once'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and not __fish_seen_subcommand_from create add new list ls delete remove rm" -f -a "list" -d 'List API keys, masked'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and not __fish_seen_subcommand_from create add new list ls delete remove rm" -f -a "ls" -d 'List API keys, masked'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and not __fish_seen_subcommand_from create add new list ls delete remove rm" -f -a "delete" -d 'Delete API keys: whoever has them is shut out at once'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and not __fish_seen_subcommand_from create add new list ls delete remove rm" -f -a "remove" -d 'Delete API keys: whoever has them is shut out at once'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and not __fish_seen_subcommand_from create add new list ls delete remove rm" -f -a "rm" -d 'Delete API keys: whoever has them is shut out at once'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from create" -s p -l permission -d 'What it may do (can be repeated); without any it can look at sandboxes and snapshots' -r -f -a "write:registries\t''
delete:registries\t''
write:snapshots\t''
delete:snapshots\t''
write:sandboxes\t''
delete:sandboxes\t''
read:volumes\t''
write:volumes\t''
delete:volumes\t''
write:regions\t''
delete:regions\t''
read:runners\t''
write:runners\t''
delete:runners\t''
read:audit_logs\t''
manage:api_keys\t''
manage:secrets\t''
read:limits\t''
manage:sso\t''
read:billing\t''
manage:billing\t''"
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from create" -l ttl -d 'Minutes from now until it ends [default: never]' -r
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from create" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from create" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from create" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from create" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from create" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from create" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from create" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from create" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from create" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from add" -s p -l permission -d 'What it may do (can be repeated); without any it can look at sandboxes and snapshots' -r -f -a "write:registries\t''
delete:registries\t''
write:snapshots\t''
delete:snapshots\t''
write:sandboxes\t''
delete:sandboxes\t''
read:volumes\t''
write:volumes\t''
delete:volumes\t''
write:regions\t''
delete:regions\t''
read:runners\t''
write:runners\t''
delete:runners\t''
read:audit_logs\t''
manage:api_keys\t''
manage:secrets\t''
read:limits\t''
manage:sso\t''
read:billing\t''
manage:billing\t''"
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from add" -l ttl -d 'Minutes from now until it ends [default: never]' -r
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from add" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from add" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from add" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from add" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from add" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from add" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from add" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from add" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from add" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from add" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from new" -s p -l permission -d 'What it may do (can be repeated); without any it can look at sandboxes and snapshots' -r -f -a "write:registries\t''
delete:registries\t''
write:snapshots\t''
delete:snapshots\t''
write:sandboxes\t''
delete:sandboxes\t''
read:volumes\t''
write:volumes\t''
delete:volumes\t''
write:regions\t''
delete:regions\t''
read:runners\t''
write:runners\t''
delete:runners\t''
read:audit_logs\t''
manage:api_keys\t''
manage:secrets\t''
read:limits\t''
manage:sso\t''
read:billing\t''
manage:billing\t''"
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from new" -l ttl -d 'Minutes from now until it ends [default: never]' -r
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from new" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from new" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from new" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from new" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from new" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from new" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from new" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from new" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from new" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from new" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from new" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from new" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from new" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from list" -s f -d 'Short for `--format`' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from list" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from list" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from list" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from list" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from list" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from list" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from list" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from list" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from list" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from ls" -s f -d 'Short for `--format`' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from ls" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from ls" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from ls" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from ls" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from ls" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from ls" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from ls" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from ls" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from ls" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from ls" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from ls" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from delete" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from delete" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from delete" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from delete" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from delete" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from delete" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from delete" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from delete" -l ignore-not-found -d 'Count a key that is not there as deleted'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from delete" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from delete" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from delete" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from remove" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from remove" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from remove" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from remove" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from remove" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from remove" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from remove" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from remove" -l ignore-not-found -d 'Count a key that is not there as deleted'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from remove" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from remove" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from remove" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from rm" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from rm" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from rm" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from rm" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from rm" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from rm" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from rm" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from rm" -l ignore-not-found -d 'Count a key that is not there as deleted'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from rm" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from rm" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from rm" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from rm" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from rm" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand api-key; and __fish_seen_subcommand_from rm" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and not __fish_seen_subcommand_from init status start tools config" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and not __fish_seen_subcommand_from init status start tools config" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and not __fish_seen_subcommand_from init status start tools config" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and not __fish_seen_subcommand_from init status start tools config" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and not __fish_seen_subcommand_from init status start tools config" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and not __fish_seen_subcommand_from init status start tools config" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and not __fish_seen_subcommand_from init status start tools config" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and not __fish_seen_subcommand_from init status start tools config" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and not __fish_seen_subcommand_from init status start tools config" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and not __fish_seen_subcommand_from init status start tools config" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and not __fish_seen_subcommand_from init status start tools config" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and not __fish_seen_subcommand_from init status start tools config" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and not __fish_seen_subcommand_from init status start tools config" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and not __fish_seen_subcommand_from init status start tools config" -f -a "init" -d 'Set agents up to use this program'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and not __fish_seen_subcommand_from init status start tools config" -f -a "status" -d 'Show where agents are set up to use this program, and whether that works'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and not __fish_seen_subcommand_from init status start tools config" -f -a "start" -d 'Serve an agent on standard input and output; agents start this themselves'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and not __fish_seen_subcommand_from init status start tools config" -f -a "tools" -d 'Show which tools an agent would have'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and not __fish_seen_subcommand_from init status start tools config" -f -a "config" -d 'Print the configuration to paste into an agent\'s own'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from init" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from init" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from init" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from init" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from init" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from init" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from init" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from init" -l all -d 'Set up every agent that is found on this machine'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from init" -l project -d 'Write the file of the project in the current folder, not yours'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from init" -l dry-run -d 'Show what would change, and change nothing'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from init" -l remove -d 'Take the entry out again'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from init" -l verify -d 'Start the configured command as the agent would, and ask it for its tools'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from init" -l migrate -d 'Take the place of a `daytona-interpreter` entry, with its tools, variables and `.env`'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from init" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from init" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from init" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from init" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from init" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from status" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from status" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from status" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from status" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from status" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from status" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from status" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from status" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from status" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from status" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from status" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from status" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from start" -l toolsets -d 'Groups of tools, by comma: sandbox, exec, files, git, preview, snapshot, volume, computer-use, or default or all [default: default]' -r
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from start" -l tools -d 'Single tools, by comma; without --toolsets only these' -r
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from start" -l exclude-tools -d 'Tools to leave out, by comma, whatever else is said' -r
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from start" -l compat -d 'Offer the tools of an older server instead, under their names: interpreter (the Daytona interpreters in Python); `.env` in the current folder is read as --env-file then' -r
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from start" -l scope -d 'Bound of what it may touch (can be repeated): name=PREFIX, label=KEY=VALUE, sandboxes=COUNT at once, deletions=COUNT per hour' -r
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from start" -l confirm -d 'When to ask the user: auto (before what this session did not make is removed), inside (also before the first change inside of it), always (also before what it made is removed) or never [default: auto]' -r
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from start" -l session -d 'Name of the session: servers with the same name share one sandbox [default: each its own]' -r
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from start" -l env-file -d 'File of KEY=VALUE lines for `DAYTONA_*` and `MCP_*` variables that are not set' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from start" -l call-limit -d 'Seconds that a call may take before it goes on as a job [default: 50]' -r
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from start" -l output-budget -d 'KiB of each stream of a command that a result holds [default: 8]' -r
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from start" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from start" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from start" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from start" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from start" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from start" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from start" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from start" -l read-only -d 'Only tools that change nothing, whatever else is said'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from start" -l keep -d 'Keep the session\'s own sandbox when the session ends'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from start" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from start" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from start" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from start" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from start" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from start" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from tools" -l toolsets -d 'Groups of tools, by comma: sandbox, exec, files, git, preview, snapshot, volume, computer-use, or default or all [default: default]' -r
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from tools" -l tools -d 'Single tools, by comma; without --toolsets only these' -r
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from tools" -l exclude-tools -d 'Tools to leave out, by comma, whatever else is said' -r
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from tools" -l compat -d 'Offer the tools of an older server instead, under their names: interpreter (the Daytona interpreters in Python); `.env` in the current folder is read as --env-file then' -r
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from tools" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from tools" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from tools" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from tools" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from tools" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from tools" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from tools" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from tools" -l read-only -d 'Only tools that change nothing, whatever else is said'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from tools" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from tools" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from tools" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from tools" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from tools" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from tools" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from config" -l agent -d 'Print what this agent\'s file holds' -r -f -a "claude\t'Claude Desktop'
claude-code\t'Claude Code'
cursor\t'Cursor'
windsurf\t'Windsurf'
vscode\t'VS Code'
zed\t'Zed'
codex\t'Codex'
gemini\t'Gemini CLI'
copilot\t'Copilot CLI'
cline\t'Cline'
opencode\t'OpenCode'
amp\t'Amp'
goose\t'Goose'
kiro\t'Kiro'
continue\t'Continue'"
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from config" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from config" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from config" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from config" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from config" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from config" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from config" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from config" -l link -d 'Print the link that installs the server (Cursor, VS Code)'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from config" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from config" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from config" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from config" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from config" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand mcp; and __fish_seen_subcommand_from config" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand serve" -l listen -d 'Address to listen on [default: 127.0.0.1:3986]' -r
complete -c daytona -n "__fish_daytona_using_subcommand serve" -l cors -d 'Origin of pages that may use the API from a browser, such as http://localhost:5173 (can be repeated)' -r
complete -c daytona -n "__fish_daytona_using_subcommand serve" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand serve" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand serve" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand serve" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand serve" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand serve" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand serve" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand serve" -l print-env -d 'Print what an SDK needs, starting the engine if it does not run'
complete -c daytona -n "__fish_daytona_using_subcommand serve" -l stop -d 'Stop the engine; sandboxes that run keep running'
complete -c daytona -n "__fish_daytona_using_subcommand serve" -l purge -d 'Remove the engine with everything that it holds: sandboxes, snapshots, volumes, secrets, keys'
complete -c daytona -n "__fish_daytona_using_subcommand serve" -s y -l yes -d 'Do not ask before everything is removed'
complete -c daytona -n "__fish_daytona_using_subcommand serve" -l detached -d 'Detach from the terminal: for the start on demand'
complete -c daytona -n "__fish_daytona_using_subcommand serve" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand serve" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand serve" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand serve" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand serve" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand serve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand doctor" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand doctor" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand doctor" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand doctor" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand doctor" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand doctor" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand doctor" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand doctor" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand doctor" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand doctor" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand doctor" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand doctor" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand config; and not __fish_seen_subcommand_from show" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand config; and not __fish_seen_subcommand_from show" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand config; and not __fish_seen_subcommand_from show" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand config; and not __fish_seen_subcommand_from show" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand config; and not __fish_seen_subcommand_from show" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand config; and not __fish_seen_subcommand_from show" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand config; and not __fish_seen_subcommand_from show" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand config; and not __fish_seen_subcommand_from show" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand config; and not __fish_seen_subcommand_from show" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand config; and not __fish_seen_subcommand_from show" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand config; and not __fish_seen_subcommand_from show" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand config; and not __fish_seen_subcommand_from show" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand config; and not __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand config; and not __fish_seen_subcommand_from show" -f -a "show" -d 'Show every setting, and where it comes from'
complete -c daytona -n "__fish_daytona_using_subcommand config; and __fish_seen_subcommand_from show" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand config; and __fish_seen_subcommand_from show" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand config; and __fish_seen_subcommand_from show" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand config; and __fish_seen_subcommand_from show" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand config; and __fish_seen_subcommand_from show" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand config; and __fish_seen_subcommand_from show" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand config; and __fish_seen_subcommand_from show" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand config; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand config; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand config; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand config; and __fish_seen_subcommand_from show" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand config; and __fish_seen_subcommand_from show" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand config; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand completion" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand completion" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand completion" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand completion" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand completion" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand completion" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand completion" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand completion" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand completion" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand completion" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand completion" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand completion" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand completion" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand man" -l out -d 'Folder to write them to' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand man" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand man" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand man" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand man" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand man" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand man" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand man" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand man" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand man" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand man" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand man" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand man" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand version" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand version" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand version" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand version" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand version" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand version" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand version" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand version" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand version" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand version" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand version" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand version" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand version" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand help" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand help" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand help" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand help" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand help" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand help" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand help" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand help" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand help" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand help" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand help" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand help" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and not __fish_seen_subcommand_from run create add new list ls info view inspect start stop pause resume fork resize archive recover delete remove rm exec code logs shell cp preview-url wait" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and not __fish_seen_subcommand_from run create add new list ls info view inspect start stop pause resume fork resize archive recover delete remove rm exec code logs shell cp preview-url wait" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and not __fish_seen_subcommand_from run create add new list ls info view inspect start stop pause resume fork resize archive recover delete remove rm exec code logs shell cp preview-url wait" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and not __fish_seen_subcommand_from run create add new list ls info view inspect start stop pause resume fork resize archive recover delete remove rm exec code logs shell cp preview-url wait" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and not __fish_seen_subcommand_from run create add new list ls info view inspect start stop pause resume fork resize archive recover delete remove rm exec code logs shell cp preview-url wait" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and not __fish_seen_subcommand_from run create add new list ls info view inspect start stop pause resume fork resize archive recover delete remove rm exec code logs shell cp preview-url wait" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and not __fish_seen_subcommand_from run create add new list ls info view inspect start stop pause resume fork resize archive recover delete remove rm exec code logs shell cp preview-url wait" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and not __fish_seen_subcommand_from run create add new list ls info view inspect start stop pause resume fork resize archive recover delete remove rm exec code logs shell cp preview-url wait" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and not __fish_seen_subcommand_from run create add new list ls info view inspect start stop pause resume fork resize archive recover delete remove rm exec code logs shell cp preview-url wait" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and not __fish_seen_subcommand_from run create add new list ls info view inspect start stop pause resume fork resize archive recover delete remove rm exec code logs shell cp preview-url wait" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and not __fish_seen_subcommand_from run create add new list ls info view inspect start stop pause resume fork resize archive recover delete remove rm exec code logs shell cp preview-url wait" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and not __fish_seen_subcommand_from run create add new list ls info view inspect start stop pause resume fork resize archive recover delete remove rm exec code logs shell cp preview-url wait" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and not __fish_seen_subcommand_from run create add new list ls info view inspect start stop pause resume fork resize archive recover delete remove rm exec code logs shell cp preview-url wait" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and not __fish_seen_subcommand_from run create add new list ls info view inspect start stop pause resume fork resize archive recover delete remove rm exec code logs shell cp preview-url wait" -f -a "run" -d 'Run a command in a new sandbox, and delete it afterwards'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and not __fish_seen_subcommand_from run create add new list ls info view inspect start stop pause resume fork resize archive recover delete remove rm exec code logs shell cp preview-url wait" -f -a "create" -d 'Create a sandbox'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and not __fish_seen_subcommand_from run create add new list ls info view inspect start stop pause resume fork resize archive recover delete remove rm exec code logs shell cp preview-url wait" -f -a "add" -d 'Create a sandbox'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and not __fish_seen_subcommand_from run create add new list ls info view inspect start stop pause resume fork resize archive recover delete remove rm exec code logs shell cp preview-url wait" -f -a "new" -d 'Create a sandbox'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and not __fish_seen_subcommand_from run create add new list ls info view inspect start stop pause resume fork resize archive recover delete remove rm exec code logs shell cp preview-url wait" -f -a "list" -d 'List sandboxes'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and not __fish_seen_subcommand_from run create add new list ls info view inspect start stop pause resume fork resize archive recover delete remove rm exec code logs shell cp preview-url wait" -f -a "ls" -d 'List sandboxes'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and not __fish_seen_subcommand_from run create add new list ls info view inspect start stop pause resume fork resize archive recover delete remove rm exec code logs shell cp preview-url wait" -f -a "info" -d 'Show everything about a sandbox'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and not __fish_seen_subcommand_from run create add new list ls info view inspect start stop pause resume fork resize archive recover delete remove rm exec code logs shell cp preview-url wait" -f -a "view" -d 'Show everything about a sandbox'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and not __fish_seen_subcommand_from run create add new list ls info view inspect start stop pause resume fork resize archive recover delete remove rm exec code logs shell cp preview-url wait" -f -a "inspect" -d 'Show everything about a sandbox'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and not __fish_seen_subcommand_from run create add new list ls info view inspect start stop pause resume fork resize archive recover delete remove rm exec code logs shell cp preview-url wait" -f -a "start" -d 'Start a sandbox'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and not __fish_seen_subcommand_from run create add new list ls info view inspect start stop pause resume fork resize archive recover delete remove rm exec code logs shell cp preview-url wait" -f -a "stop" -d 'Stop a sandbox, keeping its files'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and not __fish_seen_subcommand_from run create add new list ls info view inspect start stop pause resume fork resize archive recover delete remove rm exec code logs shell cp preview-url wait" -f -a "pause" -d 'Pause a sandbox, keeping its memory'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and not __fish_seen_subcommand_from run create add new list ls info view inspect start stop pause resume fork resize archive recover delete remove rm exec code logs shell cp preview-url wait" -f -a "resume" -d 'Let a paused sandbox go on'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and not __fish_seen_subcommand_from run create add new list ls info view inspect start stop pause resume fork resize archive recover delete remove rm exec code logs shell cp preview-url wait" -f -a "fork" -d 'Make another sandbox with the files of this one'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and not __fish_seen_subcommand_from run create add new list ls info view inspect start stop pause resume fork resize archive recover delete remove rm exec code logs shell cp preview-url wait" -f -a "resize" -d 'Change the CPU cores, memory and disk of a sandbox'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and not __fish_seen_subcommand_from run create add new list ls info view inspect start stop pause resume fork resize archive recover delete remove rm exec code logs shell cp preview-url wait" -f -a "archive" -d 'Archive a stopped sandbox'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and not __fish_seen_subcommand_from run create add new list ls info view inspect start stop pause resume fork resize archive recover delete remove rm exec code logs shell cp preview-url wait" -f -a "recover" -d 'Bring a failed sandbox back'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and not __fish_seen_subcommand_from run create add new list ls info view inspect start stop pause resume fork resize archive recover delete remove rm exec code logs shell cp preview-url wait" -f -a "delete" -d 'Delete sandboxes with their files'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and not __fish_seen_subcommand_from run create add new list ls info view inspect start stop pause resume fork resize archive recover delete remove rm exec code logs shell cp preview-url wait" -f -a "remove" -d 'Delete sandboxes with their files'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and not __fish_seen_subcommand_from run create add new list ls info view inspect start stop pause resume fork resize archive recover delete remove rm exec code logs shell cp preview-url wait" -f -a "rm" -d 'Delete sandboxes with their files'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and not __fish_seen_subcommand_from run create add new list ls info view inspect start stop pause resume fork resize archive recover delete remove rm exec code logs shell cp preview-url wait" -f -a "exec" -d 'Run a command in a sandbox'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and not __fish_seen_subcommand_from run create add new list ls info view inspect start stop pause resume fork resize archive recover delete remove rm exec code logs shell cp preview-url wait" -f -a "code" -d 'Run programs from their text'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and not __fish_seen_subcommand_from run create add new list ls info view inspect start stop pause resume fork resize archive recover delete remove rm exec code logs shell cp preview-url wait" -f -a "logs" -d 'Show what commands of sessions have written'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and not __fish_seen_subcommand_from run create add new list ls info view inspect start stop pause resume fork resize archive recover delete remove rm exec code logs shell cp preview-url wait" -f -a "shell" -d 'Open a shell in a sandbox, on this terminal'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and not __fish_seen_subcommand_from run create add new list ls info view inspect start stop pause resume fork resize archive recover delete remove rm exec code logs shell cp preview-url wait" -f -a "cp" -d 'Copy files and folders to a sandbox and back'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and not __fish_seen_subcommand_from run create add new list ls info view inspect start stop pause resume fork resize archive recover delete remove rm exec code logs shell cp preview-url wait" -f -a "preview-url" -d 'Print the URL of a port of a sandbox'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and not __fish_seen_subcommand_from run create add new list ls info view inspect start stop pause resume fork resize archive recover delete remove rm exec code logs shell cp preview-url wait" -f -a "wait" -d 'Wait until a sandbox is in a state'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l cwd -d 'Folder to run it in [default: the sandbox\'s own]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l timeout -d 'Seconds until the command is ended; 0 is never [default: 0]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l name -d 'Name of the sandbox; must be free [default: chosen by the server]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l like -d 'Sandbox to make it like, by id or name: all but its name, files, secrets and time to live is taken over where nothing else is asked for; where that has a snapshot of its own, the size is the snapshot\'s' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l template -d 'Template to make it from, by name: what it says holds where nothing else is asked for' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l snapshot -d 'Snapshot to start from [default: the server\'s own]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l target -d 'Region to create it in' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l user -d 'Operating-system user that commands run as' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from run" -s e -l env -d 'Environment variable of every process in it (can be repeated)' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from run" -s l -l label -d 'Label, for finding and grouping (can be repeated)' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l auto-stop -d 'Minutes without activity until it is stopped; 0 is never' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l auto-pause -d 'Minutes without activity until it is paused; 0 is never' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l auto-archive -d 'Minutes stopped until it is archived' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l auto-delete -d 'Minutes stopped until it is deleted; 0 is at once, -1 never' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l ttl -d 'Minutes from now until it is deleted, whatever its state; 0 is never' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l cpu -d 'CPU cores' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l memory -d 'Memory in GiB' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l disk -d 'Disk in GiB' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l network-allow-list -d 'Let it reach only these networks, ADDRESS/BITS by comma' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l domain-allow-list -d 'Let it reach only these names, by comma; `*.` before one means all below it' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l volume -d 'Volume to mount, by name or id (can be repeated); SUBPATH is a folder of it' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l secret -d 'Secret for its environment, by name (can be repeated)' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l env-file -d 'File of KEY=VALUE lines for the environment; `-` is standard input (can be repeated)' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l keep -d 'Keep the sandbox, and say how to come back'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from run" -s i -l interactive -d 'Forward standard input; without it the command\'s input is empty'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from run" -s t -l tty -d 'Allocate a terminal; use -it for interactive programs'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l no-stdin -d 'The default: kept for scripts that name it'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l public -d 'Let anybody open its previews, without a token'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l network-block-all -d 'Block all network access'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from run" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from run" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from run" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from create" -l name -d 'Name of the sandbox; must be free [default: chosen by the server]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from create" -l like -d 'Sandbox to make it like, by id or name: all but its name, files, secrets and time to live is taken over where nothing else is asked for; where that has a snapshot of its own, the size is the snapshot\'s' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from create" -l template -d 'Template to make it from, by name: what it says holds where nothing else is asked for' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from create" -l snapshot -d 'Snapshot to start from [default: the server\'s own]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from create" -l target -d 'Region to create it in' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from create" -l user -d 'Operating-system user that commands run as' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from create" -s e -l env -d 'Environment variable of every process in it (can be repeated)' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from create" -s l -l label -d 'Label, for finding and grouping (can be repeated)' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from create" -l auto-stop -d 'Minutes without activity until it is stopped; 0 is never' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from create" -l auto-pause -d 'Minutes without activity until it is paused; 0 is never' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from create" -l auto-archive -d 'Minutes stopped until it is archived' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from create" -l auto-delete -d 'Minutes stopped until it is deleted; 0 is at once, -1 never' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from create" -l ttl -d 'Minutes from now until it is deleted, whatever its state; 0 is never' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from create" -l cpu -d 'CPU cores' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from create" -l memory -d 'Memory in GiB' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from create" -l disk -d 'Disk in GiB' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from create" -l network-allow-list -d 'Let it reach only these networks, ADDRESS/BITS by comma' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from create" -l domain-allow-list -d 'Let it reach only these names, by comma; `*.` before one means all below it' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from create" -l volume -d 'Volume to mount, by name or id (can be repeated); SUBPATH is a folder of it' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from create" -l secret -d 'Secret for its environment, by name (can be repeated)' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from create" -l env-file -d 'File of KEY=VALUE lines for the environment; `-` is standard input (can be repeated)' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from create" -l timeout -d 'Seconds to wait until it runs [default: 60]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from create" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from create" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from create" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from create" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from create" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from create" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from create" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from create" -l public -d 'Let anybody open its previews, without a token'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from create" -l network-block-all -d 'Block all network access'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from create" -l no-wait -d 'Return as soon as the server accepts'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from create" -l wait -d 'Return once it runs (the default)'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from create" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from create" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from add" -l name -d 'Name of the sandbox; must be free [default: chosen by the server]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from add" -l like -d 'Sandbox to make it like, by id or name: all but its name, files, secrets and time to live is taken over where nothing else is asked for; where that has a snapshot of its own, the size is the snapshot\'s' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from add" -l template -d 'Template to make it from, by name: what it says holds where nothing else is asked for' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from add" -l snapshot -d 'Snapshot to start from [default: the server\'s own]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from add" -l target -d 'Region to create it in' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from add" -l user -d 'Operating-system user that commands run as' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from add" -s e -l env -d 'Environment variable of every process in it (can be repeated)' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from add" -s l -l label -d 'Label, for finding and grouping (can be repeated)' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from add" -l auto-stop -d 'Minutes without activity until it is stopped; 0 is never' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from add" -l auto-pause -d 'Minutes without activity until it is paused; 0 is never' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from add" -l auto-archive -d 'Minutes stopped until it is archived' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from add" -l auto-delete -d 'Minutes stopped until it is deleted; 0 is at once, -1 never' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from add" -l ttl -d 'Minutes from now until it is deleted, whatever its state; 0 is never' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from add" -l cpu -d 'CPU cores' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from add" -l memory -d 'Memory in GiB' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from add" -l disk -d 'Disk in GiB' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from add" -l network-allow-list -d 'Let it reach only these networks, ADDRESS/BITS by comma' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from add" -l domain-allow-list -d 'Let it reach only these names, by comma; `*.` before one means all below it' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from add" -l volume -d 'Volume to mount, by name or id (can be repeated); SUBPATH is a folder of it' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from add" -l secret -d 'Secret for its environment, by name (can be repeated)' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from add" -l env-file -d 'File of KEY=VALUE lines for the environment; `-` is standard input (can be repeated)' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from add" -l timeout -d 'Seconds to wait until it runs [default: 60]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from add" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from add" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from add" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from add" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from add" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from add" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from add" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from add" -l public -d 'Let anybody open its previews, without a token'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from add" -l network-block-all -d 'Block all network access'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from add" -l no-wait -d 'Return as soon as the server accepts'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from add" -l wait -d 'Return once it runs (the default)'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from add" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from add" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from add" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from new" -l name -d 'Name of the sandbox; must be free [default: chosen by the server]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from new" -l like -d 'Sandbox to make it like, by id or name: all but its name, files, secrets and time to live is taken over where nothing else is asked for; where that has a snapshot of its own, the size is the snapshot\'s' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from new" -l template -d 'Template to make it from, by name: what it says holds where nothing else is asked for' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from new" -l snapshot -d 'Snapshot to start from [default: the server\'s own]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from new" -l target -d 'Region to create it in' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from new" -l user -d 'Operating-system user that commands run as' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from new" -s e -l env -d 'Environment variable of every process in it (can be repeated)' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from new" -s l -l label -d 'Label, for finding and grouping (can be repeated)' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from new" -l auto-stop -d 'Minutes without activity until it is stopped; 0 is never' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from new" -l auto-pause -d 'Minutes without activity until it is paused; 0 is never' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from new" -l auto-archive -d 'Minutes stopped until it is archived' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from new" -l auto-delete -d 'Minutes stopped until it is deleted; 0 is at once, -1 never' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from new" -l ttl -d 'Minutes from now until it is deleted, whatever its state; 0 is never' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from new" -l cpu -d 'CPU cores' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from new" -l memory -d 'Memory in GiB' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from new" -l disk -d 'Disk in GiB' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from new" -l network-allow-list -d 'Let it reach only these networks, ADDRESS/BITS by comma' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from new" -l domain-allow-list -d 'Let it reach only these names, by comma; `*.` before one means all below it' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from new" -l volume -d 'Volume to mount, by name or id (can be repeated); SUBPATH is a folder of it' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from new" -l secret -d 'Secret for its environment, by name (can be repeated)' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from new" -l env-file -d 'File of KEY=VALUE lines for the environment; `-` is standard input (can be repeated)' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from new" -l timeout -d 'Seconds to wait until it runs [default: 60]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from new" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from new" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from new" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from new" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from new" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from new" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from new" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from new" -l public -d 'Let anybody open its previews, without a token'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from new" -l network-block-all -d 'Block all network access'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from new" -l no-wait -d 'Return as soon as the server accepts'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from new" -l wait -d 'Return once it runs (the default)'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from new" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from new" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from new" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from new" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from new" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from new" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from list" -l name -d 'Only those whose name begins so, whatever the case' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from list" -l state -d 'Only those in this state (can be repeated)' -r -f -a "creating\t''
restoring\t''
destroyed\t''
destroying\t''
started\t''
stopped\t''
starting\t''
stopping\t''
error\t''
build_failed\t''
pending_build\t''
building_snapshot\t''
pulling_snapshot\t''
archived\t''
archiving\t''
resizing\t''
snapshotting\t''
forking\t''
pausing\t''
paused\t''
resuming\t''
unknown\t''"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from list" -s l -l label -d 'Only those with this label (can be repeated; all must match)' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from list" -l limit -d 'Most sandboxes in one page, 1 to 200 [default: 100]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from list" -s c -l cursor -d 'Where the page starts: `nextCursor` of the page before' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from list" -l sort -d 'What to sort by [default: lastActivityAt]' -r -f -a "name\t''
cpu\t''
memoryGib\t''
diskGib\t''
lastActivityAt\t''
createdAt\t''"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from list" -l order -d 'Direction of the sort [default: desc]' -r -f -a "asc\t''
desc\t''"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from list" -s f -d 'Short for `--format`' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from list" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from list" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from list" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from list" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from list" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from list" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from list" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from list" -l all -d 'Follow all pages'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from list" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from list" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from ls" -l name -d 'Only those whose name begins so, whatever the case' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from ls" -l state -d 'Only those in this state (can be repeated)' -r -f -a "creating\t''
restoring\t''
destroyed\t''
destroying\t''
started\t''
stopped\t''
starting\t''
stopping\t''
error\t''
build_failed\t''
pending_build\t''
building_snapshot\t''
pulling_snapshot\t''
archived\t''
archiving\t''
resizing\t''
snapshotting\t''
forking\t''
pausing\t''
paused\t''
resuming\t''
unknown\t''"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from ls" -s l -l label -d 'Only those with this label (can be repeated; all must match)' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from ls" -l limit -d 'Most sandboxes in one page, 1 to 200 [default: 100]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from ls" -s c -l cursor -d 'Where the page starts: `nextCursor` of the page before' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from ls" -l sort -d 'What to sort by [default: lastActivityAt]' -r -f -a "name\t''
cpu\t''
memoryGib\t''
diskGib\t''
lastActivityAt\t''
createdAt\t''"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from ls" -l order -d 'Direction of the sort [default: desc]' -r -f -a "asc\t''
desc\t''"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from ls" -s f -d 'Short for `--format`' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from ls" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from ls" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from ls" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from ls" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from ls" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from ls" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from ls" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from ls" -l all -d 'Follow all pages'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from ls" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from ls" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from ls" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from ls" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from info" -s f -d 'Short for `--format`' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from info" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from info" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from info" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from info" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from info" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from info" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from info" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from info" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from info" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from info" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from info" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from info" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from info" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from view" -s f -d 'Short for `--format`' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from view" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from view" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from view" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from view" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from view" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from view" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from view" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from view" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from view" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from view" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from view" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from view" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from view" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from inspect" -s f -d 'Short for `--format`' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from inspect" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from inspect" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from inspect" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from inspect" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from inspect" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from inspect" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from inspect" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from inspect" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from inspect" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from inspect" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from inspect" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from inspect" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from inspect" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l timeout -d 'Seconds to wait until it runs [default: 60]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l no-wait -d 'Return as soon as the server accepts'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from start" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from start" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from start" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from stop" -l timeout -d 'Seconds to wait until it has stopped [default: 60]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from stop" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from stop" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from stop" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from stop" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from stop" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from stop" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from stop" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from stop" -s f -l force -d 'Kill its processes instead of asking them to end'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from stop" -l no-wait -d 'Return as soon as the server accepts'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from stop" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from stop" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from stop" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from stop" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from stop" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from stop" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from pause" -l timeout -d 'Seconds to wait until it is paused [default: 60]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from pause" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from pause" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from pause" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from pause" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from pause" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from pause" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from pause" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from pause" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from pause" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from pause" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from pause" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from pause" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from pause" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from resume" -l timeout -d 'Seconds to wait until it runs [default: 60]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from resume" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from resume" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from resume" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from resume" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from resume" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from resume" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from resume" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from resume" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from resume" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from resume" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from resume" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from resume" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from resume" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from fork" -l name -d 'Name of the fork; must be free [default: chosen by the server]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from fork" -l timeout -d 'Seconds to wait until it runs [default: 60]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from fork" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from fork" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from fork" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from fork" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from fork" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from fork" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from fork" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from fork" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from fork" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from fork" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from fork" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from fork" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from fork" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from resize" -l cpu -d 'CPU cores' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from resize" -l memory -d 'Memory in GiB' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from resize" -l disk -d 'Disk in GiB' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from resize" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from resize" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from resize" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from resize" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from resize" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from resize" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from resize" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from resize" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from resize" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from resize" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from resize" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from resize" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from resize" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from archive" -l timeout -d 'Seconds to wait until it is archived [default: 600]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from archive" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from archive" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from archive" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from archive" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from archive" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from archive" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from archive" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from archive" -l no-wait -d 'Return as soon as the server accepts'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from archive" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from archive" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from archive" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from archive" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from archive" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from archive" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from recover" -l timeout -d 'Seconds to wait until it runs [default: 60]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from recover" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from recover" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from recover" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from recover" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from recover" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from recover" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from recover" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from recover" -l skip-start -d 'Leave it stopped'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from recover" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from recover" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from recover" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from recover" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from recover" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from recover" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from delete" -l state -d 'Delete those in this state (can be repeated)' -r -f -a "creating\t''
restoring\t''
destroyed\t''
destroying\t''
started\t''
stopped\t''
starting\t''
stopping\t''
error\t''
build_failed\t''
pending_build\t''
building_snapshot\t''
pulling_snapshot\t''
archived\t''
archiving\t''
resizing\t''
snapshotting\t''
forking\t''
pausing\t''
paused\t''
resuming\t''
unknown\t''"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from delete" -s l -l label -d 'Delete those with this label (can be repeated; all must match)' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from delete" -l name -d 'Delete those whose name begins so, whatever the case' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from delete" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from delete" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from delete" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from delete" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from delete" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from delete" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from delete" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from delete" -s a -l all -d 'Delete all of them'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from delete" -l ignore-not-found -d 'Count a sandbox that is not there as deleted'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Do not ask before deleting by filter or all'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from delete" -l wait -d 'Return once they are gone'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from delete" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from delete" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from delete" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from remove" -l state -d 'Delete those in this state (can be repeated)' -r -f -a "creating\t''
restoring\t''
destroyed\t''
destroying\t''
started\t''
stopped\t''
starting\t''
stopping\t''
error\t''
build_failed\t''
pending_build\t''
building_snapshot\t''
pulling_snapshot\t''
archived\t''
archiving\t''
resizing\t''
snapshotting\t''
forking\t''
pausing\t''
paused\t''
resuming\t''
unknown\t''"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from remove" -s l -l label -d 'Delete those with this label (can be repeated; all must match)' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from remove" -l name -d 'Delete those whose name begins so, whatever the case' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from remove" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from remove" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from remove" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from remove" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from remove" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from remove" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from remove" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from remove" -s a -l all -d 'Delete all of them'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from remove" -l ignore-not-found -d 'Count a sandbox that is not there as deleted'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Do not ask before deleting by filter or all'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from remove" -l wait -d 'Return once they are gone'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from remove" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from remove" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from remove" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from rm" -l state -d 'Delete those in this state (can be repeated)' -r -f -a "creating\t''
restoring\t''
destroyed\t''
destroying\t''
started\t''
stopped\t''
starting\t''
stopping\t''
error\t''
build_failed\t''
pending_build\t''
building_snapshot\t''
pulling_snapshot\t''
archived\t''
archiving\t''
resizing\t''
snapshotting\t''
forking\t''
pausing\t''
paused\t''
resuming\t''
unknown\t''"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from rm" -s l -l label -d 'Delete those with this label (can be repeated; all must match)' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from rm" -l name -d 'Delete those whose name begins so, whatever the case' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from rm" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from rm" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from rm" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from rm" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from rm" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from rm" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from rm" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from rm" -s a -l all -d 'Delete all of them'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from rm" -l ignore-not-found -d 'Count a sandbox that is not there as deleted'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from rm" -s y -l yes -d 'Do not ask before deleting by filter or all'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from rm" -l wait -d 'Return once they are gone'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from rm" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from rm" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from rm" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from rm" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from rm" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from rm" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l cwd -d 'Folder to run it in [default: the sandbox\'s own]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -s e -l env -d 'Environment variable for it (can be repeated)' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l timeout -d 'Seconds until it is ended; 0 is never [default: 0]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -s i -l interactive -d 'Forward standard input; without it the command\'s input is empty'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -s t -l tty -d 'Allocate a terminal; use -it for interactive programs'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l no-stdin -d 'The default: kept for scripts that name it'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from code" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from code" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from code" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from code" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from code" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from code" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from code" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from code" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from code" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from code" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from code" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from code" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from code" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from code" -f -a "run" -d 'Run a program, in a sandbox of its own where none is named'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from logs" -l session -d 'Session to show [default: the entrypoint\'s, if that wrote anything; else they are listed]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from logs" -l command -d 'Command of the session [default: its last one]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from logs" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from logs" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from logs" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from logs" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from logs" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from logs" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from logs" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from logs" -s f -l follow -d 'Go on until the command ends'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from logs" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from logs" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from logs" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from logs" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from logs" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from logs" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from shell" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from shell" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from shell" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from shell" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from shell" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from shell" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from shell" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from shell" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from shell" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from shell" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from shell" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from shell" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from shell" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from cp" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from cp" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from cp" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from cp" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from cp" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from cp" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from cp" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from cp" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from cp" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from cp" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from cp" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from cp" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from cp" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from preview-url" -s p -l port -d 'Port that a server in the sandbox listens on' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from preview-url" -l expires -d 'Seconds until the URL no longer works, up to 86400 [default: 3600]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from preview-url" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from preview-url" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from preview-url" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from preview-url" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from preview-url" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from preview-url" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from preview-url" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from preview-url" -l unsigned -d 'The lasting URL, which needs the token that `--json` shows unless the sandbox is public'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from preview-url" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from preview-url" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from preview-url" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from preview-url" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from preview-url" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from preview-url" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from wait" -l for -d 'State to wait for [default: started]' -r -f -a "creating\t''
restoring\t''
destroyed\t''
destroying\t''
started\t''
stopped\t''
starting\t''
stopping\t''
error\t''
build_failed\t''
pending_build\t''
building_snapshot\t''
pulling_snapshot\t''
archived\t''
archiving\t''
resizing\t''
snapshotting\t''
forking\t''
pausing\t''
paused\t''
resuming\t''
unknown\t''"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from wait" -l timeout -d 'Seconds to wait at most [default: 60]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from wait" -l json -d 'Print the result as JSON; with FIELDS, only those, e.g. `--json=id,name`' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from wait" -l format -d 'Form of the result; off a terminal, tables have no headings, and tabs between whole values' -r -f -a "table\t'For people'
json\t'JSON, two spaces deep'
yaml\t'YAML, with the same keys as JSON'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from wait" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from wait" -l api-url -d 'Base URL of the Daytona API to use' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from wait" -l api-key-file -d 'File that holds the API key; `-` is standard input' -r -F
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from wait" -l organization -d 'Organization to act in, by id' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from wait" -l request-timeout -d 'Seconds that one request may take [default: 180]' -r
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from wait" -s q -l quiet -d 'Print identifiers only, and no status'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from wait" -s v -l verbose -d 'Tell more on stderr (twice: everything)'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from wait" -l no-input -d 'Never ask'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from wait" -l local -d 'Use the engine on this machine, whatever is configured'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from wait" -l insecure -d 'Do not check certificates'
complete -c daytona -n "__fish_daytona_using_subcommand sandbox; and __fish_seen_subcommand_from wait" -s h -l help -d 'Print help (see more with \'--help\')'
