using System.IO.Compression;
using System.Text.RegularExpressions;
using Iexec.Ethereum;
using Xunit;

namespace Tests.Network.Letter;

/// <summary>What is wrong is said on standard error with exit code 1 and with what to do, and nothing is lost.</summary>
[Collection(LetterCollection.Name)]
public sealed partial class BadInputTests(LetterNetwork network)
{
    [Fact]
    public async Task Wrong_password_opens_no_wallet_and_spoils_none()
    {
        var party = (await network.BuyerAsync()).Party;
        var wallet = party.Keystore.FindNewest()!;
        var before = await File.ReadAllBytesAsync(wallet);

        var (message, hint) = await party.RefusedAsync("iexec wallet show --show-private-key", ("IEXEC_WALLET_PASSWORD", "not this one"));

        Assert.Contains("password", message + hint, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(before, await File.ReadAllBytesAsync(wallet));
    }

    [Fact]
    public async Task Unknown_chain_is_named_beside_the_known_ones()
    {
        var party = (await network.BuyerAsync()).Party;

        var (message, hint) = await party.RefusedAsync("iexec account show --chain nowhere");

        Assert.Contains("\"nowhere\"", message, StringComparison.Ordinal);
        Assert.Contains("dev", hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Node_that_is_down_is_named_with_the_command_that_starts_one()
    {
        var party = (await network.BuyerAsync()).Party;
        party.Edit("chain.json", ("chains.down", ChainAt("http://127.0.0.1:1", network.Status.Hub)));

        var (message, hint) = await party.RefusedAsync("iexec account show --chain down");

        Assert.Contains("127.0.0.1:1", message, StringComparison.Ordinal);
        Assert.Contains("iexec up", hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hub_address_without_contract_is_named()
    {
        var party = (await network.BuyerAsync()).Party;
        var nobody = Address.Parse("0x00000000000000000000000000000000000000AA");
        party.Edit("chain.json", ("chains.empty", ChainAt($"http://127.0.0.1:{network.Status.Ports.Rpc}", nobody)));

        var (message, hint) = await party.RefusedAsync("iexec info --chain empty");

        Assert.Contains(nobody.ToString(), message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("\"hub\"", hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Malformed_file_is_named_with_its_line_and_kept()
    {
        var party = (await network.BuyerAsync()).Party;
        var good = await File.ReadAllTextAsync(party["iexec.json"]);
        const string Broken = "{\n  \"description\": \"mine\",\n  \"app\": { \"owner\" \"0x\" }\n}\n";
        await File.WriteAllTextAsync(party["iexec.json"], Broken);
        try
        {
            foreach (var command in new[] { "iexec app deploy", "iexec app init", "iexec order sign --app" })
            {
                var (message, _) = await party.RefusedAsync(command);

                Assert.Contains("\"iexec.json\" is not valid JSON at line 3", message, StringComparison.Ordinal);
                Assert.Equal(Broken, await File.ReadAllTextAsync(party["iexec.json"]));
            }
        }
        finally
        {
            await File.WriteAllTextAsync(party["iexec.json"], good);
        }
    }

    [Fact]
    public async Task Insufficient_stake_is_told_with_the_amounts_and_the_command_that_mends_it()
    {
        var app = (await network.BuyerAsync()).App;
        var poor = await network.InitAsync("poor", "iexec init");
        await network.FundAsync(poor.Address);
        var (message, hint) = await poor.RefusedAsync($"iexec app run {app} --category 0");
        var price = Amount().Match(message).Groups[1].Value;
        Assert.Contains("stake (0)", message, StringComparison.Ordinal);
        Assert.EndsWith($"iexec account deposit {price}", hint, StringComparison.Ordinal);

        await poor.DoAsync(hint[hint.IndexOf("iexec account", StringComparison.Ordinal)..]);
        await poor.DoAsync($"iexec app run {app} --category 0");

        var account = await network.Hub.GetAccountAsync(poor.Address, CancellationToken.None);
        Assert.Equal((UInt256.Zero, UInt256.Parse(price)), (account.Stake, account.Locked));
    }

    [Fact]
    public async Task App_that_fails_is_told_with_its_exit_code_and_leaves_no_result()
    {
        var buyer = await network.BuyerAsync();
        var task = await buyer.RunAsync(buyer.App, "fail 3");

        var told = await Poll.UntilAsync("the task says that its app has failed", async () =>
        {
            var result = await buyer.Party.RunAsync(["task", "show", task, "--download", "failed"]);
            Assert.Equal(1, result.ExitCode);
            return result.Error.Contains("exit code 3", StringComparison.Ordinal) ? result : null;
        });

        Assert.Contains("there is no result", told.Error, StringComparison.Ordinal);
        Assert.Contains("exit code 3", (string?)(await buyer.Party.ReadAsync($"iexec task show {task}"))["reason"], StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(buyer.Party.Folder, "failed*"));
    }

    [Fact]
    public async Task Image_that_does_not_match_its_checksum_is_not_run_and_the_task_says_so()
    {
        var buyer = await network.BuyerAsync();
        var app = await buyer.DeployWithChecksumAsync("0x" + new string('7', 64));
        var task = await buyer.RunAsync(app, "any");

        var result = await buyer.Party.RunAsync(["task", "show", task, "--watch", "--download", "mismatch"]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("APP_IMAGE_DOWNLOAD_FAILED", result.Error, StringComparison.Ordinal);
        Assert.Contains(new string('7', 64), result.Error, StringComparison.Ordinal);

        // The pool has done its part, so the requester gets what it has agreed on: a result that says the same, with the digest of the chain.
        await using var zip = await ZipFile.OpenReadAsync(buyer.Party["mismatch.zip"]);
        using var text = new StreamReader(await zip.GetEntry("error.txt")!.OpenAsync());
        Assert.Contains("APP_IMAGE_DOWNLOAD_FAILED", await text.ReadToEndAsync(), StringComparison.Ordinal);
    }

    private System.Text.Json.Nodes.JsonObject ChainAt(string host, Address hub) =>
        new() { ["id"] = $"{network.Status.ChainId}", ["host"] = host, ["hub"] = hub.ToString() };

    [GeneratedRegex(@"Cost per task \((\d+)\)")]
    private static partial Regex Amount();
}
