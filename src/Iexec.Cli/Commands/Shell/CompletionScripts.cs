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
        }
        complete -o bashdefault -o default -F _iexec iexec
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
          set -l candidates (iexec complete -- $words[2..-1] 2>/dev/null)
          if count $candidates >/dev/null; printf '%s\n' $candidates; else; __fish_complete_path $words[-1]; end
        end
        complete -c iexec -f -a '(__iexec_complete)'
        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName iexec -ScriptBlock {
          param($word, $ast, $position)
          $words = @($ast.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $position } | ForEach-Object { $_.ToString() })
          # Older versions of PowerShell leave out an empty word.
          $last = if ($word) { @('--', $words, $word) } else { @('--next', '--', $words) }
          iexec complete @($last | ForEach-Object { $_ }) 2>$null | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
        }
        """;
}
