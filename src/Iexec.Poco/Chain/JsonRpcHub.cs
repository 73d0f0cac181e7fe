using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Ethereum.JsonRpc;
using Iexec.Poco.Contracts;

namespace Iexec.Poco.Chain;

/// <summary>
/// The hub over JSON-RPC. Configuration is read once by <see cref="ConnectAsync"/>; every read that needs several views takes one HTTP
/// round trip.
/// </summary>
public sealed partial class JsonRpcHub : IHub
{
    private readonly EthClient _eth;
    private readonly HubViews _hub;
    private readonly HubEventDecoder _events;

    private JsonRpcHub(EthClient eth, HubConfiguration configuration)
    {
        _eth = eth;
        Configuration = configuration;
        _hub = new HubViews(configuration.Hub);
        _events = new HubEventDecoder(configuration);
    }

    /// <inheritdoc/>
    public HubConfiguration Configuration { get; }

    /// <summary>A hub whose configuration is known; nothing is asked.</summary>
    public static IHub Of(EthClient eth, HubConfiguration configuration) => new JsonRpcHub(eth, configuration);

    /// <inheritdoc cref="ReadConfigurationAsync"/>
    public static async Task<IHub> ConnectAsync(EthClient eth, Address hub, CancellationToken cancellationToken) =>
        new JsonRpcHub(eth, await ReadConfigurationAsync(eth, hub, cancellationToken).ConfigureAwait(false));

    /// <summary>Reads chain id, token, registries and domain in one round trip.</summary>
    /// <exception cref="HubNotFoundException">
    /// No contract at the address, not a PoCo hub, or one whose signing domain is another contract's or chain's: orders signed for it
    /// would be good elsewhere.
    /// </exception>
    public static async Task<HubConfiguration> ReadConfigurationAsync(EthClient eth, Address hub, CancellationToken cancellationToken)
    {
        var views = new HubViews(hub);
        var reply = await eth.CallManyWithChainIdAsync(
            [views.Token.Call, views.AppRegistry.Call, views.DatasetRegistry.Call, views.WorkerpoolRegistry.Call, views.Domain.Call], cancellationToken).ConfigureAwait(false);
        var (chainId, replies) = (reply.ChainId, reply.Calls);
        try
        {
            var domain = views.Domain.Decode(replies[4].GetData());
            return domain.VerifyingContract == hub && domain.ChainId == chainId
                ? new HubConfiguration(
                    chainId,
                    hub,
                    views.Token.Decode(replies[0].GetData()),
                    views.AppRegistry.Decode(replies[1].GetData()),
                    views.DatasetRegistry.Decode(replies[2].GetData()),
                    views.WorkerpoolRegistry.Decode(replies[3].GetData()),
                    domain)
                : throw new HubNotFoundException(hub, chainId);
        }
        catch (Exception e) when (e is AbiException or RevertException or OverflowException)
        {
            throw new HubNotFoundException(hub, chainId);
        }
    }

    private Task<T> ReadAsync<T>(ContractView<T> view, CancellationToken cancellationToken) =>
        _eth.CallAsync(view.Call, null, view.Decode, cancellationToken);

    // A stranger's contract must not look like a broken node, whatever it does when it is asked: whoever follows the chain would stop there for ever.
    private static bool IsRefusal(Exception e) => e is JsonRpcException { Kind: NodeErrorKind.Reverted or NodeErrorKind.Halted or NodeErrorKind.GasLimit };

    private Task<CallReply[]> ReadManyAsync(CancellationToken cancellationToken, params EthCall[] calls) =>
        _eth.CallManyAsync(calls, null, cancellationToken);
}

/// <summary>There is no PoCo hub at the address.</summary>
public sealed class HubNotFoundException(Address hub, ulong chainId)
    : Exception($"No iExec hub contract at {hub} on chain {chainId}.")
{
    /// <summary>The address asked.</summary>
    public Address Hub { get; } = hub;
}
