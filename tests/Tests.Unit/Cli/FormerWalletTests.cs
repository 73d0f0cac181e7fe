using System.Text.Json.Nodes;
using Iexec.Testing.Cli;
using Xunit;

namespace Tests.Unit.Cli;

/// <summary>The wallets of V2, which lie in the project folder.</summary>
public sealed class FormerWalletTests : IDisposable
{
    private const string Key = "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
    private const string KeyAddress = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
    private readonly CliRunner _cli = new();

    [Fact]
    public async Task A_wallet_is_encrypted_and_decrypted_again()
    {
        // As V2 wrote it: without 0x, the address in lower case.
        File.WriteAllText(_cli["wallet.json"], $"{{\"privateKey\":\"{Key}\",\"publicKey\":\"04\",\"address\":\"{KeyAddress[2..].ToLowerInvariant()}\"}}");
        var encrypted = await _cli.OkAsync("wallet", "encrypt", "--password", "secret");
        Assert.Equal(["ok", "wallet", "fileName", "address"], encrypted.Select(member => member.Key));
        Assert.False(File.Exists(_cli["wallet.json"]));
        Assert.DoesNotContain(Key, File.ReadAllText(_cli["encrypted-wallet.json"]), StringComparison.Ordinal);

        Assert.Equal("incorrect password", (string)(await _cli.FailAsync("wallet", "decrypt", "--password", "wrong"))["error"]!["message"]!);
        Assert.Equal(KeyAddress, (string)(await _cli.OkAsync("wallet", "decrypt", "--password", "secret"))["address"]!);
        Assert.Equal($"0x{Key}", (string)JsonNode.Parse(File.ReadAllText(_cli["wallet.json"]))!["privateKey"]!);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_cli["wallet.json"]));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_cli["encrypted-wallet.json"]));
        }
    }

    [Theory]
    [InlineData("wallet.json")]
    [InlineData("encrypted-wallet.json")]
    public async Task An_encrypted_wallet_of_the_project_is_the_one_that_is_used(string name)
    {
        await _cli.OkAsync("wallet", "import", Key, "--unencrypted");
        await _cli.OkAsync("wallet", "encrypt", "--password", "secret");
        if (name != "encrypted-wallet.json")
        {
            File.Move(_cli["encrypted-wallet.json"], _cli[name]);
        }

        await _cli.OkAsync("init");
        Assert.Equal(KeyAddress, (string)(await _cli.OkAsync("init"))["walletAddress"]!);
    }

    [Fact]
    public async Task The_wallet_of_another_account_is_never_replaced()
    {
        await _cli.OkAsync("wallet", "import", Key, "--unencrypted");
        await _cli.OkAsync("wallet", "encrypt", "--password", "secret");
        await _cli.OkAsync("wallet", "create", "--unencrypted");
        var other = File.ReadAllText(_cli["wallet.json"]);
        Assert.Contains(KeyAddress, (string)(await _cli.FailAsync("wallet", "encrypt", "--password", "secret"))["error"]!["message"]!, StringComparison.Ordinal);
        await _cli.FailAsync("wallet", "decrypt", "--password", "secret");
        Assert.Equal(other, File.ReadAllText(_cli["wallet.json"]));
    }

    [Fact]
    public async Task Without_a_wallet_in_the_folder_it_is_said_what_these_commands_are_for()
    {
        Assert.Equal("Missing \"wallet.json\" file", (string)(await _cli.FailAsync("wallet", "encrypt"))["error"]!["message"]!);
        Assert.Equal("Missing \"encrypted-wallet.json\" file", (string)(await _cli.FailAsync("wallet", "decrypt"))["error"]!["message"]!);
    }

    public void Dispose() => _cli.Dispose();
}
