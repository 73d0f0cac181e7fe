using Iexec.Testing;
using Iexec.Testing.Cli;
using Xunit;

namespace Tests.Unit.Cli;

public sealed class ShellTests : IDisposable
{
    private readonly CliRunner _cli = new();

    [Fact]
    public async Task The_page_of_all_commands_is_what_the_commands_say()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "reference", "cli.md"));
        Assert.True(page == (await _cli.RunAsync("reference")).Out, "Write it again: ./iexec reference > docs/reference/cli.md");
    }

    [Theory]
    [InlineData("order\norderbook", "ord")]
    [InlineData("fill", "order", "f")]
    [InlineData("--storage-provider", "app", "run", "--st")]
    [InlineData("global", "wallet", "create", "--keystoredir", "g")]
    [InlineData("", "wallet", "show", "--wallet-file", "U")]
    [InlineData("dropbox\nipfs", "storage", "init", "")]
    [InlineData("app\ndataset\nworkerpool", "registry", "validate", "")]
    [InlineData("tee,scone", "app", "run", "--tag", "tee,s")]
    [InlineData("deployed", "app", "run", "--dataset", "")]
    [InlineData("", "order", "fill", "--dataset", "")]
    [InlineData("", "run", ".", "--", "--st")]
    [InlineData("sendETH", "wallet", "sendE")]
    [InlineData("", "account", "show", "--chain", "")]
    public async Task A_word_is_completed_from_commands_options_and_known_values(string candidates, params string[] words)
    {
        var answer = await _cli.RunAsync(["complete", "--", .. words]);
        Assert.Equal((0, candidates), (answer.ExitCode, answer.Out.TrimEnd('\n')));
    }

    [Fact]
    public async Task Networks_and_wallets_of_the_folder_are_candidates()
    {
        _cli.Variables["IEXEC_WALLET_PASSWORD"] = "secret";
        var made = await _cli.OkAsync("init");
        Assert.Equal("arbitrum-mainnet\narbitrum-sepolia-testnet\n", (await _cli.RunAsync("complete", "--", "order", "fill", "--chain", "")).Out);
        Assert.Equal($"{made["walletAddress"]}\n", (await _cli.RunAsync("complete", "--", "wallet", "show", "--wallet-address", "0x")).Out);
        Assert.Equal($"{Path.GetFileName((string)made["walletFile"]!)}\n", (await _cli.RunAsync("complete", "--", "wallet", "show", "--wallet-file", "U")).Out);
    }

    [Fact]
    public async Task A_new_word_can_be_asked_for_without_writing_an_empty_one() => Assert.Equal("validate\n", (await _cli.RunAsync("complete", "--next", "--", "registry")).Out);

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("powershell")]
    public async Task A_shell_gets_a_script_that_asks_for_candidates(string shell) =>
        Assert.Contains("iexec complete ", (await _cli.RunAsync("completion", shell)).Out, StringComparison.Ordinal);

    [Fact]
    public async Task Another_shell_is_told_which_there_are() =>
        Assert.Equal("It exists for bash, zsh, fish, powershell.", (string)(await _cli.FailAsync("completion", "ksh"))["error"]!["hint"]!);

    public void Dispose() => _cli.Dispose();
}
