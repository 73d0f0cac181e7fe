using Iexec.Ethereum.Abi;
using Iexec.Ethereum.JsonRpc;
using Iexec.Poco.Chain;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Workerpools;

namespace Iexec.Sdk.Chains;

/// <summary>An open network: the node, the hub, and the settings they came from.</summary>
public sealed class ChainConnection
{
    private ChainConnection(ChainSettings settings, EthClient eth, IHub hub, ServiceHttp http)
    {
        Settings = settings;
        Eth = eth;
        Hub = hub;
        Http = http;
        Calls = new HubCalls(hub.Configuration);
    }

    /// <summary>What <c>chain.json</c> says.</summary>
    public ChainSettings Settings { get; }

    /// <summary>The node.</summary>
    public EthClient Eth { get; }

    /// <summary>The contracts.</summary>
    public IHub Hub { get; }

    /// <summary>For the network's services.</summary>
    public ServiceHttp Http { get; }

    /// <summary>The pools' schedulers.</summary>
    public WorkerpoolDirectory Workerpools => new(Settings, Http);

    /// <summary>Transactions of the hub.</summary>
    public HubCalls Calls { get; }

    /// <summary>EIP-155 id, the same in settings and node.</summary>
    public ulong ChainId => Settings.Id;

    /// <summary>Reads the hub's configuration in one round trip and compares the chain id.</summary>
    /// <exception cref="IexecException">Node down, hub missing, or a node of another network.</exception>
    public static Task<ChainConnection> OpenAsync(ChainSettings settings, ServiceHttp http, CancellationToken cancellationToken)
    {
        var host = settings.RequireHost();
        var hub = settings.RequireHub();
        return settings.ReadingAsync(async () =>
        {
            var eth = new EthClient(new JsonRpcClient(http.Rpc(settings), host, new RevertDecoder()));
            var connected = await JsonRpcHub.ConnectAsync(eth, hub, cancellationToken);
            if (connected.Configuration.ChainId != settings.Id)
            {
                throw new IexecException(
                    ErrorCode.ConfigurationError,
                    $"The node of chain \"{settings.Name}\" is of chain {connected.Configuration.ChainId}, not {settings.Id}",
                    "Correct \"id\" or \"host\" in chain.json; nothing was sent.");
            }

            return new ChainConnection(settings, eth, connected, http);
        });
    }

    /// <summary>Reads, with the node's refusals in the client's words. What is asked before the first wait goes in one round trip.</summary>
    public Task<T> ReadAsync<T>(Func<IHub, Task<T>> read) => Settings.ReadingAsync(() => TogetherAsync(() => read(Hub)));

    /// <summary>Sends everything that is asked before the first wait in one round trip.</summary>
    public Task<T> TogetherAsync<T>(Func<Task<T>> ask) => Eth.Rpc.TogetherAsync(ask);
}
