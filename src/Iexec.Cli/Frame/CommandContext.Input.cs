using Iexec.Sdk.Errors;

namespace Iexec.Cli.Frame;

internal sealed partial class CommandContext
{
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
