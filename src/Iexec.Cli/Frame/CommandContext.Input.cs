using Iexec.Sdk.Errors;

namespace Iexec.Cli.Frame;

public sealed partial class CommandContext
{
    private string? _inputReader;

    /// <summary>One line of standard input.</summary>
    /// <exception cref="IexecException">It is empty, or something else has read it.</exception>
    internal async Task<string> ReadInputLineAsync(string what)
    {
        TakeInput(what);
        return await Environment.In.ReadLineAsync(Cancellation) ?? throw new IexecException(ErrorCode.ValidationError, $"Standard input holds no {what}.");
    }

    /// <summary>All of standard input.</summary>
    /// <exception cref="IexecException">Something else has read it.</exception>
    internal Task<string> ReadInputToEndAsync(string what)
    {
        TakeInput(what);
        return Environment.In.ReadToEndAsync(Cancellation);
    }

    // Which of two secrets comes first would be a guess, and a wrong one sends a password away as a secret's value.
    private void TakeInput(string what)
    {
        if (_inputReader is not null && _inputReader != what)
        {
            throw new IexecException(ErrorCode.ValidationError, $"Standard input cannot give both the {_inputReader} and the {what}", "Give one of them by a file or an environment variable.");
        }

        _inputReader = what;
    }
}
