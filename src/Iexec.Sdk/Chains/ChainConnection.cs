using Iexec.Ethereum.Abi;
using Iexec.Ethereum.JsonRpc;
using Iexec.Ethereum.Transactions;
using Iexec.Poco.Chain;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Workerpools;

namespace Iexec.Sdk.Chains;

/// <summary>An open network: the node, the hub, and the settings they came from.</summary>
internal sealed class ChainConnection
{
    private Func<Task>? _verify;

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

    /// <summary>
    /// Reads the hub's configuration in one round trip and compares the chain id. With <paramref name="cache"/>, a configuration that was read
    /// before is used at once and read again together with the first question.
    /// </summary>
    /// <exception cref="IexecException">Node down, hub missing, or a node of another network.</exception>
    public static Task<ChainConnection> OpenAsync(ChainSettings settings, ServiceHttp http, CancellationToken cancellationToken, HubCache? cache = null)
    {
        var host = settings.RequireHost();
        var hub = settings.RequireHub();
        return settings.ReadingAsync(async () =>
        {
            var eth = new EthClient(new JsonRpcClient(http.Rpc(settings), host, new RevertDecoder()));
            if (cache?.Find(settings.Id, hub) is { } known)
            {
                return new ChainConnection(settings, eth, JsonRpcHub.Of(eth, known), http)
                {
                    _verify = () => settings.ReadingAsync(async () => Compare(await ReadConfigurationAsync(settings, eth, hub, cancellationToken).ConfigureAwait(false), known, cache)),
                };
            }

            var read = await ReadConfigurationAsync(settings, eth, hub, cancellationToken).ConfigureAwait(false);
            cache?.Save(read);
            return new ChainConnection(settings, eth, JsonRpcHub.Of(eth, read), http);
        });
    }

    private static async Task<HubConfiguration> ReadConfigurationAsync(ChainSettings settings, EthClient eth, Ethereum.Address hub, CancellationToken cancellationToken)
    {
        var read = await JsonRpcHub.ReadConfigurationAsync(eth, hub, cancellationToken).ConfigureAwait(false);
        if (read.ChainId != settings.Id)
        {
            throw new IexecException(
                ErrorCode.ConfigurationError,
                $"The node of chain \"{settings.Name}\" is of chain {read.ChainId}, not {settings.Id}",
                "Correct \"id\" or \"host\" in chain.json; nothing was sent.");
        }

        // Who believes that RLC is the coin would take amounts of the one for amounts of the other.
        return settings.IsNative is { } said && said != read.IsNative
            ? throw new IexecException(
                ErrorCode.ConfigurationError,
                $"Hub {hub} of chain \"{settings.Name}\" stakes {(read.IsNative ? "the chain's coin" : $"the token {read.Token}")}, but chain.json says \"native\": {(said ? "true" : "false")}",
                "Correct or remove \"native\" in chain.json; nothing was sent.")
            : read;
    }

    private static bool Compare(HubConfiguration read, HubConfiguration known, HubCache cache)
    {
        if (read == known)
        {
            return true;
        }

        cache.Drop(known.ChainId, known.Hub);
        throw new IexecException(
            ErrorCode.ConfigurationError, $"The contracts of hub {known.Hub} are others than they were", "Nothing was sent. Run the command again; if you did not expect this, check \"host\" in chain.json.");
    }

    /// <summary>What a transaction offers for gas: the price that was set, else what the node suggests.</summary>
    public Task<TransactionFees> PriceGasAsync(CancellationToken cancellationToken) => Settings.GasPriceWei is { } price
        ? Task.FromResult<TransactionFees>(new TransactionFees.Legacy(price))
        : Eth.SuggestFeesAsync(cancellationToken);

    /// <summary>Reads, with the node's refusals in the client's words. What is asked before the first wait goes in one round trip.</summary>
    public Task<T> ReadAsync<T>(Func<IHub, Task<T>> read) => Settings.ReadingAsync(() => TogetherAsync(() => read(Hub)));

    /// <summary>As <see cref="ReadAsync"/>, for what is one round trip by itself: it need not be gathered.</summary>
    public Task<T> ReadAloneAsync<T>(Func<IHub, Task<T>> read) => _verify is null ? Settings.ReadingAsync(() => read(Hub)) : ReadAsync(read);

    /// <summary>Sends everything that is asked before the first wait in one round trip.</summary>
    public Task<T> TogetherAsync<T>(Func<Task<T>> ask) => Interlocked.Exchange(ref _verify, null) is { } verify
        ? Eth.Rpc.TogetherAsync(async () =>
        {
            var verifying = verify();
            var asking = ask();
            await verifying.ConfigureAwait(false);
            return await asking.ConfigureAwait(false);
        })
        : Eth.Rpc.TogetherAsync(ask);
}
