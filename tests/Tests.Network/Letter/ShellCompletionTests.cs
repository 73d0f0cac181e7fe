using System.Diagnostics;
using Xunit;

namespace Tests.Network.Letter;

/// <summary>The scripts of <c>iexec completion</c>, run by the shells that this machine has; PowerShell has to be tried by hand.</summary>
public sealed class ShellCompletionTests : IDisposable
{
    // The last word is the one being written.
    private static readonly (string[] Words, string[] Candidates)[] Lines =
    [
        (["ord"], ["order", "orderbook"]),
        (["order", "f"], ["fill"]),
        (["app", "run", "--enc"], ["--encrypt-result"]),
        (["account", "show", "--chain", ""], ["here", "there"]),
        (["storage", "init", "d"], ["dropbox"]),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("iexec-shell-").FullName;

    /// <summary>Those that are installed; bash is wherever the tests run on Linux.</summary>
    public static TheoryData<string> Shells => new((OperatingSystem.IsLinux() ? new[] { "bash" } : []).Concat(new[] { "zsh", "fish" }.Where(IsInstalled)));

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task A_shell_completes_commands_options_and_names_of_networks(string shell)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "chain.json"), """{ "default": "here", "chains": { "here": {}, "there": {} } }""");
        foreach (var (words, candidates) in Lines)
        {
            Assert.Equal(candidates, (await AskAsync(shell, words)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static bool IsInstalled(string shell) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, shell)));

    private async Task<string> AskAsync(string shell, string[] words)
    {
        var quoted = string.Join(' ', words.Select(word => $"'{word}'"));
        var script = shell switch
        {
            "bash" => $$"""
                eval "$(iexec completion bash)"
                complete -p iexec >/dev/null || exit 1
                COMP_WORDS=(iexec {{quoted}}); COMP_CWORD={{words.Length}}
                _iexec
                printf '%s\n' "${COMPREPLY[@]}"
                """,

            // What the completion system would be told, which itself needs a terminal.
            "zsh" => $$"""
                compdef() { [[ "$*" == "_iexec iexec" ]] || exit 1 }
                compadd() { [[ "$*" == "-a candidates" ]] && print -l -- $candidates }
                eval "$(iexec completion zsh)"
                words=(iexec {{quoted}}); CURRENT={{words.Length + 1}}
                _iexec
                """,
            _ => $$"""
                iexec completion fish | source
                complete -C 'iexec {{string.Join(' ', words)}}'
                """,
        };
        var program = Path.Combine(_folder, "iexec");
        await File.WriteAllTextAsync(program, IexecProgram.Launcher);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var start = new ProcessStartInfo(shell, ["-c", script]) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{_folder}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["HOME"] = _folder;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{shell}: {await error}");
        return output;
    }
}
