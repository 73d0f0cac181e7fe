using System.CommandLine;
using Iexec.Sdk.Errors;

namespace Iexec.Cli.Frame;

/// <summary>
/// A secret that a command takes besides the wallet's password: from an option, which other users of the machine can see, from a file or
/// standard input, from an environment variable, or from a person who is asked.
/// </summary>
/// <param name="option">e.g. <c>--secret-value</c>; <c>--secret-value-file</c> comes with it.</param>
/// <param name="variable">Environment variable.</param>
/// <param name="what">What it is, in words.</param>
internal sealed class SecretInput(string option, string variable, string what)
{
    private const int LargestBytes = 64 * 1024;

    private readonly Option<string?> _value = new(option) { Description = $"the {what} (visible to other users of this machine: prefer {option}-file)", HelpName = "value" };
    private readonly Option<string?> _file = new($"{option}-file") { Description = $"file that holds the {what}, - for standard input; or set {variable}", HelpName = "file" };

    /// <summary>Adds both options.</summary>
    public void AddTo(Command command)
    {
        command.Add(_value);
        command.Add(_file);
    }

    /// <summary>True if an option gives it.</summary>
    public bool IsGiven(CommandContext context) => context.Get(_value) is not null || context.Get(_file) is not null;

    /// <summary>The secret. One line feed at the end of a file is not part of it.</summary>
    /// <param name="context">The command.</param>
    /// <param name="argument">What an argument of the command gave; <c>-</c> is standard input.</param>
    /// <exception cref="IexecException">Nothing gives it, and nobody is there to be asked.</exception>
    public async Task<string> ReadAsync(CommandContext context, string? argument = null)
    {
        if (argument is "-" || context.Get(_file) is "-")
        {
            return WithoutLineEnd(await context.ReadInputToEndAsync(what));
        }

        if ((argument ?? context.Get(_value)) is { } written)
        {
            return written;
        }

        if (context.Get(_file) is { } file)
        {
            return WithoutLineEnd(await ReadFileAsync(context, file));
        }

        if (context.Environment.Variable(variable) is { Length: > 0 } set)
        {
            return set;
        }

        return context.Environment.IsInputTerminal
            ? await context.Environment.ReadSecret($"{char.ToUpperInvariant(what[0])}{what[1..]}: ", context.Cancellation)
            : throw new IexecException(
                ErrorCode.ValidationError, $"A {what} is needed and there is no terminal to ask for it", $"Use {option}-file <file> (- for standard input), {variable}, or {option}.");
    }

    private async Task<string> ReadFileAsync(CommandContext context, string file)
    {
        var path = Path.GetFullPath(file, context.Project.Path);
        try
        {
            return new FileInfo(path).Length <= LargestBytes
                ? await File.ReadAllTextAsync(path, context.Cancellation)
                : throw new IexecException(ErrorCode.ValidationError, $"The file of the {what} has more than {LargestBytes} bytes", $"Check {option}-file.");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new IexecException(ErrorCode.ConfigurationError, $"The file of the {what} cannot be read", $"Check {option}-file.", refused);
        }
    }

    private static string WithoutLineEnd(string text) =>
        text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
}
