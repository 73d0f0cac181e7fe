using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.Signing;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Modules;
using Iexec.Sdk.Project;

namespace Iexec.Sdk;

/// <summary>
/// One network and, perhaps, one wallet: the door to everything a client can do. Nothing is asked of the network before the first call. All
/// members may be used from several threads; transactions of one client are sent one after the other.
/// Every call throws <see cref="IexecException"/> whose <see cref="IexecException.Code"/> has the official client's name for the kind of failure;
/// besides, as everywhere, <see cref="ArgumentNullException"/>, <see cref="ObjectDisposedException"/>, and <see cref="OperationCanceledException"/>
/// where the caller's token was cancelled: its message names a transaction that is out already.
/// Amounts are in nRLC (10⁻⁹ RLC) or wei, times in seconds.
/// </summary>
public sealed class IexecClient : IDisposable
{
    private readonly Session _session;

    /// <summary>Makes a client.</summary>
    /// <param name="chain">Where node, hub and services are.</param>
    /// <param name="signer">The wallet: a <see cref="PrivateKey"/>, which stays the caller's to dispose, or whoever else holds the key; null for a client that
    /// only reads.</param>
    /// <param name="options">Null for the usual ones.</param>
    public IexecClient(ChainSettings chain, ISigner? signer = null, IexecOptions? options = null)
    {
        _session = new Session(chain, signer, options ?? new IexecOptions());
        Wallet = new WalletModule(_session);
        Account = new AccountModule(_session);
        App = new AppModule(_session);
        Dataset = new DatasetModule(_session);
        Workerpool = new WorkerpoolModule(_session);
        Hub = new HubModule(_session);
        Deal = new DealModule(_session);
        Order = new OrderModule(_session);
        Orderbook = new OrderbookModule(_session);
        Task = new TaskModule(_session);
        Result = new ResultModule(_session);
        Secrets = new SecretsModule(_session);
        Storage = new StorageModule(_session);
        Network = new NetworkModule(_session);
    }

    /// <summary>Makes a client of a network that <c>chain.json</c> describes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="chain">A key of its <c>chains</c>, or an id; null for its <c>default</c>.</param>
    /// <param name="signer">The wallet; null for a client that only reads.</param>
    /// <param name="options">Null for the usual ones.</param>
    /// <exception cref="IexecException">ConfigurationError: no such file or network; ValidationError: a wrong member, with its line.</exception>
    public static IexecClient FromFile(string path, string? chain = null, ISigner? signer = null, IexecOptions? options = null) =>
        new(ChainFile.Read(new JsonFile(path)).Resolve(chain), signer, options);

    /// <summary>Where everything is.</summary>
    public ChainSettings Chain => _session.Settings;

    /// <summary>The chain's coin and RLC outside the escrow.</summary>
    public WalletModule Wallet { get; }

    /// <summary>RLC in the escrow of the hub.</summary>
    public AccountModule Account { get; }

    /// <summary>Applications.</summary>
    public AppModule App { get; }

    /// <summary>Datasets, their encryption and their keys.</summary>
    public DatasetModule Dataset { get; }

    /// <summary>Worker pools.</summary>
    public WorkerpoolModule Workerpool { get; }

    /// <summary>Categories and terms of the hub.</summary>
    public HubModule Hub { get; }

    /// <summary>Deals: one purchase of one or more tasks.</summary>
    public DealModule Deal { get; }

    /// <summary>Orders: made, signed, published, matched.</summary>
    public OrderModule Order { get; }

    /// <summary>What others have published.</summary>
    public OrderbookModule Orderbook { get; }

    /// <summary>Tasks: one execution.</summary>
    public TaskModule Task { get; }

    /// <summary>Keys that encrypt results, and the decryption of results.</summary>
    public ResultModule Result { get; }

    /// <summary>A requester's secrets for its executions.</summary>
    public SecretsModule Secrets { get; }

    /// <summary>Tokens of storages, and files for everybody.</summary>
    public StorageModule Storage { get; }

    /// <summary>Which network this is.</summary>
    public NetworkModule Network { get; }

    /// <summary>Closes the connections. What is under way fails; a transaction that was sent stays sent.</summary>
    public void Dispose() => _session.Dispose();
}
