using Tests.Conformance.Clients;
using Tests.Conformance.Networks;
using Xunit;

namespace Tests.Conformance.Commands;

/// <summary>The four books, as the client filters them.</summary>
public abstract class OrderbookCommands(NetworkUser user)
{
    private readonly ClientProject _project = user.Project;

    [Fact]
    public async Task The_networks_own_pool_is_on_offer_in_every_category()
    {
        var pool = user.Network.Status.Workerpool;
        var book = await _project.ExpectAsync($"orderbook workerpool {pool}", ["count", "workerpoolOrders"]);
        Assert.Equal(5, (int)book["count"]!);
        Assert.Equal(
            ["orderHash", "price", "remaining", "category", "tag", "trust", "workerpool", "apprestrict", "datasetrestrict", "requesterrestrict"],
            book["workerpoolOrders"]![0]!.AsObject().Select(member => member.Key));

        book = await _project.DoAsync($"orderbook workerpool {pool} --category 2 --max-tag 0x{new string('0', 64)} --min-volume 2 --min-trust 1");
        Assert.Equal(1, (int)book["count"]!);
        Assert.Equal(0, (int)(await _project.DoAsync($"orderbook workerpool {pool} --require-tag tee,tdx"))["count"]!);
    }

    [Fact]
    public async Task Books_of_apps_datasets_and_requests_are_read()
    {
        Assert.Equal(0, (int)(await _project.ExpectAsync($"orderbook dataset {_project.Wallet}", ["count", "datasetOrders"]))["count"]!);
        Assert.Equal(0, (int)(await _project.ExpectAsync($"orderbook app {_project.Wallet}", ["count", "appOrders"]))["count"]!);
        await _project.ExpectAsync($"orderbook requester {_project.Wallet} --category 0", ["count", "requestOrders"]);
    }

    [Fact]
    public async Task The_gateways_own_words_reach_the_user()
    {
        Assert.Contains("not a valid ethereum address", await _project.RefusedAsync("orderbook app 0x12"), StringComparison.Ordinal);
    }
}
