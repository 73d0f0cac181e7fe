using Iexec.Poco.Deals;
using Iexec.Testing.Containers;
using Xunit;

namespace Tests.Network.Recovery;

/// <summary>Everything is killed at once, as by a loss of power: the network, its node, its registry and its own container engine.</summary>
[Collection(RecoveryCollection.Name)]
public sealed class CrashTests(ContainerFixture containers) : IAsyncLifetime
{
    private readonly NetworkProcess _network = new(containers, ownEngine: true);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _network.DisposeAsync().AsTask();

    [Fact]
    public async Task After_the_loss_of_everything_right_behind_a_deal_the_services_agree_with_the_chain_and_work_goes_on()
    {
        await _network.StartAsync();
        using var buyer = await Buyer.CreateAsync(_network, containers);
        var before = await buyer.CountAsync();
        var deal = await buyer.BuyAsync("sleep 1");
        await _network.KillAsync();
        var killed = _network.Children();
        await killed.KillAsync();

        await _network.StartAsync();

        if (await buyer.Chain.Hub.GetDealAsync(deal.Id, CancellationToken.None) is null)
        {
            await ForgottenAsync(buyer, deal);
            before.AssertSameAs(await buyer.CountAsync());
            deal = await buyer.BuyAsync("sleep 1");
        }

        await buyer.CompleteAsync(deal);
        before.After(deal).AssertSameAs(await buyer.CountAsync());
        var children = _network.Children();
        Assert.NotEmpty(children.Alive);
        Assert.Equal(0, await _network.InterruptAsync());
        Assert.Empty(children.Alive);
        Assert.Empty(_network.Children().Known);
        Assert.Empty(_network.HalfWritten());
    }

    private static async Task ForgottenAsync(Buyer buyer, Deal deal)
    {
        await buyer.EventuallyAsync(async () => await buyer.Scheduler.FindTaskAsync(Buyer.TaskOf(deal), CancellationToken.None) is null ? "yes" : null, "the scheduler to forget");
        await buyer.EventuallyAsync(async () => await buyer.Market.FindDealAsync(65535, deal.Id, CancellationToken.None) is null ? "yes" : null, "the gateway to forget");
    }
}
