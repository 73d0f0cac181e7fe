using System.Security.Cryptography;
using Iexec.Testing;
using Xunit;

namespace Tests.Chain.Cli;

/// <summary>The commands about encryption that the V2 tutorial prints, up to the enclave itself.</summary>
public sealed class EncryptedPushTests
{
    [Fact]
    public async Task Inputs_are_encrypted_and_uploaded_as_the_tutorial_prints_it()
    {
        await using var services = await LocalServices.StartAsync();
        using var party = await Party.CreateAsync(services, AnvilProcess.Keys[3]);
        await party.Cli.OkAsync("tee", "init");
        await File.WriteAllTextAsync(party.Cli["tee/inputs/iexec-rlc.blend"], "a model");
        var pushed = await party.Cli.OkAsync("tee", "encryptedpush", "--application", "0x2f3422f2805693cf741ee32707d57923ef6fa55f");

        var commandLine = (string)pushed["cmdline"]!;
        Assert.StartsWith("--url http://", commandLine, StringComparison.Ordinal);
        using var http = new HttpClient();
        var encrypted = await http.GetByteArrayAsync(new Uri(commandLine["--url ".Length..]));
        using var aes = Aes.Create();
        aes.SetKey(Convert.FromBase64String(await File.ReadAllTextAsync(party.Cli["tee/keys/iexec-rlc.blend.key"])));
        Assert.Equal("a model"u8.ToArray(), aes.DecryptCbc(encrypted.AsSpan(16), encrypted.AsSpan(0, 16)));

        await party.Cli.FailAsync("tee", "encryptedpush", "--application", "0x12");
        Assert.Contains("encrypted already", (string)(await party.Cli.FailAsync("tee", "encryptedpush"))["error"]!["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_faucet_is_asked_by_the_names_of_every_version_and_elsewhere_it_is_said_where_to_go()
    {
        await using var services = await LocalServices.StartAsync();
        using var party = await Party.CreateAsync(services, AnvilProcess.Keys[3]);
        foreach (var name in new[] { "get-ether", "getETH", "get-RLC", "getRLC" })
        {
            // The bare node has none.
            var error = (await party.Cli.FailAsync("wallet", name))["error"]!;
            Assert.Equal($"Network \"dev\" ({services.Settings.Id}) has no faucet", (string)error["message"]!);
            Assert.Contains("iexec up", (string)error["hint"]!, StringComparison.Ordinal);
        }
    }
}
