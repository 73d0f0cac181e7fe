using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.JsonRpc;
using Iexec.Ethereum.Transactions;
using Iexec.Poco.Chain;
using Iexec.Poco.Contracts;
using Iexec.Poco.Deployment;
using Iexec.Testing;
using Xunit;

namespace Tests.Chain.Poco;

/// <summary>A fresh hub on a chain of its own that mines when a transaction was sent, and who is who on it.</summary>
internal sealed class TestHub : IAsyncDisposable
{
    private TestHub(AnvilProcess node, HubDeployment deployment, IHub hub)
    {
        Node = node;
        Deployment = deployment;
        Hub = hub;
        Calls = new HubCalls(hub.Configuration);
    }

    public static PrivateKey Owner => AnvilProcess.Keys[0];

    public static PrivateKey AppOwner => AnvilProcess.Keys[1];

    public static PrivateKey DatasetOwner => AnvilProcess.Keys[2];

    public static PrivateKey PoolOwner => AnvilProcess.Keys[3];

    public static PrivateKey Requester => AnvilProcess.Keys[4];

    public static IReadOnlyList<PrivateKey> Workers => [.. AnvilProcess.Keys.Skip(5).Take(4)];

    public AnvilProcess Node { get; }

    public EthClient Eth => Node.Eth;

    public HubDeployment Deployment { get; }

    public IHub Hub { get; }

    public HubCalls Calls { get; }

    public static async Task<TestHub> StartAsync(bool strict = false)
    {
        var node = await AnvilProcess.StartAsync(new AnvilOptions(), new RevertDecoder(ContractErrors.All));
        var options = new HubDeployOptions(Owner.Address) { Strict = strict };
        var deployment = await HubDeployer.DeployAsync(node.Eth, Owner, options, _ => node.MineAsync(), CancellationToken.None);
        var hub = await JsonRpcHub.ConnectAsync(node.Eth, deployment.Configuration.Hub, CancellationToken.None);
        return new TestHub(node, deployment, hub);
    }

    /// <summary>Sends and expects success.</summary>
    public async Task<TransactionReceipt> SendAsync(PrivateKey key, ContractCall call)
    {
        var gas = call.GasLimit ?? await Eth.EstimateGasAsync(new EthCall(key.Address, call.To, call.Data), CancellationToken.None) * 5 / 4;
        var nonce = await Eth.GetTransactionCountAsync(key.Address, pending: true, CancellationToken.None);
        var fees = await Eth.SuggestFeesAsync(CancellationToken.None);
        var signed = new TransactionRequest(Hub.Configuration.ChainId, nonce, call.To, UInt256.Zero, call.Data, gas, fees).Sign(key);
        await Eth.SendRawAsync(signed, CancellationToken.None);
        await Node.MineAsync();
        var receipt = await Eth.GetReceiptAsync(signed.Hash, CancellationToken.None);
        Assert.NotNull(receipt);
        Assert.True(receipt.Succeeded);
        return receipt;
    }

    /// <summary>Gives an account RLC out of the supply and puts it into the escrow.</summary>
    public async Task DepositAsync(PrivateKey key, UInt256 amountNrlc)
    {
        await SendAsync(Owner, Calls.TransferToken(key.Address, amountNrlc));
        await SendAsync(key, Calls.Deposit(amountNrlc));
    }

    /// <summary>The first event of a kind in the block of a receipt.</summary>
    public async Task<TEvent> EventAsync<TEvent>(TransactionReceipt receipt)
        where TEvent : HubEvent =>
        (await Hub.GetEventsAsync(receipt.BlockNumber, receipt.BlockNumber, CancellationToken.None)).OfType<TEvent>().First();

    public ValueTask DisposeAsync() => Node.DisposeAsync();
}
