using System.Text.Json.Nodes;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Testing.Cli;

namespace Tests.Chain.Cli;

/// <summary>Somebody with a project folder and a wallet.</summary>
internal sealed class Party : IDisposable
{
    private Party(PrivateKey key) => Address = key.Address;

    public Address Address { get; }

    public CliRunner Cli { get; } = new() { Network = () => new SocketsHttpHandler() };

    public static async Task<Party> CreateAsync(LocalServices services, PrivateKey key)
    {
        var party = new Party(key);
        File.WriteAllText(party.Cli["chain.json"], services.ChainJson);
        await party.Cli.OkAsync("wallet", "import", Hex.Encode(key.ExportSecret()), "--unencrypted");
        await party.Cli.OkAsync("init");
        return party;
    }

    /// <summary>What a user does in an editor.</summary>
    public void Edit(string file, string path, JsonNode value)
    {
        var root = JsonNode.Parse(File.ReadAllText(Cli[file]))!;
        var names = path.Split('.');
        names[..^1].Aggregate(root, (node, name) => node[name]!)[names[^1]] = value;
        File.WriteAllText(Cli[file], root.ToJsonString());
    }

    public async Task<(string Stake, string Locked)> AccountAsync()
    {
        var balance = (await Cli.OkAsync("account", "show"))["balance"]!;
        return ((string)balance["stake"]!, (string)balance["locked"]!);
    }

    public void Dispose() => Cli.Dispose();
}
