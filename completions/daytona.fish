complete --keep-order --exclusive --command daytona --arguments "(DAYTONA_COMPLETE=fish daytona -- (commandline --current-process --tokenize --cut-at-cursor) (commandline --current-token))"
