namespace Iexec.Sdk.Results;

/// <summary>Why an output is not a result.</summary>
internal enum ResultFault
{
    /// <summary>There is no <c>computed.json</c>.</summary>
    NoComputedFile,

    /// <summary><c>computed.json</c> is not what it should be.</summary>
    BadComputedFile,

    /// <summary>The deterministic output does not exist, lies outside <c>/iexec_out</c> or is a link.</summary>
    BadOutputPath,

    /// <summary>The callback data is not hexadecimal, or longer than a transaction can carry.</summary>
    BadCallbackData,

    /// <summary>More bytes or files than a result may have.</summary>
    TooLarge,
}

/// <summary>The output of a run cannot be made a result. The message is fit for the requester.</summary>
internal sealed class ResultException(ResultFault fault, string message) : Exception(message)
{
    /// <summary>The kind.</summary>
    public ResultFault Fault { get; } = fault;
}
