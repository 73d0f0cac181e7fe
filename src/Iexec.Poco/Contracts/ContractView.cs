using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Ethereum.JsonRpc;

namespace Iexec.Poco.Contracts;

/// <summary>A read of a contract: its call and how the answer is decoded. Several go into one round trip.</summary>
/// <exception cref="AbiException">By <paramref name="Decode"/>: not the answer of such a contract. An address without code answers with nothing.</exception>
internal sealed record ContractView<T>(Address Contract, byte[] CallData, Func<byte[], T> Decode)
{
    public EthCall Call => new(null, Contract, CallData);
}
