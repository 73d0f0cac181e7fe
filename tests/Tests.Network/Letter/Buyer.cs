
namespace Tests.Network.Letter;

/// <summary>A party that offers the app hello for nothing, and buys computations of the network's own pool.</summary>
public sealed class Buyer
{
    private readonly LetterNetwork _network;

    private Buyer(LetterNetwork network, Party party, string app) => (_network, Party, App) = (network, party, app);

    public Party Party { get; }

    /// <summary>Address of the app.</summary>
    public string App { get; }

    public static async Task<Buyer> CreateAsync(LetterNetwork network)
    {
        var party = await network.InitAsync("buyer", "iexec init");
        await network.FundAsync(party.Address);
        await party.DoAsync("iexec account deposit 1 RLC");
        var app = await DeployAsync(party, "hello", network.Hello.Name, network.Hello.Checksum);
        await party.DoAsync("iexec order init --app && iexec order sign --app && iexec order publish --app");
        return new Buyer(network, party, app);
    }

    /// <summary>An app with the image of hello under a checksum that no image has.</summary>
    public Task<string> DeployWithChecksumAsync(string checksum) => DeployAsync(Party, "hello of another checksum", _network.Hello.Name, checksum);

    /// <summary>Buys a run with arguments; the task.</summary>
    public async Task<string> RunAsync(string app, string arguments)
    {
        var made = await Party.ReadAsync("app", "run", app, "--args", arguments, "--category", "0");
        var deal = (string)made["deals"]![0]!["dealid"]!;
        return (string)(await Party.ReadAsync($"iexec deal show {deal} --tasks 0"))["tasks"]!["0"]!;
    }

    private static async Task<string> DeployAsync(Party party, string name, string image, string checksum)
    {
        await party.DoAsync("iexec app init");
        party.Edit("iexec.json", ("app.name", name), ("app.multiaddr", image), ("app.checksum", checksum));
        return (string)(await party.ReadAsync("iexec app deploy"))["address"]!;
    }
}
