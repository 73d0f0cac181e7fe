using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Ethereum.JsonRpc;

namespace Iexec.Poco.Contracts;

/// <summary>A read of a contract: its call and how the answer is decoded. Several go into one round trip.</summary>
internal sealed record ContractView<T>(Address Contract, byte[] CallData, Func<AbiReader, T> Read)
{
    public EthCall Call => new(null, Contract, CallData);

    /// <exception cref="AbiException">Not the answer of such a contract; an address without code answers with nothing.</exception>
    public T Decode(byte[] answer) => Read(new AbiReader(answer));
}
