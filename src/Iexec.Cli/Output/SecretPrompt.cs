using Spectre.Console;

namespace Iexec.Cli.Output;

/// <summary>Asks on standard error, so that standard output holds results alone.</summary>
internal static class SecretPrompt
{
    public static async Task<string> AskAsync(string question, CancellationToken cancellationToken)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        try
        {
            return await new TextPrompt<string>(question.EscapeMarkup()).Secret(null).AllowEmpty().ShowAsync(console, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // What is said next begins a line of its own.
            await Console.Error.WriteLineAsync();
            throw;
        }
    }
}
