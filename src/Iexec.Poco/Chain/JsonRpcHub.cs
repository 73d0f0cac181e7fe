using Iexec.Ethereum;
using Iexec.Ethereum.JsonRpc;

namespace Iexec.Poco.Chain;

/// <summary>The hub over JSON-RPC. Configuration is read in one batch by <see cref="ConnectAsync"/>.</summary>
public sealed partial class JsonRpcHub
{
    /// <summary>Reads chain id, token, registries and domain in one round trip.</summary>
    /// <exception cref="HubNotFoundException">No contract at the address, or not a PoCo hub.</exception>
    public static Task<IHub> ConnectAsync(EthClient eth, Address hub, CancellationToken cancellationToken) => throw new NotImplementedException();
}

/// <summary>There is no PoCo hub at the address.</summary>
public sealed class HubNotFoundException(Address hub, ulong chainId)
    : Exception($"No iExec hub contract at {hub} on chain {chainId}.")
{
    /// <summary>The address asked.</summary>
    public Address Hub { get; } = hub;
}
