using Iexec.Testing.Cli;
using Xunit;

namespace Tests.Unit.Cli;

public sealed class CommandLineTests : IDisposable
{
    private readonly CliRunner _cli = new();

    [Theory]
    [InlineData]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("-?")]
    [InlineData("help")]
    public async Task Help_lists_the_groups(params string[] args)
    {
        var result = await _cli.RunAsync(args);
        Assert.Equal(0, result.ExitCode);
        Assert.Empty(result.Error);
        foreach (var group in new[] { "init", "info", "wallet", "account", "app", "dataset", "workerpool", "order", "orderbook", "deal", "task", "storage" })
        {
            Assert.Contains($"\n  {group} ", result.Out, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("wallet", "create", "import", "show", "send-ether, sendETH", "send-RLC", "sendRLC", "sweep", "get-ether, getETH", "get-RLC, getRLC", "encrypt", "decrypt", "bridge-to-sidechain", "bridge-to-mainchain", "swap-RLC-for-eRLC", "swap-eRLC-for-RLC")]
    [InlineData("account", "show", "deposit", "withdraw", "approve", "allowance", "revoke", "login")]
    [InlineData("app", "init", "deploy", "show", "count", "run", "publish", "unpublish", "transfer", "push-secret", "check-secret", "request-execution")]
    [InlineData("dataset", "init", "deploy", "show", "count", "publish", "unpublish", "transfer", "encrypt", "push-secret", "check-secret")]
    [InlineData("workerpool", "init", "deploy", "show", "count", "publish", "unpublish", "transfer", "set-api-url")]
    [InlineData("category", "init", "create", "show", "count")]
    [InlineData("requester", "push-secret", "check-secret")]
    [InlineData("result", "generate-encryption-keypair, generate-keys", "push-encryption-key, push-secret", "check-encryption-key, check-secret", "decrypt")]
    [InlineData("registry", "validate")]
    [InlineData("ens", "resolve", "lookup", "get-owner", "register")]
    [InlineData("voucher", "show", "authorize", "revoke")]
    [InlineData("tee", "init", "encryptedpush", "decrypt", "encrypt-dataset", "generate-beneficiary-keys", "push-secret", "check-secret", "decrypt-results")]
    [InlineData("order", "init", "sign", "publish", "unpublish", "cancel", "fill", "show")]
    [InlineData("orderbook", "app", "dataset", "workerpool", "requester")]
    [InlineData("deal", "show")]
    [InlineData("task", "show")]
    [InlineData("storage", "init", "check", "put")]
    public async Task Help_of_a_group_lists_its_commands(string group, params string[] verbs)
    {
        var result = await _cli.RunAsync("help", group);
        Assert.Equal(0, result.ExitCode);
        Assert.All(verbs, verb => Assert.Contains($"\n  {verb} ", result.Out, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("iexec", "unknown command 'foo'", "foo")]
    [InlineData("iexec wallet", "unknown command 'foo'", "wallet", "foo")]
    [InlineData("iexec wallet", "a command is missing", "wallet")]
    [InlineData("iexec info", "unknown option '--nope'", "info", "--nope")]
    [InlineData("iexec deal show", "missing required argument 'dealid'", "deal", "show")]
    [InlineData("iexec app publish", "unknown option '--nope'", "app", "publish", "--nope")]
    [InlineData("iexec app publish", "unknown option '--nope'", "app", "publish", "--price", "5", "--nope")]
    [InlineData("iexec account deposit", "unknown option '-x'", "account", "deposit", "5", "-x")]
    public async Task What_is_not_understood_fails_on_standard_error(string command, string message, params string[] args)
    {
        var human = await _cli.RunAsync(args);
        Assert.Equal(1, human.ExitCode);
        Assert.Empty(human.Out);
        Assert.Equal($"✖ {command} failed: {message}\n  See: {command} --help\n", human.Error);

        var raw = await _cli.FailAsync(args);
        Assert.Equal($"{{\"ok\":false,\"command\":\"{command}\",\"error\":{{\"name\":\"ValidationError\",\"message\":\"{message}\",\"hint\":\"See: {command} --help\"}}}}", raw.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    [Theory]
    [InlineData("Options of the app come after --", "run", ".", "--inputs", "x")]
    [InlineData("Did you mean --watch?", "app", "run", "--wtach")]
    public async Task An_option_that_is_not_known_is_never_taken_for_an_argument(string hint, params string[] args)
    {
        var error = (await _cli.FailAsync(args))["error"]!;
        Assert.StartsWith("unknown option '--", (string)error["message"]!, StringComparison.Ordinal);
        Assert.Contains(hint, (string)error["hint"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-1 is not a valid amount", "account", "deposit", "-1")]
    [InlineData("-.5 RLC is not a valid amount", "account", "deposit", "-.5", "RLC")]
    [InlineData("Missing \"chain.json\" file", "app", "run", "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266", "--args", "--verbose")]
    [InlineData("Missing \"chain.json\" file", "run", "--raw", "nowhere/nothing", "--", "--verbose")]
    [InlineData("Missing \"chain.json\" file", "account", "deposit", "--gas-price", "2", "gwei", "5", "RLC")]
    public async Task What_only_looks_like_an_option_is_a_value(string message, params string[] args) =>
        Assert.Equal(message, (string)(await _cli.FailAsync(args))["error"]!["message"]!);

    [Theory]
    [InlineData("Did you mean wallet? See: iexec --help", "wallt", "show")]
    [InlineData("Did you mean show? See: iexec wallet --help", "wallet", "shw")]
    [InlineData("Did you mean sendETH? See: iexec wallet --help", "wallet", "sendeth")]
    [InlineData("See: iexec --help", "nonsense")]
    public async Task A_slip_of_the_finger_is_told_what_was_meant(string hint, params string[] args) => Assert.Equal(hint, (string)(await _cli.FailAsync(args))["error"]!["hint"]!);

    [Theory]
    [InlineData("iexec", "unknown command 'nonsense'", "nonsense", "--help")]
    [InlineData("iexec", "unknown command 'nonsense'", "help", "nonsense")]
    [InlineData("iexec wallet", "unknown command 'nonsense'", "wallet", "nonsense", "--help")]
    [InlineData("iexec", "unknown command 'iexec'", "iexec", "wallet", "show")]
    [InlineData("iexec", "unknown command 'nonsense'", "nonsense", "wallet")]
    public async Task What_is_no_command_has_no_help(string command, string message, params string[] args)
    {
        var failed = await _cli.FailAsync(args);
        Assert.Equal((command, message), ((string)failed["command"]!, (string)failed["error"]!["message"]!));
    }

    [Theory]
    [InlineData("missing required option '--to'", "wallet", "sweep")]
    [InlineData("missing required option '--to'", "wallet", "sendETH", "1")]
    [InlineData("Argument 'foo' not recognized. Must be one of: app, dataset, workerpool", "registry", "validate", "foo")]
    public async Task What_is_missing_or_not_among_the_known_is_told_in_one_line(string message, params string[] args) =>
        Assert.Equal(message, (string)(await _cli.FailAsync(args))["error"]!["message"]!);

    [Fact]
    public async Task Options_of_all_commands_may_stand_before_the_command()
    {
        Assert.Equal("{\"ok\":false", (await _cli.RunAsync("--quiet", "--raw", "info")).Error[..11]);
        Assert.Equal("unknown command 'foo'", (string)(await _cli.FailAsync("--quiet", "wallet", "foo"))["error"]!["message"]!);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(200)]
    public async Task Help_is_no_wider_than_the_terminal(int columns)
    {
        _cli.Columns = columns;
        foreach (var command in new string[][] { ["app", "run"], ["wallet"], ["up"], ["worker", "start"] })
        {
            var help = (await _cli.RunAsync([.. command, "--help"])).Out;
            Assert.StartsWith($"iexec {string.Join(' ', command)}: ", help, StringComparison.Ordinal);
            Assert.All(help.Split('\n'), line => Assert.InRange(line.Length, 0, Math.Min(columns, 120)));
        }
    }

    [Fact]
    public async Task A_failure_is_broken_between_words_and_leaves_a_command_whole()
    {
        _cli.Columns = 40;
        var told = (await _cli.RunAsync("order", "show", "1963")).Error;
        Assert.Equal(
            "✖ iexec order show failed: \n  \"iexec order show 1963\" of version 2\n  is now:\n  iexec order show --workerpool <orderHash>,\n  with the hash from:\n  iexec orderbook workerpool\n", told);
    }

    [Fact]
    public async Task Help_says_what_is_optional_and_what_is_taken_without_it()
    {
        Assert.Contains("\n  show [address]  ", (await _cli.RunAsync("help", "wallet")).Out, StringComparison.Ordinal);
        var help = (await _cli.RunAsync("wallet", "send-ether", "--help")).Out;
        Assert.Contains("\nUsage: iexec wallet send-ether <amount …> [options]\n", help, StringComparison.Ordinal);
        Assert.Contains("the receiver (required)", help, StringComparison.Ordinal);
        Assert.Contains("1 = mined (default: 1)", help, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("-V")]
    [InlineData("--version", "--raw")]
    public async Task The_version_is_one_line(params string[] option)
    {
        var result = await _cli.RunAsync(option);
        Assert.Matches("^[0-9]+\\.[0-9]+\\.[0-9]+\n$", result.Out);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task A_node_that_is_down_is_named_with_what_to_do()
    {
        await _cli.OkAsync("init", "--skip-wallet");
        File.WriteAllText(_cli["chain.json"], "{\"default\":\"dev\",\"chains\":{\"dev\":{\"id\":\"65535\",\"host\":\"http://127.0.0.1:8545\",\"hub\":\"0xC129e7917b7c7DeDfAa5Fff1FB18d5D7050fE8ca\"}}}");
        var error = (await _cli.FailAsync("info"))["error"]!;
        Assert.Equal("Web3ProviderError", (string)error["name"]!);
        Assert.Contains("http://127.0.0.1:8545", (string)error["message"]!, StringComparison.Ordinal);
        Assert.Contains("iexec up", (string)error["hint"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_of_a_wallet_that_a_text_broke_in_two_is_one()
    {
        var error = await _cli.FailAsync("wallet", "show", "--wallet-file", "UTC--2019-01-00T10-56-30.572000000Z", "--A540FCf5f097c3F996e680F5cb266629600F064A");
        Assert.Equal("Missing wallet file \"UTC--2019-01-00T10-56-30.572000000Z--A540FCf5f097c3F996e680F5cb266629600F064A\"", (string)error["error"]!["message"]!);
    }

    public void Dispose() => _cli.Dispose();
}
