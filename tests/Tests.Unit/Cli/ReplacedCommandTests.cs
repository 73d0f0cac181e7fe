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

    public void Dispose() => _cli.Dispose();
}
