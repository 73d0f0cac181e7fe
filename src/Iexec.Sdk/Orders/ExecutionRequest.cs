using Iexec.Ethereum;
using Iexec.Poco.Orders;
using Iexec.Sdk.Errors;

namespace Iexec.Sdk.Orders;

/// <summary>One execution that somebody wants to buy at the market's price.</summary>
public sealed record ExecutionRequest
{
    /// <summary>The application.</summary>
    public required Address App { get; init; }

    /// <summary>Zero for none.</summary>
    public Address Dataset { get; init; }

    /// <summary>Zero for any.</summary>
    public Address Workerpool { get; init; }

    /// <summary>The category.</summary>
    public UInt256 Category { get; init; }

    /// <summary>Conditions of the execution.</summary>
    public Tag Tag { get; init; }

    /// <summary>Trust wanted.</summary>
    public UInt256 Trust { get; init; }

    /// <summary>Owner of the result; null for the requester.</summary>
    public Address? Beneficiary { get; init; }

    /// <summary>Contract that gets the result; zero for none.</summary>
    public Address Callback { get; init; }

    /// <summary>Parameters, as signed.</summary>
    public string Params { get; init; } = "{}";

    /// <summary>As the order of a requester, for one task; prices are left at nothing.</summary>
    /// <exception cref="IexecException">ValidationError: params that no worker can run, in the official words, e.g.
    /// <c>iexec_input_files[0] "ipfs://x" is not a valid URL</c>.</exception>
    public RequestOrder ToOrder(Address requester)
    {
        ExecutionParams.Check(Params, Tag);
        return new()
        {
            App = App, Dataset = Dataset, Workerpool = Workerpool, Requester = requester, Volume = UInt256.One, Tag = Tag, Category = Category, Trust = Trust,
            Beneficiary = Beneficiary ?? requester, Callback = Callback, Params = Params,
        };
    }
}
