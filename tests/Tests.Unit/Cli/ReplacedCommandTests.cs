using Iexec.Testing.Cli;
using Xunit;

namespace Tests.Unit.Cli;

public sealed class ReplacedCommandTests : IDisposable
{
    private readonly CliRunner _cli = new();

    [Theory]
    [InlineData("There is no bridge between networks yet; nothing was sent", "wallet", "bridge-to-sidechain", "5", "RLC", "--force")]
    [InlineData("There is no bridge between networks yet; nothing was sent", "wallet", "bridge-to-mainchain", "5")]
    [InlineData("eRLC was a token of the enterprise edition, which no longer exists; nothing was sent", "wallet", "swap-RLC-for-eRLC", "5", "nRLC", "--wallet-address", "0x1")]
    [InlineData("No server asks for a login any more: every request is signed by the wallet itself", "account", "login")]
    [InlineData("This network has no name service; use the address, and \"iexec workerpool set-api-url\" for a pool's scheduler", "ens", "resolve", "core.iexec.eth")]
    [InlineData("This network has no vouchers yet; somebody else can pay by an allowance: iexec account approve <amount> <spender>", "voucher", "show", "--user", "0x1")]
    public async Task A_command_without_a_service_has_help_and_fails_in_one_line(string message, params string[] args)
    {
        var help = await _cli.RunAsync([.. args[..2], "--help"]);
        Assert.Equal(0, help.ExitCode);
        Assert.Contains(args[1], help.Out, StringComparison.Ordinal);
        Assert.Equal(message, (string)(await _cli.FailAsync(args))["error"]!["message"]!);
        Assert.Equal($"✖ iexec {args[0]} {args[1]} failed: {message}\n", (await _cli.RunAsync(args)).Error);
    }

    [Theory]
    [InlineData("\"iexec airdrop\" of version 1 is now: iexec wallet getRLC", "airdrop")]
    [InlineData("\"iexec compile\" of version 1 is now: your own contract tool; an app needs no contract of its own: iexec app deploy", "compile")]
    [InlineData("\"iexec truffle\" of version 1 is now: your own contract tool; an app needs no contract of its own: iexec app deploy", "truffle", "console")]
    [InlineData("\"iexec migrate\" of version 1 is now: iexec app deploy", "migrate")]
    [InlineData("\"iexec deploy\" of version 1 is now: iexec app deploy", "deploy")]
    [InlineData("\"iexec submit\" of version 1 is now: iexec app run", "submit", "--app", "x")]
    [InlineData("\"iexec server\" of version 1 is now: iexec app run, then iexec task show <taskid> --watch --download", "server", "result", "0x12")]
    [InlineData("\"iexec upgrade\" of version 1 is now: not needed, the files of older versions are read as they are", "upgrade")]
    [InlineData("\"iexec result <txHash>\" of version 1 is now: iexec task show <taskid> --download", "result", "0x12", "--save")]
    [InlineData("\"iexec init factorial\" of version 1 is now: mkdir factorial && cd factorial && iexec init", "init", "factorial")]
    [InlineData("\"iexec account allow\" of version 1 is now: iexec account deposit <amount>", "account", "allow", "5")]
    [InlineData("\"iexec scheduler\" of version 2 is now: iexec workerpool show [addressOrIndex]; for the one of this machine's network: iexec status", "scheduler", "show")]
    [InlineData("\"iexec order place\" of version 2 is now: iexec order sign --workerpool, then iexec order publish --workerpool", "order", "place", "--sell")]
    [InlineData("\"iexec order count\" of version 2 is now: iexec orderbook show", "order", "count")]
    [InlineData("\"iexec order show 1963\" of version 2 is now: iexec order show --workerpool <orderHash>, with the hash from: iexec orderbook workerpool", "order", "show", "1963")]
    [InlineData("\"iexec order cancel e551\" of version 2 is now: iexec order cancel --workerpool <orderHash>, with the hash from: iexec orderbook workerpool", "order", "cancel", "e551")]
    public async Task A_command_that_has_another_name_now_tells_it_in_one_line(string message, params string[] args)
    {
        Assert.Equal(message, (string)(await _cli.FailAsync(args))["error"]!["message"]!);
        var told = await _cli.RunAsync(args);
        Assert.Equal(1, told.ExitCode);
        Assert.EndsWith($" failed: {message}\n", told.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--tee-framework", "--tag tee,gramine", "app", "publish", "--tee-framework", "gramine")]
    [InlineData("--tee", "iexec app publish --tag tee,scone", "app", "init", "--tee")]
    [InlineData("--hub", "chain.json", "app", "deploy", "--hub", "0x12")]
    [InlineData("--use-voucher", "no vouchers", "app", "run", "--use-voucher")]
    [InlineData("--voucher-address", "no vouchers", "order", "fill", "--voucher-address", "0x12")]
    public async Task An_option_of_older_versions_tells_what_took_its_place(string option, string hint, params string[] args)
    {
        var error = (await _cli.FailAsync(args))["error"]!;
        Assert.Equal($"unknown option '{option}'", (string)error["message"]!);
        Assert.Contains(hint, (string)error["hint"]!, StringComparison.Ordinal);
    }

    // The workshop of 2019 prints it without its group.
    [Fact]
    public async Task Encryptedpush_needs_no_group()
    {
        Assert.Equal("iexec tee encryptedpush", (string)(await _cli.FailAsync("encryptedpush"))["command"]!);
    }

    public void Dispose() => _cli.Dispose();
}
