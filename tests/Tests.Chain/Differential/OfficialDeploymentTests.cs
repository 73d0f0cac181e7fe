using Iexec.Ethereum;
using Iexec.Poco.Chain;
using Iexec.Testing;
using Iexec.Testing.Contracts;
using Iexec.Testing.Official;
using Xunit;

namespace Tests.Chain.Differential;

public sealed class OfficialDeploymentTests
{
    [OfficialFact]
    public async Task The_official_contracts_stand_and_speak_to_our_client()
    {
        await using var node = await AnvilProcess.StartAsync(BlockSender.FreeOfCharge());

        var token = await new OfficialDeployer(new BlockSender(node), node, AnvilProcess.Keys[0]).DeployAsync();

        var hub = await JsonRpcHub.ConnectAsync(node.Eth, token.Hub, default);
        Assert.Equal(5UL, await hub.CountCategoriesAsync(default));
        Assert.Equal(36_000UL, (await hub.GetCategoryAsync(4, default))!.WorkClockTimeRefSeconds);
        Assert.Equal((UInt256)87_000_000_000_000_000UL, await hub.GetTokenBalanceAsync(AnvilProcess.Keys[0].Address, default));
        Assert.Equal("5.0.0", hub.Configuration.Domain.Version);
    }
}
