using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.JsonRpc;
using Iexec.Poco.Chain;
using Iexec.Poco.Deployment;
using Iexec.Testing;
using Iexec.Testing.Contracts;
using Iexec.Testing.Official;

namespace Tests.Chain.Differential;

/// <summary>
/// The official contracts and ours on one chain. A transaction is sent to both, by the same account, into the same block, so that nothing but the
/// contracts can make a difference.
/// </summary>
internal sealed class TwinChain : IAsyncDisposable
{
    private const string TopCallOnly = """{"tracer":"callTracer","tracerConfig":{"onlyTopCall":true}}""";

    private readonly AnvilProcess _node;
    private readonly BlockSender _sender;

    private TwinChain(AnvilProcess node, BlockSender sender, Twin<HubConfiguration> hubs, EscrowMode mode, ulong time)
    {
        Mode = mode;
        _node = node;
        _sender = sender;
        Hubs = hubs;
        Time = time;
        Calls = Twin.Of(side => new HubCalls(hubs[side]));
        foreach (var contract in (Func<HubConfiguration, Address>[])
        [
            hub => hub.Hub, hub => hub.Token, hub => hub.AppRegistry, hub => hub.DatasetRegistry, hub => hub.WorkerpoolRegistry,
        ])
        {
            Words.Add(Twin.Of(side => contract(hubs[side])));
        }

        Words.Add(Twin.Of(side => hubs[side].Domain.Separator));
    }

    public static PrivateKey Admin => AnvilProcess.Keys[0];

    public EscrowMode Mode { get; }

    public Twin<HubConfiguration> Hubs { get; }

    public Twin<HubCalls> Calls { get; }

    public Correspondence Words { get; } = new();

    /// <summary>Of the latest block, Unix seconds.</summary>
    public ulong Time { get; private set; }

    /// <summary>
    /// Ours is strict: what is compared is the behaviour that the original's users know. Each side has the original's token, which answers too little to tell
    /// why, so that every refusal is the hub's own.
    /// </summary>
    public static async Task<TwinChain> StartAsync(EscrowMode mode)
    {
        var node = await AnvilProcess.StartAsync(BlockSender.FreeOfCharge());
        var token = mode == EscrowMode.Token ? await new BlockSender(node).CreateAsync(Admin, "the token", OfficialDeployer.TokenCode) : Address.Zero;
        var options = new HubDeployOptions(Admin.Address, token, Strict: true);
        var ours = await HubDeployer.DeployAsync(node.Eth, Admin, options, _ => node.MineAsync(), CancellationToken.None);
        var sender = new BlockSender(node);
        var official = await new OfficialDeployer(sender, node, Admin).DeployAsync(mode);
        var head = await node.Eth.GetBlockAsync((ulong?)null, CancellationToken.None);
        foreach (var key in People.All)
        {
            // Gas is free, but transactions carry coin.
            await node.SetBalanceAsync(key.Address, UInt256.Parse("1000000000000000000000000"));
        }

        return new TwinChain(node, sender, new(official, ours.Configuration), mode, head!.Timestamp);
    }

    /// <summary>The next block comes this much later than it would have.</summary>
    public void PassTime(ulong seconds) => Time += seconds;

    /// <summary>Wei that lie in the hubs.</summary>
    public Task<Twin<UInt256>> CoinAsync() => Twin.OfAsync(side => _node.Eth.GetBalanceAsync(Hubs[side].Hub, CancellationToken.None));

    /// <summary>Creates a contract that both sides meet at the same address.</summary>
    public Task<Address> CreateAsync(byte[] code) => _sender.CreateAsync(Admin, "a contract of the test", code);

    public async Task<Twin<Outcome>> SendAsync(PrivateKey from, Func<Side, ContractCall> call, UInt256 valueWei = default)
    {
        var hashes = Twin.Of<Bytes32>(_ => default);
        foreach (var side in Twin.Sides)
        {
            var wanted = call(side);
            var hash = await _sender.SubmitAsync(new TestTransaction(from, wanted.To, wanted.Data, wanted.GasLimit ?? 8_000_000, valueWei));
            hashes = side == Side.Official ? hashes with { Official = hash } : hashes with { Ours = hash };
        }

        Time++;
        await _node.RpcAsync("evm_mine", $"[{Time}]");
        return await Twin.OfAsync(side => OutcomeAsync(hashes[side]));
    }

    /// <summary>Views at the latest block, in one round trip.</summary>
    public async Task<Twin<CallReply[]>> ReadAsync(IReadOnlyList<View> views)
    {
        var replies = await _node.Eth.CallManyAsync([.. Twin.Sides.SelectMany(side => views.Select(view => view.Call(side)))], null, CancellationToken.None);
        return new(replies[..views.Count], replies[views.Count..]);
    }

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    private async Task<Outcome> OutcomeAsync(Bytes32 hash)
    {
        var tracing = _node.Eth.Rpc.CallAsync(
            new RpcCall("debug_traceTransaction", $"[\"{hash}\", {TopCallOnly}]"), CancellationToken.None);
        var receipt = await _sender.ReceiptAsync(hash);
        var trace = await tracing;
        var output = trace.TryGetProperty("output", out var data) ? Hex.Decode(data.GetString()!) : [];
        return new Outcome(receipt.Succeeded, output, receipt.Logs, receipt.GasUsed);
    }
}
