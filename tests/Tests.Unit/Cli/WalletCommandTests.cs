using Iexec.Testing.Cli;
using Xunit;

namespace Tests.Unit.Cli;

public sealed class WalletCommandTests : IDisposable
{
    private const string Key = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
    private const string KeyAddress = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
    private readonly CliRunner _cli = new();

    [Fact]
    public async Task Create_gives_the_keystore_file_and_keeps_standard_output_clean_of_prompts()
    {
        _cli.IsTerminal = true;
        _cli.Secrets.Enqueue("p");
        _cli.Secrets.Enqueue("p");
        var result = await _cli.RunAsync("wallet", "create", "--raw");
        Assert.Equal(0, result.ExitCode);
        var json = result.ReadOut();
        Assert.Equal(["ok", "wallet", "fileName", "address"], json.Select(member => member.Key));
        Assert.Equal(["address", "id", "version", "Crypto"], json["wallet"]!.AsObject().Select(member => member.Key).Order(Comparer<string>.Create((a, b) => Rank(a) - Rank(b))));
        Assert.True(File.Exists((string)json["fileName"]!));
        Assert.True(Path.IsPathFullyQualified((string)json["fileName"]!));
    }

    [Fact]
    public async Task Two_different_passwords_make_no_wallet()
    {
        _cli.IsTerminal = true;
        _cli.Secrets.Enqueue("p");
        _cli.Secrets.Enqueue("q");
        await _cli.FailAsync("wallet", "create");
        Assert.Empty(Directory.EnumerateFileSystemEntries(_cli.Home));
    }

    [Fact]
    public async Task Without_a_terminal_the_ways_to_give_a_password_are_named()
    {
        var error = (await _cli.FailAsync("wallet", "create"))["error"]!;
        Assert.Equal("Web3ProviderSignMessageError", (string)error["name"]!);
        Assert.Contains("--password-file", (string)error["hint"]!, StringComparison.Ordinal);
        Assert.Contains("IEXEC_WALLET_PASSWORD", (string)error["hint"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_comes_from_standard_input_a_file_or_the_environment()
    {
        _cli.Input = "secret\n";
        await _cli.OkAsync("wallet", "import", Key, "--password-file", "-", "--keystoredir", "local");
        File.WriteAllText(_cli["password"], "secret\nsecond line\n");
        Assert.Equal(KeyAddress, (string)(await _cli.OkAsync("wallet", "import", Key, "--password-file", "password", "--keystoredir", "keys"))["address"]!);
        _cli.Variables["IEXEC_WALLET_PASSWORD"] = "secret";
        var shown = await _cli.RunAsync("wallet", "show", "--show-private-key", "--keystoredir", "local");
        Assert.Equal(1, shown.ExitCode);
        Assert.Contains("chain.json", shown.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Key[2..], shown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_said_in_a_word()
    {
        await _cli.OkAsync("init", "--skip-wallet");
        await _cli.OkAsync("wallet", "import", Key, "--password", "right", "--keystoredir", "local");
        var error = (await _cli.FailAsync("wallet", "show", "--show-private-key", "--password", "wrong", "--keystoredir", "local"))["error"]!;
        Assert.Equal("incorrect password", (string)error["message"]!);
    }

    [Theory]
    [InlineData("0x12")]
    [InlineData("0x0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff1")]
    public async Task What_is_no_private_key_is_refused_without_repeating_it(string text)
    {
        var error = (string)(await _cli.FailAsync("wallet", "import", text, "--unencrypted"))["error"]!["message"]!;
        Assert.StartsWith("Invalid private key", error, StringComparison.Ordinal);
        Assert.DoesNotContain(text[2..], error, StringComparison.Ordinal);
        Assert.False(File.Exists(_cli["wallet.json"]));
    }

    [Fact]
    public async Task An_unencrypted_wallet_is_replaced_only_on_demand_and_kept_aside()
    {
        var json = await _cli.OkAsync("wallet", "import", Key, "--unencrypted");
        Assert.Equal(["privateKey", "publicKey", "address"], json["wallet"]!.AsObject().Select(member => member.Key));
        await _cli.FailAsync("wallet", "create", "--unencrypted");
        await _cli.OkAsync("wallet", "create", "--unencrypted", "--force");
        Assert.Contains(Key, File.ReadAllText(Directory.EnumerateFiles(_cli.Folder, "wallet.json.*.bak").Single()), StringComparison.Ordinal);
    }

    private static int Rank(string name) => Array.IndexOf(["address", "id", "version", "Crypto"], name);

    public void Dispose() => _cli.Dispose();
}
