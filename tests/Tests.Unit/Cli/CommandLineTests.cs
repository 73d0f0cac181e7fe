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
    [InlineData("--tag tee", "app", "publish", "--tee-framework", "gramine")]
    [InlineData("no vouchers", "app", "run", "--use-voucher")]
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
    [InlineData("--version")]
    [InlineData("-V")]
    public async Task The_version_is_one_line(string option)
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
