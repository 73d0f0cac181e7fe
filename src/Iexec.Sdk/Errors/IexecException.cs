namespace Iexec.Sdk.Errors;

/// <summary>The kinds of failure a client can meet. Names are those of the official client, so that scripts that read <c>--raw</c> errors keep working.</summary>
public enum ErrorCode
{
    /// <summary>Something nobody foresaw: a defect of ours.</summary>
    Error,

    /// <summary>A value given by the user is not acceptable.</summary>
    ValidationError,

    /// <summary>A file or option of the configuration is missing or wrong.</summary>
    ConfigurationError,

    /// <summary>The chain or a service has no such object.</summary>
    ObjectNotFoundError,

    /// <summary>The node refused or reverted a read.</summary>
    Web3ProviderCallError,

    /// <summary>The node refused or reverted a transaction.</summary>
    Web3ProviderSendError,

    /// <summary>A signature could not be made, e.g. wrong password.</summary>
    Web3ProviderSignMessageError,

    /// <summary>The node could not be reached.</summary>
    Web3ProviderError,

    /// <summary>The order gateway refused or could not be reached.</summary>
    MarketCallError,

    /// <summary>The secret service refused or could not be reached.</summary>
    SmsCallError,

    /// <summary>The IPFS gateway or result storage refused or could not be reached.</summary>
    IpfsGatewayCallError,

    /// <summary>The compass refused or could not be reached.</summary>
    CompassCallError,

    /// <summary>The pool's scheduler refused or could not be reached.</summary>
    WorkerpoolCallError,

    /// <summary>A protocol rule forbids it: insufficient stake, wrong signer, consumed order.</summary>
    BusinessError,

    /// <summary>The service that this takes does not exist yet. A name of ours: the official client has a service for everything it offers.</summary>
    NotAvailableError,
}

/// <summary>
/// The one family of errors that leaves the product. <see cref="Exception.Message"/> is fit for a stranger: no paths, secrets or internals.
/// <paramref name="hint"/> says what to do, if anything can be done.
/// </summary>
public sealed class IexecException(ErrorCode code, string message, string? hint = null, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The kind.</summary>
    public ErrorCode Code { get; } = code;

    /// <summary>The owner of the wallet said no, on a device or by a policy: nothing is broken.</summary>
    public bool IsUserRejection { get; init; }

    /// <summary>A service refused or could not be reached: the official client's <c>ApiCallError</c>, which is the base of these five.</summary>
    public bool IsApiCallError => Code is ErrorCode.MarketCallError or ErrorCode.SmsCallError or ErrorCode.IpfsGatewayCallError
        or ErrorCode.CompassCallError or ErrorCode.WorkerpoolCallError;

    /// <summary>The node or the wallet refused or could not be reached: the official client's <c>Web3ProviderError</c> and those that derive from it.</summary>
    public bool IsWeb3ProviderError => Code is ErrorCode.Web3ProviderError or ErrorCode.Web3ProviderCallError
        or ErrorCode.Web3ProviderSendError or ErrorCode.Web3ProviderSignMessageError;

    /// <summary>What was not found, of an <see cref="ErrorCode.ObjectNotFoundError"/> about the chain or the book; else null.</summary>
    public MissingObject? Missing { get; private init; }

    /// <summary>What to do about it; null when there is nothing to say.</summary>
    public string? Hint { get; } = hint;

    /// <summary>The hint, with the name of what mends the error.</summary>
    internal Advice Advice { get; } = hint;

    internal IexecException(ErrorCode code, string message, Advice advice, Exception? inner = null)
        : this(code, message, advice.In(advice.Text), inner) => Advice = advice;

    /// <summary>An object that is not there, in the official words.</summary>
    internal static IexecException NotFound(string name, string id, ulong chainId, Advice advice = default) =>
        new(ErrorCode.ObjectNotFoundError, $"No {name} found for id {id} on chain {chainId}", advice) { Missing = new MissingObject(name, id, chainId) };
}

/// <summary>An object that is not there: <c>objName</c>, <c>objectId</c> and <c>chainId</c> of the official error.</summary>
/// <param name="Name">Its kind: app, dataset, workerpool, category, deal, task, apporder …</param>
/// <param name="Id">Address, hash or number by which it was asked for.</param>
/// <param name="ChainId">EIP-155 id of the network.</param>
public sealed record MissingObject(string Name, string Id, ulong ChainId);
