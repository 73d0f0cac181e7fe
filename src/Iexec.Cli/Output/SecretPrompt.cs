using Spectre.Console;

namespace Iexec.Cli.Output;

/// <summary>Asks on standard error, so that standard output holds results alone.</summary>
internal static class SecretPrompt
{
    public static Task<string> AskAsync(string question, CancellationToken cancellationToken)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return new TextPrompt<string>(question.EscapeMarkup()).Secret(null).AllowEmpty().ShowAsync(console, cancellationToken);
    }
}
