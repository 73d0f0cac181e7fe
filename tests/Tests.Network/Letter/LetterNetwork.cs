using System.Text.Json.Nodes;
using Iexec.Ethereum;
using Iexec.Host.Children;
using Iexec.Host.Images;
using Iexec.Host.Network;
using Iexec.Host.Roles;
using Iexec.Poco.Chain;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Project;
using Iexec.Testing;
using Iexec.Worker.Containers;
using Iexec.Worker.Containers.Engine;
using Xunit;

namespace Tests.Network.Letter;

[CollectionDefinition(Name)]
public sealed class LetterCollection : ICollectionFixture<LetterNetwork>
{
    public const string Name = "The developer letter";
}

/// <summary>A second network of the same kind, so that what need not wait for the first does not.</summary>
[CollectionDefinition(Name)]
public sealed class OtherLetterCollection : ICollectionFixture<LetterNetwork>
{
    public const string Name = "One command, and the library";
}

/// <summary>
/// <c>iexec up --workers 1</c> as a process with state and ports of its own, and the image of <c>samples/hello</c> in its registry. At the end
/// it gets Ctrl-C, while a container of it runs, and must leave nothing.
/// </summary>
public sealed class LetterNetwork : IAsyncLifetime
{
    private static int _networks;

    private readonly string _folder = Directory.CreateTempSubdirectory("iexec-letter-").FullName;
    private readonly HttpClient _faucet = new();
    private BackgroundProgram? _network;
    private ServiceHttp? _http;
    private Task<Buyer>? _buyer;
    private bool _isUp;

    internal string StateFolder => Path.Combine(_folder, "state");

    private string UpFolder => Path.Combine(_folder, "up");

    // A chain of its own, so that its containers are known from those of any other network on the machine.
    private ulong ChainId { get; } = 1_000_000 + (2 * (ulong)Environment.ProcessId) + ((ulong)Interlocked.Increment(ref _networks) % 2);

    private NetworkOptions Options => new() { ChainId = ChainId, StateFolder = StateFolder, ProductFolder = Repository.Root };

    /// <summary>Where everything is.</summary>
    public NetworkStatus Status { get; private set; } = null!;

    /// <summary>The chain, read without the program.</summary>
    public IHub Hub { get; private set; } = null!;

    /// <summary>The image of <c>samples/hello</c> in the network's registry.</summary>
    public BuiltSample Hello { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        try
        {
            await StartAsync();
            _isUp = true;
        }
        catch
        {
            // The processes of a fixture that failed to begin must not outlive it; the runner may dispose it once more.
            await DisposeAsync();
            throw;
        }
    }

    private async Task StartAsync()
    {
        Directory.CreateDirectory(UpFolder);
        var ports = RoleTable.WithPort.Zip(FreePorts.Take(RoleTable.WithPort.Count()), (entry, port) => new[] { entry.Port.Option, $"{port}" }).SelectMany(option => option);
        var funded = Address.Parse("0x000000000000000000000000000000000000F00D");
        _network = BackgroundProgram.Start(UpFolder, new Dictionary<string, string> { ["IEXEC_HOME"] = StateFolder }, ["up", "--workers", "1", "--chain-id", $"{ChainId}", "--fund", $"{funded}", .. ports]);
        Status = await Poll.UntilAsync("the network is up", () => Task.FromResult(
            _network.HasExited ? throw _network.Unexpected("ended before it was ready")
            : File.Exists(Path.Combine(UpFolder, "chain.json")) ? NetworkStatus.FindRunning(Options.ChainFolder)
            : null));
        Assert.Equal(_network.ProcessId, Status.ProcessId);
        _http = new ServiceHttp(new SocketsHttpHandler());
        var settings = ChainFile.Read(new JsonFile(Path.Combine(UpFolder, "chain.json"))).Resolve("dev");
        Hub = (await ChainConnection.OpenAsync(settings, _http, CancellationToken.None)).Hub;
        // What was asked for is there as soon as the network says that it is up.
        Assert.Equal(1_000_000_000_000UL, await Hub.GetTokenBalanceAsync(funded, CancellationToken.None));
        await using var workshop = await SampleWorkshop.OpenAsync(Options, Status, TimeProvider.System, CancellationToken.None);
        Hello = await workshop.BuildSampleAsync(SampleImage.Hello, new Progress<string>(), CancellationToken.None);
    }

    /// <summary>A party whose folder has the entry <c>dev</c> that the network wrote. It has no wallet yet.</summary>
    public async Task<Party> InitAsync(string name, string command)
    {
        var party = new Party(Directory.CreateDirectory(Path.Combine(_folder, name)).FullName, StateFolder);
        var made = await party.ReadAsync(command);
        party.Address = made["walletAddress"] is { } address ? Address.Parse((string)address!) : default;
        var written = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(UpFolder, "chain.json")))!;
        party.Edit("chain.json", ("chains.dev", written["chains"]!["dev"]!.DeepClone()));
        return party;
    }

    /// <summary>1 ether and 200 RLC from the faucet, mined.</summary>
    public async Task FundAsync(Address wallet)
    {
        foreach (var gift in new[] { "getETH", "getRLC" })
        {
            using var reply = await _faucet.GetAsync(new Uri($"http://127.0.0.1:{Status.Ports.Rpc}/{gift}?address={wallet}"));
            reply.EnsureSuccessStatusCode();
        }

        Assert.NotEqual(UInt256.Zero, await Hub.GetTokenBalanceAsync(wallet, CancellationToken.None));
    }

    /// <summary>Somebody who owns and offers the app hello, and has a stake to buy with; made by the first test that asks.</summary>
    public Task<Buyer> BuyerAsync() => _buyer ??= Buyer.CreateAsync(this);

    public async Task DisposeAsync()
    {
        if (Interlocked.Exchange(ref _network, null) is { } begun)
        {
            await using var network = begun;
            if (_isUp)
            {
                await EndAsync(network);
            }
            else
            {
                await network.InterruptAsync();
            }
        }

        _faucet.Dispose();
        _http?.Dispose();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    /// <summary>Ctrl-C in the middle of a task.</summary>
    private async Task EndAsync(BackgroundProgram network)
    {
        var buyer = await BuyerAsync();
        await buyer.RunAsync(buyer.App, "sleep 600");
        await Poll.UntilAsync("the container runs", async () => (await ContainersAsync()).Any(container => container.IsRunning) ? "it runs" : null);
        if (OperatingSystem.IsLinux())
        {
            // The app's process too is among those that are looked for below.
            Assert.Contains(LeftProcesses.Find(_folder), process => process.Contains("/hello.sh sleep 600", StringComparison.Ordinal));
        }

        await network.InterruptAsync();

        Assert.Null(NetworkStatus.FindRunning(Options.ChainFolder));
        Assert.Empty(LeftProcesses.Find(_folder));
        Assert.Empty(await ContainersAsync());
    }

    // On the machine's engine, or on the private one as long as it is there.
    private async Task<IReadOnlyList<ContainerListing>> ContainersAsync()
    {
        IEnumerable<EngineEndpoint> own = DockerDaemon.FindIn(Path.Combine(StateFolder, "docker")) is { } endpointOfOurs ? [endpointOfOurs] : [];
        if (await DockerEngine.FindAsync([.. EngineEndpoint.Candidates(Environment.GetEnvironmentVariable), .. own], CancellationToken.None) is not { } endpoint)
        {
            return [];
        }

        using var engine = new DockerEngine(endpoint);
        return await engine.ListAsync(new Dictionary<string, string> { [ContainerLabels.Chain] = $"{ChainId}" }, CancellationToken.None);
    }
}
