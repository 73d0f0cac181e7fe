using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.Eip712;
using Iexec.Ethereum.JsonRpc;
using Iexec.Poco.Chain;
using Iexec.Poco.Contracts;
using Iexec.Poco.Orders;
using Iexec.Testing;
using Iexec.Testing.Chain;
using Iexec.Testing.Contracts;

namespace Iexec.Bench.Gas;

/// <summary>
/// One deployment with people and assets on it. Prices per task: app 0.1, dataset 0.2, pool 1 RLC; the pool asks its workers for a stake of
/// 35 % and keeps 5 %. Every transaction is alone in its block.
/// </summary>
internal sealed class GasMarket(HubConfiguration configuration, BlockSender sender, AnvilProcess node)
{
    public static readonly UInt256 AppPrice = 100_000_000;
    public static readonly UInt256 DatasetPrice = 200_000_000;
    public static readonly UInt256 PoolPrice = 1_000_000_000;

    /// <summary>67 bytes, as the client of the original writes them.</summary>
    public const string Params = """{"iexec_result_storage_provider":"ipfs","iexec_args":"--width 640"}""";

    public static readonly Tag Tee = Tag.Of(Tag.TeeBit);

    private static readonly UInt256 Deposit = 1_000_000_000_000;
    private readonly SeededEntropy _salts = new(7);

    public static PrivateKey Admin => AnvilProcess.Keys[0];

    public static PrivateKey AppOwner { get; } = TestAddress.Key(1);

    public static PrivateKey DatasetOwner { get; } = TestAddress.Key(2);

    public static PrivateKey Scheduler { get; } = TestAddress.Key(3);

    public static PrivateKey Requester { get; } = TestAddress.Key(4);

    public static PrivateKey Sponsor { get; } = TestAddress.Key(5);

    public static PrivateKey Enclave { get; } = TestAddress.Key(6);

    public static PrivateKey Broker { get; } = TestAddress.Key(7);

    /// <summary>Has nothing but a deposit, and no deal.</summary>
    public static PrivateKey Newcomer { get; } = TestAddress.Key(8);

    public static IReadOnlyList<PrivateKey> Workers { get; } = [.. Enumerable.Range(20, 5).Select(TestAddress.Key)];

    public HubCalls Calls { get; } = new(configuration);

    public Eip712Domain Domain => configuration.Domain;

    public Address Hub => configuration.Hub;

    public Address Token => configuration.Token;

    public AnvilProcess Node => node;

    public Address App { get; private set; }

    public Address Dataset { get; private set; }

    public Address Pool { get; private set; }

    /// <summary>A contract that stores what it receives (ERC-1154).</summary>
    public Address Callback { get; private set; }

    public async Task OpenAsync(Address callback)
    {
        Callback = callback;
        var image = Keccak256.Hash("image");
        App = await CreateAsync(AppOwner, Calls.CreateApp(AppOwner.Address, "app", "DOCKER", "repo/app"u8.ToArray(), image, []));
        Dataset = await CreateAsync(DatasetOwner, Calls.CreateDataset(DatasetOwner.Address, "data", "/ipfs/data"u8.ToArray(), image));
        Pool = await CreateAsync(Scheduler, Calls.CreateWorkerpool(Scheduler.Address, "pool"));
        await SendAsync(Scheduler, new ContractCall(Pool, WorkerpoolContract.EncodeChangePolicy(35, 5)));
        foreach (var key in (PrivateKey[])[Requester, Scheduler, Sponsor, Newcomer, .. Workers])
        {
            await SendAsync(Admin, Calls.TransferToken(key.Address, 2 * Deposit));
            await SendAsync(key, Calls.Deposit(Deposit));
        }
    }

    /// <summary>Sends alone in a block.</summary>
    /// <exception cref="TransactionRefusedException">It reverted.</exception>
    public async Task<TransactionReceipt> SendAsync(PrivateKey from, ContractCall call)
    {
        var receipt = await sender.SendAsync(new TestTransaction(from, call.To, call.Data));
        return receipt.Succeeded ? receipt : throw new TransactionRefusedException(receipt.TransactionHash);
    }

    /// <summary>Sends a call of the hub.</summary>
    public Task<TransactionReceipt> SendAsync(PrivateKey from, byte[] data) => SendAsync(from, new ContractCall(Hub, data));

    public async Task<bool> HasAsync(string function)
    {
        // Without arguments a function that exists cannot decode them; one that does not says so in words.
        var call = new EthCall(null, Hub, new AbiSignature(function).Selector.ToArray());
        var reply = (await node.Eth.CallManyAsync([call], null, CancellationToken.None)).Single();
        return reply.Error is not RevertException { Reason.Message: "fallback-disabled" };
    }

    public Signed<AppOrder> SignApp(AppOrder? order = null) => OrderSchemas.App.Sign(
        order ?? new AppOrder { App = App, AppPrice = AppPrice, Volume = 1_000 }, AppOwner, Domain, _salts);

    public Signed<DatasetOrder> SignDataset(DatasetOrder? order = null) => OrderSchemas.Dataset.Sign(
        order ?? new DatasetOrder { Dataset = Dataset, DatasetPrice = DatasetPrice, Volume = 1_000 }, DatasetOwner, Domain, _salts);

    public Signed<WorkerpoolOrder> SignPool(WorkerpoolOrder? order = null) => OrderSchemas.Workerpool.Sign(
        order ?? new WorkerpoolOrder { Workerpool = Pool, WorkerpoolPrice = PoolPrice, Volume = 1_000, Trust = 10 }, Scheduler, Domain, _salts);

    public Signed<RequestOrder> SignRequest(Func<RequestOrder, RequestOrder>? change = null, PrivateKey? requester = null)
    {
        var key = requester ?? Requester;
        var order = new RequestOrder
        {
            App = App,
            AppMaxPrice = AppPrice,
            Dataset = Dataset,
            DatasetMaxPrice = DatasetPrice,
            Workerpool = Pool,
            WorkerpoolMaxPrice = PoolPrice,
            Requester = key.Address,
            Beneficiary = key.Address,
            Volume = 1,
            Trust = 1,
            Params = Params,
        };
        return OrderSchemas.Request.Sign(change is null ? order : change(order), key, Domain, _salts);
    }

    private async Task<Address> CreateAsync(PrivateKey owner, ContractCall call) => EntryOf(await SendAsync(owner, call));

    /// <summary>The asset that a receipt created: the number of its ERC-721 token is its address.</summary>
    private static Address EntryOf(TransactionReceipt receipt) => new(receipt.Logs.Last(log => log.Topics.Length == 4).Topics[3].AsSpan()[12..]);
}

/// <summary>A transaction that was expected to succeed reverted.</summary>
internal sealed class TransactionRefusedException(Bytes32 hash) : Exception($"The transaction {hash} reverted.");
