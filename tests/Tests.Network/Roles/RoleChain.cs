using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.KeyStore;
using Iexec.Host.Serve;
using Iexec.Poco.Chain;
using Iexec.Poco.Deployment;
using Iexec.Poco.Registries;
using Iexec.Sdk.Chains;
using Iexec.Testing;
using Iexec.Testing.Cli;
using Xunit;

namespace Tests.Network.Roles;

/// <summary>A real chain with the contracts, a workerpool, the key files of its owner, and a project that names the chain.</summary>
public sealed class RoleChain : IAsyncLifetime
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly ServiceHttp _http = new(new SocketsHttpHandler());
    private readonly TemporaryFolder _folder = new();
    private AnvilProcess _node = null!;

    public static PrivateKey PoolOwner => AnvilProcess.Keys[1];

    public ChainSettings Settings { get; private set; } = null!;

    internal ChainConnection Chain { get; private set; } = null!;

    public Address Workerpool { get; private set; }

    /// <summary>The owner's keystore and password, readable by nobody else.</summary>
    public KeyFiles Owner { get; private set; } = null!;

    /// <summary>Somebody with neither ether nor stake.</summary>
    public KeyFiles Pauper { get; private set; } = null!;

    public CliRunner Cli { get; } = new() { Network = () => new SocketsHttpHandler() };

    public async Task InitializeAsync()
    {
        _node = await AnvilProcess.StartAsync(new AnvilOptions(BlockTimeSeconds: 0));
        var deployer = AnvilProcess.Keys[0];
        var hub = (await HubDeployer.DeployAsync(_node.Eth, deployer, new HubDeployOptions(deployer.Address), null, CancellationToken.None)).Configuration;
        Settings = new ChainSettings { Name = "dev", Id = hub.ChainId, Host = _node.Url, Hub = hub.Hub };
        Chain = await ChainConnection.OpenAsync(Settings, _http, CancellationToken.None);
        await SendAsync(PoolOwner, Chain.Calls.CreateWorkerpool(PoolOwner.Address, "pool"));
        Workerpool = (await Chain.Hub.GetAssetByIndexAsync(AssetKind.Workerpool, PoolOwner.Address, 0, CancellationToken.None))!.Value;
        Owner = WriteKey("owner", PoolOwner);
        Pauper = WriteKey("pauper", PrivateKey.Generate(new SeededEntropy(7)));
        await File.WriteAllTextAsync(Cli["chain.json"], $$"""{ "default": "dev", "chains": { "dev": { "id": "{{hub.ChainId}}", "host": "{{_node.Url}}", "hub": "{{hub.Hub}}" } } }""");
    }

    public Task SendAsync(PrivateKey key, ContractCall call) => new TransactionSender(Chain, key, 1, TimeProvider.System).SendAsync(call, CancellationToken.None);

    /// <summary>A role in a state folder of the test's own, or of another role's to collide with it.</summary>
    public Task<SingleRole> OpenAsync(ListenOptions? listen = null, string? state = null, TextWriter? log = null) => SingleRole.OpenAsync(
        Settings,
        new ServeOptions
        {
            StateFolder = state ?? _folder.File(Path.GetRandomFileName()),
            Listen = listen ?? new ListenOptions { Port = 0 },
            Log = log ?? TextWriter.Null,
        },
        SystemEntropy.Instance, TimeProvider.System, CancellationToken.None);

    public string PathOf(string name) => _folder.File(name);

    public async Task DisposeAsync()
    {
        Cli.Dispose();
        _http.Dispose();
        await _node.DisposeAsync();
        _folder.Dispose();
    }

    private KeyFiles WriteKey(string name, PrivateKey key) => new(
        WriteSecret(name + ".json", KeyStoreFile.Encrypt(key, "secret", new SeededEntropy(1))), WriteSecret(name + ".password", "secret\n"));

    public string WriteSecret(string name, string content, UnixFileMode mode = OwnerOnly)
    {
        var path = _folder.File(name);
        File.WriteAllText(path, content);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }

        return path;
    }
}
