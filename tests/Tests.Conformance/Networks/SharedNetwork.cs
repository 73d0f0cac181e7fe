using System.Text;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Host.Images;
using Iexec.Host.Network;
using Iexec.Host.Roles;
using Iexec.Testing;
using Tests.Conformance.Clients;

namespace Tests.Conformance.Networks;

/// <summary>
/// One network of ours for all tests, on free ports and with a state folder of its own: started by whoever comes first, ended by whoever
/// leaves last.
/// </summary>
internal sealed class SharedNetwork
{
    private const ulong GiftNrlc = 200_000_000_000;

    private static readonly SemaphoreSlim Turn = new(1, 1);
    private static readonly SemaphoreSlim OwnersTurn = new(1, 1);
    private static SharedNetwork? _shared;
    private static int _users;

    private readonly string _folder;
    private readonly LocalNetwork _network;
    private int _projects;

    private SharedNetwork(string folder, LocalNetwork network, BuiltSample hello) => (_folder, _network, Hello) = (folder, network, hello);

    /// <summary>The image of <c>samples/hello</c> in the network's registry.</summary>
    public BuiltSample Hello { get; }

    /// <summary>Where everything is.</summary>
    public NetworkStatus Status => _network.Status;

    public static async Task<SharedNetwork> EnterAsync()
    {
        await Turn.WaitAsync();
        try
        {
            _shared ??= await StartAsync();
            _users++;
            return _shared;
        }
        finally
        {
            Turn.Release();
        }
    }

    public static async Task LeaveAsync()
    {
        await Turn.WaitAsync();
        try
        {
            if (--_users == 0)
            {
                var last = _shared!;
                _shared = null;
                await last.EndAsync();
            }
        }
        finally
        {
            Turn.Release();
        }
    }

    /// <summary>
    /// A folder that the client began, with the network's <c>chain.json</c> instead of its own, and a wallet that the client made, with gas and 200 RLC.
    /// </summary>
    public async Task<ClientProject> PartyAsync(OfficialClient client)
    {
        var project = new ClientProject(client, Path.Combine(_folder, $"party-{Interlocked.Increment(ref _projects)}"));
        await project.ExpectAsync("init --skip-wallet", ["configFile", "chainConfigFile"]);
        File.Delete(project["chain.json"]);
        LocalNetwork.WriteChainEntry(project["chain.json"], Status, forOlderClients: client == OfficialClient.Eight);
        await project.ExpectAsync("wallet create --unencrypted", ["wallet", "fileName", "address"]);
        await _network.FundAsync(Address.Parse(project.Wallet), GiftNrlc, CancellationToken.None);
        return project;
    }

    /// <summary>
    /// Does something with the private key that owns the contracts of every development chain, while no other test does: two that send at once take
    /// the same nonce.
    /// </summary>
    public static async Task<T> AsOwnerAsync<T>(Func<string, Task<T>> act)
    {
        await OwnersTurn.WaitAsync();
        try
        {
            return await act(Keccak256.Hash(Encoding.UTF8.GetBytes("iexec development chain owner")).ToString());
        }
        finally
        {
            OwnersTurn.Release();
        }
    }

    private static async Task<SharedNetwork> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("iexec-conformance-").FullName;
        try
        {
            var ports = RoleTable.WithPort.Zip(FreePorts.Take(RoleTable.WithPort.Count()))
                .Aggregate(new NetworkPorts(), (all, entry) => entry.First.Port.Set(all, entry.Second));
            var options = new NetworkOptions
            {
                // A chain of its own, so that its containers are known from those of any other network on the machine.
                ChainId = 200_000 + (ulong)Environment.ProcessId,
                StateFolder = Path.Combine(folder, "state"),
                ProductFolder = Repository.Root,
                Ports = ports,
                Workers = 1,
            };
            var network = await LocalNetwork.StartAsync(options, new Progress<NetworkStep>(), SystemEntropy.Instance, TimeProvider.System, CancellationToken.None);
            try
            {
                return new SharedNetwork(folder, network, await network.BuildSampleAsync(SampleImage.Hello, new Progress<string>(), CancellationToken.None));
            }
            catch
            {
                await network.DisposeAsync();
                throw;
            }
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    private async Task EndAsync()
    {
        await _network.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
