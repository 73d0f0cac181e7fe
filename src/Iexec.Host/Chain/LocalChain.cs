using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.JsonRpc;
using Iexec.Host.Network;
using Iexec.Poco.Deployment;

namespace Iexec.Host.Chain;

/// <summary>
/// The development chain with the contracts on it, saved whenever a block held a transaction. What the node had not saved when it was killed
/// may be lost, at most the last half second; what is saved is whole.
/// </summary>
internal sealed class LocalChain : IAsyncDisposable
{
    private static readonly TimeSpan SaveInterval = TimeSpan.FromMilliseconds(500);

    private readonly DevelopmentNode _node;
    private readonly ChainDump _dump;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private Task _saving = Task.CompletedTask;
    private ulong _savedBlock;

    private LocalChain(DevelopmentNode node, ChainDump dump, TimeProvider time)
    {
        _node = node;
        _dump = dump;
        _time = time;
    }

    /// <summary>
    /// The owner of hub and RLC supply on development chains. The key is public on purpose: hub addresses are the same everywhere, and the
    /// chain has no value.
    /// </summary>
    public static PrivateKey DevelopmentOwner() => new(Keccak256.Hash("iexec development chain owner").AsSpan());

    public Uri Url => _node.Url;

    public NodeAdmin Admin => _node.Admin;

    public EthClient Eth => _node.Admin.Eth;

    /// <summary>Addresses, and what this start deployed.</summary>
    public required HubDeployment Deployment { get; init; }

    public static async Task<LocalChain> StartAsync(
        NetworkOptions options, HttpClient http, IEntropySource entropy, TimeProvider time, CancellationToken cancellationToken)
    {
        using var owner = DevelopmentOwner();
        var contracts = new HubDeployOptions(owner.Address);
        var folder = options.RoleFolder("chain");
        Directory.CreateDirectory(folder);
        var dump = new ChainDump(folder, options.ChainId, HubDeployer.PredictHub(contracts));
        dump.RemoveUnfinished();
        await RescueAsync(folder, dump, http, cancellationToken);
        var node = await DevelopmentNode.StartAsync(folder, options.ProductFolder, options.ChainId, http, entropy, time, cancellationToken);
        try
        {
            if (dump.Load() is { } state)
            {
                await node.Admin.LoadStateAsync(state, cancellationToken);
            }

            await node.Admin.SetBalanceAsync(owner.Address, Ether(1_000_000), cancellationToken);
            var deployment = await HubDeployer.DeployAsync(node.Admin.Eth, owner, contracts, node.Admin.MineAsync, cancellationToken);
            var chain = new LocalChain(node, dump, time) { Deployment = deployment };
            await chain.SaveAsync(cancellationToken);
            chain._saving = chain.SaveWhenChangedAsync(chain._stop.Token);
            return chain;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>From now on blocks come by themselves.</summary>
    public async Task StartMiningAsync(int blockTimeSeconds, CancellationToken cancellationToken)
    {
        await Admin.MineAsync(cancellationToken);
        await (blockTimeSeconds == 0 ? Admin.SetAutomineAsync(true, cancellationToken) : Admin.SetIntervalMiningAsync(blockTimeSeconds, cancellationToken));
    }

    /// <summary>Ends when the node does, which is a failure unless it was disposed.</summary>
    public Task WaitForExitAsync(CancellationToken cancellationToken) => _node.WaitForExitAsync(cancellationToken);

    /// <summary>Stops mining, saves, ends the node.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _saving;
        try
        {
            await Admin.SetAutomineAsync(false, CancellationToken.None);
            await Admin.SetIntervalMiningAsync(0, CancellationToken.None);
            await SaveAsync(CancellationToken.None);
        }
        catch (NodeUnreachableException)
        {
            // The node is gone already; what was saved before counts.
        }
        finally
        {
            await _node.DisposeAsync();
            _stop.Dispose();
        }
    }

    internal static UInt256 Ether(ulong amount) => amount * UInt256.Parse("1000000000000000000");

    private static async Task RescueAsync(string folder, ChainDump dump, HttpClient http, CancellationToken cancellationToken)
    {
        if (DevelopmentNode.FindOrphan(folder, http) is not { } orphan)
        {
            return;
        }

        try
        {
            // A host that was killed while it started may have left a node that had not loaded the dump yet.
            var block = await orphan.Eth.GetBlockNumberAsync(cancellationToken);
            if (dump.SavedBlock is not { } saved || block >= saved)
            {
                dump.Save(await orphan.DumpStateAsync(cancellationToken), block);
            }
        }
        catch (Exception error) when (error is NodeUnreachableException or JsonRpcException)
        {
            // It does not answer: the last dump is what there is.
        }
    }

    private async Task SaveWhenChangedAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(SaveInterval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await TrySaveChangesAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // A stop, which saves once more.
        }
    }

    private async Task TrySaveChangesAsync(CancellationToken cancellationToken)
    {
        try
        {
            var head = await Eth.GetBlockNumberAsync(cancellationToken);
            if (head < _savedBlock || (head > _savedBlock && await Admin.HasTransactionsAsync(_savedBlock + 1, head, cancellationToken)))
            {
                await SaveAsync(cancellationToken);
            }
        }
        catch (Exception error) when (error is NodeUnreachableException or JsonRpcException or IOException)
        {
            // The node's end is noticed by the network itself; anything else (a full disk) may be over at the next turn, and the last save at
            // the stop tells if it is not.
        }
    }

    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        // The number is read first: a block that comes between the two reads is saved again, never forgotten.
        var block = await Eth.GetBlockNumberAsync(cancellationToken);
        _dump.Save(await Admin.DumpStateAsync(cancellationToken), block);
        _savedBlock = block;
    }
}
