namespace Iexec.Cli.Commands.Shell;

/// <summary>What a shell has to know: to ask <c>iexec complete -- &lt;words&gt;</c>, whose last word is the one being written.</summary>
internal static class CompletionScripts
{
    public static IReadOnlyDictionary<string, (string Script, string Hint)> All { get; } = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
    {
        ["bash"] = (Bash, "eval \"$(iexec completion bash)\"    # in ~/.bashrc"),
        ["zsh"] = (Zsh, "eval \"$(iexec completion zsh)\"    # in ~/.zshrc, after compinit"),
        ["fish"] = (Fish, "iexec completion fish > ~/.config/fish/completions/iexec.fish"),
        ["powershell"] = (PowerShell, "iexec completion powershell | Out-String | Invoke-Expression    # in $PROFILE"),
    };

    private const string Bash = """
        _iexec() {
          local IFS=$'\n'
          COMPREPLY=($(iexec complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
          if [ ${#COMPREPLY[@]} -eq 0 ]; then COMPREPLY=($(compgen -f -- "${COMP_WORDS[COMP_CWORD]}")); fi
        }
        complete -F _iexec iexec
        """;

    private const string Zsh = """
        _iexec() {
          local -a candidates
          candidates=("${(@f)$(iexec complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
          if [[ -n "$candidates" ]]; then compadd -a candidates; else _files; fi
        }
        compdef _iexec iexec
        """;

    private const string Fish = """
        function __iexec_complete
          set -l words (commandline -opc) (commandline -ct)
          iexec complete -- $words[2..-1] 2>/dev/null
        end
        complete -c iexec -a '(__iexec_complete)'
        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName iexec -ScriptBlock {
          param($word, $ast, $position)
          $words = @($ast.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $position } | ForEach-Object { $_.ToString() })
          iexec complete -- @words "$word" 2>$null | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
        }
        """;
}
