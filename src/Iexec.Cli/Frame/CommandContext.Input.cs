using Iexec.Cli.Output;
using Iexec.Sdk.Errors;

namespace Iexec.Cli.Frame;

internal sealed partial class CommandContext
{
    /// <summary>Asks on standard error; only <c>y</c> and <c>yes</c> are a yes. Ctrl-C ends the wait for an answer at once.</summary>
    public async Task<bool> AskAsync(string question)
    {
        await Environment.Error.WriteAsync($"{WordWrap.Of($"{Printable.Of(question)} [y/N]", 2, Environment.ErrorColumns())} ");
        await Environment.Error.FlushAsync(Cancellation);
        try
        {
            // A terminal's line cannot be waited for in any other way: its reader does not look at the token until Enter is pressed.
            var answer = await Task.Run(Environment.In.ReadLine, CancellationToken.None).WaitAsync(Cancellation);
            return answer?.Trim() is "y" or "Y" or "yes";
        }
        catch (OperationCanceledException)
        {
            await Environment.Error.WriteLineAsync();
            throw;
        }
    }

    /// <summary>The line of standard input that is the password.</summary>
    /// <exception cref="IexecException">It is empty.</exception>
    private async Task<string> ReadPasswordInputAsync() =>
        await Environment.In.ReadLineAsync(Cancellation) ?? throw new IexecException(ErrorCode.ValidationError, "Standard input holds no password.");

    /// <summary>All of standard input.</summary>
    /// <exception cref="IexecException">The password is to be read there, too.</exception>
    internal Task<string> ReadInputToEndAsync(string what)
    {
        // Which of two secrets comes first would be a guess, and a wrong one sends a password away as a secret's value.
        return _parsed.GetValue(_options.PasswordFile) == "-"
            ? throw new IexecException(ErrorCode.ValidationError, $"Standard input cannot give both the {what} and the password", "Give one of them by a file or an environment variable.")
            : Environment.In.ReadToEndAsync(Cancellation);
    }
}
