using Tests.Conformance.Clients;
using Xunit;

namespace Tests.Conformance.Networks;

/// <summary>Somebody on the shared network with a folder, a funded wallet and one client; its tests run one after the other.</summary>
public abstract class NetworkUser : IAsyncLifetime
{
    private readonly Dictionary<string, Task<string>> _assets = [];

    private protected NetworkUser(OfficialClient client) => Client = client;

    internal OfficialClient Client { get; }

    internal SharedNetwork Network { get; private set; } = null!;

    internal ClientProject Project { get; private set; } = null!;

    /// <summary>9.0.1 puts the tags of trusted execution on every order; 8.24.0 asks for nothing.</summary>
    internal bool IsTrusted => Client == OfficialClient.Nine;

    /// <summary>The last digit of the tag that its orders have.</summary>
    internal char OwnTag => IsTrusted ? '9' : '0';

    /// <summary>What makes it look for orders like its own in the book.</summary>
    internal string TagOption => IsTrusted ? " --tag tee,tdx" : "";

    public async Task InitializeAsync()
    {
        Network = await SharedNetwork.EnterAsync();
        try
        {
            Project = await Network.PartyAsync(Client);
        }
        catch
        {
            // The runner does not dispose a fixture that failed to begin.
            await SharedNetwork.LeaveAsync();
            throw;
        }
    }

    public Task DisposeAsync() => SharedNetwork.LeaveAsync();

    /// <summary>Address of the app hello, deployed by the first test that asks.</summary>
    internal Task<string> AppAsync() => DeployedAsync("app", () => Project.Edit(
        "iexec.json", ("app.multiaddr", Network.Hello.Name), ("app.checksum", Network.Hello.Checksum), ("app.name", "hello")));

    internal Task<string> DatasetAsync() => DeployedAsync("dataset", () => { });

    internal Task<string> PoolAsync() => DeployedAsync("workerpool", () => { });

    private Task<string> DeployedAsync(string kind, Action edit)
    {
        if (!_assets.TryGetValue(kind, out var address))
        {
            _assets[kind] = address = DeployAsync(kind, edit);
        }

        return address;
    }

    private async Task<string> DeployAsync(string kind, Action edit)
    {
        await Project.ExpectAsync($"{kind} init", [kind]);
        edit();
        var deployed = await Project.ExpectAsync($"{kind} deploy", ["address", "txHash"]);
        return (string)deployed["address"]!;
    }
}
