using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Ethereum.JsonRpc;

namespace Tests.Chain.Differential;

/// <summary>A read that both sides must answer alike.</summary>
internal sealed record View(string Function, Func<Side, EthCall> Call)
{
    /// <param name="function">Canonical signature.</param>
    /// <param name="contract">Who is asked.</param>
    /// <param name="arguments">Written per side.</param>
    public static View Of(string function, Func<Side, Address> contract, Action<AbiWriter, Side>? arguments = null)
    {
        var signature = new AbiSignature(function);
        return new View(function[..function.IndexOf('(', StringComparison.Ordinal)], side =>
        {
            var writer = new AbiWriter();
            arguments?.Invoke(writer, side);
            return new EthCall(null, contract(side), writer.ToCallData(signature.Selector));
        });
    }
}
