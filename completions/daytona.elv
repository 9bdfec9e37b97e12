
set edit:completion:arg-completer[daytona] = { |@words|
    var index = (count $words)
    set index = (- $index 1)

    put (env _CLAP_IFS="\n" _CLAP_COMPLETE_INDEX=(to-string $index) DAYTONA_COMPLETE="elvish" daytona -- $@words) | to-lines
}

