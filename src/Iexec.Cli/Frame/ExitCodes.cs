using Iexec.Sdk.Errors;

namespace Iexec.Cli.Frame;

/// <summary>What the process answers to its caller.</summary>
public static class ExitCodes
{
    /// <summary>Everything asked for was done.</summary>
    public const int Done = 0;

    /// <summary>Something asked for was not done.</summary>
    public const int Failed = 1;

    /// <summary>Ended by Ctrl-C: 128 + SIGINT, as shells count.</summary>
    public const int Interrupted = 130;

    /// <summary>The exit code of an error. Scripts of the official client know 1 alone.</summary>
    public static int Of(Exception error) => error is OperationCanceledException ? Interrupted : Failed;

    /// <summary>Any exception as the one family of errors; what nobody foresaw keeps its message and hides its internals.</summary>
    public static IexecException ToIexecException(Exception error) => error switch
    {
        IexecException known => known,
        OperationCanceledException => new IexecException(ErrorCode.Error, "Interrupted"),
        FormatException or OverflowException => new IexecException(ErrorCode.ValidationError, error.Message, null, error),
        UnauthorizedAccessException or IOException => new IexecException(ErrorCode.ConfigurationError, error.Message, "Check the permissions and the free space.", error),
        _ => new IexecException(ErrorCode.Error, $"{error.GetType().Name}: {error.Message}", "This is a defect of iexec: please report it with the command that shows it.", error),
    };
}
