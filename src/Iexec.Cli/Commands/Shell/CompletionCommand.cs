using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Sdk.Errors;

namespace Iexec.Cli.Commands.Shell;

/// <summary>Completion of commands and options in a shell.</summary>
internal static class CompletionCommand
{
    /// <summary><c>iexec completion &lt;shell&gt;</c> prints the shell's script.</summary>
    public static void Fill(Command command, CommandFrame frame)
    {
        var shell = new Argument<string>("shell") { Description = string.Join(", ", CompletionScripts.All.Keys) };
        shell.CompletionSources.Add([.. CompletionScripts.All.Keys]);
        command.Add(shell);
        frame.Bind(command, OptionBlocks.None, context =>
        {
            var name = context.Get(shell)!;
            var (script, hint) = CompletionScripts.All.TryGetValue(name.ToLowerInvariant() is "pwsh" ? "powershell" : name.ToLowerInvariant(), out var found)
                ? found
                : throw new IexecException(ErrorCode.ValidationError, $"There is no completion for {name}", $"It exists for {string.Join(", ", CompletionScripts.All.Keys)}.");
            context.Succeed(new JsonObject { ["script"] = script, ["hint"] = hint }, output =>
            {
                output.WriteLine($"# {hint}");
                output.WriteLine(script);
            });
            return Task.CompletedTask;
        });
    }

    /// <summary><c>iexec complete -- &lt;words&gt;</c> prints what the last word can become, one candidate a line; for the scripts.</summary>
    public static void FillComplete(Command command, CommandFrame frame)
    {
        var words = new Argument<string[]>("words") { Arity = ArgumentArity.ZeroOrMore };
        var next = new Option<bool>("--next") { Description = "a new word is begun after those" };
        command.Add(words);
        command.Add(next);
        frame.Bind(command, OptionBlocks.None, context =>
        {
            foreach (var candidate in new Candidates(CommandTree.BuildAll(frame), context).Of([.. context.Get(words) ?? [], .. context.Get(next) ? (string[])[""] : []]))
            {
                context.Environment.Out.WriteLine(candidate);
            }

            return Task.CompletedTask;
        });
    }
}
