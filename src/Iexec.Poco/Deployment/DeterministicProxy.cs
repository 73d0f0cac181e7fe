using Iexec.Ethereum;
using Iexec.Ethereum.JsonRpc;
using Iexec.Ethereum.Transactions;

namespace Iexec.Poco.Deployment;

/// <summary>
/// The deterministic deployment proxy: a contract without owner that stands at one address on every chain and creates what it is sent,
/// <c>salt ‖ init code</c>, by CREATE2. Source: github.com/Arachnid/deterministic-deployment-proxy.
/// </summary>
internal static class DeterministicProxy
{
    public static readonly Address Address = Address.Parse("0x4e59b44847b379578588920cA78FbF26c0B4956C");

    /// <summary>Who sends the transaction below. Nobody has the key: the signature was chosen, and the sender follows from it.</summary>
    public static readonly Address Creator = Address.Parse("0x3fab184622dc19b6109349b94811493bf2a45362");

    /// <summary>What the creator must own: 100,000 gas at 100 gwei, in wei.</summary>
    public static readonly UInt256 CreatorFunds = 10_000_000_000_000_000;

    private static readonly Bytes32 Salt = Bytes32.Zero;

    // Signed without chain id (before EIP-155), so that it is good on every chain.
    private const string CreationTransaction =
        "0xf8a58085174876e800830186a08080b853604580600e600039806000f350fe7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
        + "ffe03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf31ba02222222222222222222222222222222222222222222222"
        + "222222222222222222a02222222222222222222222222222222222222222222222222222222222222222";

    /// <summary>The transaction that creates the proxy.</summary>
    public static RpcCall Creation => new("eth_sendRawTransaction", $"[\"{CreationTransaction}\"]");

    /// <summary>Where the proxy puts a contract.</summary>
    public static Address AddressOf(ReadOnlySpan<byte> initCode) => ContractAddress.Create2(Address, Salt, initCode);

    /// <summary>What to send to the proxy.</summary>
    public static byte[] CallData(ReadOnlySpan<byte> initCode) => [.. Salt.AsSpan(), .. initCode];
}
