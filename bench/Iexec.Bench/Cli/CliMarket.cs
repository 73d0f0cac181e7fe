using System.Text.Json.Nodes;

namespace Iexec.Bench.Cli;

/// <summary>
/// What both programs find: the same wallet, an app and a pool of its, both on offer under the tags that 9.0.1 puts on every order. Nobody runs the pool.
/// </summary>
internal sealed class CliMarket
{
    /// <summary>Of the encrypted wallet.</summary>
    public const string Password = "correct horse battery staple";

    /// <summary>Below the project: a folder without wallet.json, so that the keystore is used.</summary>
    public const string Encrypted = "encrypted";

    private readonly Client _ours;
    private readonly Client _official;

    private CliMarket(Client official, Client ours) => (_official, _ours) = (official, ours);

    public string App { get; private set; } = "";

    public string Pool { get; private set; } = "";

    public string AppOrder { get; private set; } = "";

    public string PoolOrder { get; private set; } = "";

    public static async Task<CliMarket> OpenAsync(string chainFile, Client official, Client ours)
    {
        var market = new CliMarket(official, ours);
        await market.SellAsync(chainFile);
        await market.WriteRequestAsync();
        await market.ShareAsync();
        return market;
    }

    /// <summary>A new request for one task in the <c>orders.json</c> of a client.</summary>
    public async Task SignRequestAsync(Client client)
    {
        await _ours.DoAsync("order sign --request --skip-preflight-check");
        if (client != _ours)
        {
            File.Copy(_ours["orders.json"], client["orders.json"], overwrite: true);
        }
    }

    private async Task SellAsync(string chainFile)
    {
        await _ours.DoAsync("init --skip-wallet");
        File.Copy(chainFile, _ours["chain.json"], overwrite: true);
        await _ours.DoAsync("wallet create --unencrypted");
        await _ours.DoAsync("wallet getETH");
        await _ours.DoAsync("wallet getRLC");
        await _ours.DoAsync("account deposit 10 RLC");
        await _ours.DoAsync("app init");
        App = (string)(await _ours.DoAsync("app deploy"))["address"]!;
        await _ours.DoAsync("workerpool init");
        Pool = (string)(await _ours.DoAsync("workerpool deploy"))["address"]!;
        AppOrder = (string)(await _ours.DoAsync("app publish --price 0 --volume 1000000 --tag tee,tdx --force --skip-preflight-check"))["orderHash"]!;
        PoolOrder = (string)(await _ours.DoAsync("workerpool publish --price 0 --volume 1000000 --tag tee,tdx --force"))["orderHash"]!;
    }

    private async Task WriteRequestAsync()
    {
        await _ours.DoAsync("order init --app --request");
        _ours.Edit("iexec.json", root =>
        {
            var orders = root["order"]!;
            foreach (var kind in new[] { "apporder", "requestorder" })
            {
                orders[kind]!["tag"] = new JsonArray("tee", "tdx");
                orders[kind]!["app"] = App;
            }

            orders["requestorder"]!["workerpool"] = Pool;
        });
    }

    private async Task ShareAsync()
    {
        await _ours.DoAsync("order sign --app --request --skip-preflight-check");
        foreach (var name in new[] { "iexec.json", "chain.json", "wallet.json", "deployed.json", "orders.json" })
        {
            File.Copy(_ours[name], _official[name]);
        }

        var key = (string)JsonNode.Parse(await File.ReadAllTextAsync(_ours["wallet.json"]))!["privateKey"]!;
        foreach (var client in new[] { _official, _ours })
        {
            var below = Directory.CreateDirectory(client[Encrypted]).FullName;
            foreach (var name in new[] { "iexec.json", "chain.json", "deployed.json", "orders.json" })
            {
                File.Copy(_ours[name], Path.Combine(below, name));
            }

            await client.RunAsync(["wallet", "import", key, "--password", Password, "--force", "--raw"], Encrypted);
        }
    }
}
