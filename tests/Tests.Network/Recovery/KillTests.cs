using System.Collections.Concurrent;
using Iexec.Host.Chain;
using Iexec.Poco;
using Iexec.Poco.Deals;
using Iexec.Poco.Orders;
using Iexec.Poco.Tasks;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Market;
using Iexec.Testing.Containers;
using Iexec.Worker.Containers;
using Xunit;

namespace Tests.Network.Recovery;

/// <summary><c>iexec up</c> is killed in every phase of a task and started again: the task completes and everybody is paid exactly once.</summary>
[Collection(RecoveryCollection.Name)]
public sealed class KillTests(ContainerFixture containers) : IAsyncLifetime
{
    private readonly NetworkProcess _network = new(containers);
    private Buyer _buyer = null!;

    public async Task InitializeAsync()
    {
        try
        {
            await _network.StartAsync();
            _buyer = await Buyer.CreateAsync(_network, containers);
        }
        catch
        {
            await _network.DisposeAsync();
            throw;
        }
    }

    public async Task DisposeAsync()
    {
        _buyer?.Dispose();
        await _network.DisposeAsync();
    }

    [Fact]
    public async Task Kill_9_in_any_phase_of_a_task_neither_loses_it_nor_pays_anybody_twice()
    {
        await SurviveAsync("sleep 2", async deal => await _buyer.EventuallyAsync(async () => await AnyContainerAsync(running: true) ? "yes" : null, $"a container of {deal.Id}"));
        await SurviveAsync("between contribute and reveal", deal => _buyer.SeeAsync(deal, task => task.Contributors.Length > 0, "a contribution"));
        await SurviveAsync("between reveal and finalize", deal => _buyer.SeeAsync(deal, task => task.RevealCounter > 0, "a reveal"));
        await SurviveAsync("dream 0 400000", async _ => await _buyer.EventuallyAsync(() => Task.FromResult(UploadUnderWay()), "an upload"));
        var children = _network.Children();

        Assert.Equal(0, await _network.InterruptAsync());

        Assert.Empty(children.Alive);
        Assert.Empty(_network.Children().Known);
        Assert.Empty(_network.HalfWritten());
    }

    [Fact]
    public async Task Deal_that_the_chain_lost_is_forgotten_by_every_service_and_can_be_bought_again()
    {
        var dump = Path.Combine(_network.ChainFolder, "chain", "chain.dump");
        var head = await _buyer.Chain.Hub.GetHeadAsync(CancellationToken.None);
        var dumps = new ChainDump(Path.GetDirectoryName(dump)!, 65535, _buyer.Chain.Hub.Configuration.Hub);
        await _buyer.EventuallyAsync(async () => await IsSavedAsync(dumps, head.Number) ? "yes" : null, "the dump of the deposits");
        var saved = File.ReadAllBytes(dump);
        var before = await _buyer.CountAsync();
        var deal = await _buyer.BuyAsync("lost");
        await _buyer.SeeAsync(deal, task => task.Status == ChainTaskStatus.Revealing, "the consensus");
        await _network.KillAsync();
        await _network.Children().KillAsync();
        File.WriteAllBytes(dump, saved);
        File.Delete(dump + ".1");

        await _network.StartAsync();

        Assert.Null(await _buyer.Chain.Hub.GetDealAsync(deal.Id, CancellationToken.None));
        before.AssertSameAs(await _buyer.CountAsync());
        await _buyer.EventuallyAsync(async () => await _buyer.Scheduler.FindTaskAsync(Buyer.TaskOf(deal), CancellationToken.None) is null ? "yes" : null, "the scheduler to forget");
        await _buyer.EventuallyAsync(async () => await _buyer.Market.FindDealAsync(65535, deal.Id, CancellationToken.None) is null ? "yes" : null, "the gateway to forget");
        await _buyer.EventuallyAsync(() => Task.FromResult(FilesOf(deal).Any() ? null : "yes"), "the workers to forget");
        await BuyAndCompleteAsync("found again");
    }

    [Fact]
    public async Task Offers_that_were_taken_before_a_kill_are_in_the_book_and_what_was_under_way_is_there_whole_or_not_at_all()
    {
        var offers = Enumerable.Range(0, 45).Select(_ => _buyer.SignOffer()).ToList();
        var taken = new ConcurrentBag<OrderHash>();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var publishing = offers.Select(PublishAsync).ToList();
        await begun.Task;
        await _network.KillAsync();
        await Task.WhenAll(publishing);

        await _network.StartAsync();

        var there = 0;
        foreach (var offer in offers)
        {
            var hash = OrderSchemas.App.Hash(offer.Order, _buyer.Chain.Hub.Configuration.Domain);
            var found = await _buyer.Market.FindOrderAsync(65535, OrderSchemas.App, hash, CancellationToken.None);
            Assert.True(found is not null || !taken.Contains(hash), $"{hash} was taken and is lost.");
            if (found is not null)
            {
                Assert.Equal((OrderStatus.Open, offer.Order.Volume, offer.Order), (found.Status, found.Remaining, found.Order.Order));
                there++;
            }
        }

        Assert.InRange(there, taken.Count, offers.Count);
        await BuyAndCompleteAsync("after the kill");

        async Task PublishAsync(Signed<AppOrder> offer)
        {
            try
            {
                taken.Add(await _buyer.PublishAsync(offer));
                begun.TrySetResult();
            }
            catch (IexecException)
            {
                // The gateway was killed first.
            }
        }
    }

    private async Task SurviveAsync(string arguments, Func<Deal, Task> phase)
    {
        var before = await _buyer.CountAsync();
        var deal = await _buyer.BuyAsync(arguments);
        await phase(deal);
        await _network.KillAsync();
        var orphans = _network.Children();
        Assert.NotEmpty(orphans.Alive);

        await _network.StartAsync();

        Assert.Empty(orphans.Alive);
        await _buyer.CompleteAsync(deal);
        before.After(deal).AssertSameAs(await _buyer.CountAsync());
        Assert.False(await AnyContainerAsync(running: false), $"A container of '{arguments}' is left.");
        await _buyer.EventuallyAsync(() => Task.FromResult(FilesOf(deal).Any() ? null : "yes"), "the workers to clean up");
    }

    private async Task BuyAndCompleteAsync(string arguments)
    {
        var before = await _buyer.CountAsync();
        var deal = await _buyer.BuyAsync(arguments);
        await _buyer.CompleteAsync(deal);
        before.After(deal).AssertSameAs(await _buyer.CountAsync());
    }

    private async Task<bool> AnyContainerAsync(bool running)
    {
        foreach (var worker in _network.Workers())
        {
            var found = await containers.Engine.ListAsync(ContainerLabels.Of(65535, worker), CancellationToken.None);
            if (found.Any(container => container.IsRunning || !running))
            {
                return true;
            }
        }

        return false;
    }

    private string? UploadUnderWay()
    {
        var incoming = Path.Combine(_network.ChainFolder, "storage", "incoming");
        return Directory.Exists(incoming) ? Directory.EnumerateFiles(incoming).FirstOrDefault() : null;
    }

    private IEnumerable<string> FilesOf(Deal deal) =>
        Directory.EnumerateDirectories(_network.ChainFolder, "worker-*").SelectMany(worker => Directory.EnumerateDirectories(worker, Buyer.TaskOf(deal).ToString(), SearchOption.AllDirectories));

    private async Task<bool> IsSavedAsync(ChainDump dumps, ulong wanted)
    {
        // Blocks without transactions are not saved: only those count.
        if (dumps.SavedBlock is not { } block)
        {
            return false;
        }

        for (var number = block + 1; number <= wanted; number++)
        {
            if ((await _buyer.Chain.Hub.GetEventsAsync(number, number, CancellationToken.None)).Count > 0)
            {
                return false;
            }
        }

        return true;
    }
}
