using Iexec.Poco.Orders;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Market;
using Iexec.Testing.Chain;
using Xunit;

namespace Tests.Network.Market;

/// <summary>A request needs an app offer and a dataset offer that go together, not one of each.</summary>
public sealed class PairingTests : MarketTest
{
    private static readonly Tag Trusted = Tag.Of(Tag.TeeBit);

    private DatasetOrder TrustedDataset => People.DatasetOrder with { Tag = Trusted };

    [Fact]
    public async Task A_request_for_a_dataset_that_wants_trusted_execution_needs_an_app_that_offers_it()
    {
        await Server.PublishAsync(OrderSchemas.App, People.AppOrder, People.AppOwner);
        await Server.PublishAsync(OrderSchemas.Dataset, TrustedDataset, People.DatasetOwner);
        // One that is trusted is too dear: it does not help.
        await Server.PublishAsync(OrderSchemas.App, People.AppOrder with { Tag = Trusted, AppPrice = 6 }, People.AppOwner);
        var error = await Assert.ThrowsAsync<IexecException>(() => Server.PublishAsync(OrderSchemas.Request, People.RequestOrder, People.Requester));
        Assert.Equal($"API error: No tee enabled apporder published for app {People.App}", error.Message);

        await Server.PublishAsync(OrderSchemas.App, People.AppOrder with { Tag = Trusted }, People.AppOwner);
        await Server.PublishAsync(OrderSchemas.Request, People.RequestOrder, People.Requester);
    }

    [Fact]
    public async Task A_dataset_order_without_the_wish_is_enough()
    {
        await Server.PublishAsync(OrderSchemas.App, People.AppOrder, People.AppOwner);
        await Server.PublishAsync(OrderSchemas.Dataset, TrustedDataset with { DatasetPrice = 0 }, People.DatasetOwner);
        await Server.PublishAsync(OrderSchemas.Dataset, People.DatasetOrder, People.DatasetOwner);
        await Server.PublishAsync(OrderSchemas.Request, People.RequestOrder, People.Requester);
    }

    [Fact]
    public async Task A_request_dies_when_what_is_left_does_not_go_together()
    {
        await Server.PublishAsync(OrderSchemas.App, People.AppOrder, People.AppOwner);
        await Server.PublishAsync(OrderSchemas.Dataset, TrustedDataset, People.DatasetOwner);
        var open = await Server.PublishAsync(OrderSchemas.Dataset, People.DatasetOrder, People.DatasetOwner);
        var request = await Server.PublishAsync(OrderSchemas.Request, People.RequestOrder, People.Requester);
        Hub.Close(OrderSchemas.Dataset, open.Order);
        await Server.FollowAsync();

        Assert.Equal(OrderStatus.Dead, (await Server.FindAsync(OrderSchemas.Request, request))!.Status);
    }
}
