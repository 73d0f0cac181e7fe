using System.Text.Json.Nodes;
using Iexec.Ethereum;
using Iexec.Poco.Orders;
using Iexec.Sdk;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Modules;
using Xunit;

namespace Tests.Unit.Sdk.Client;

/// <summary>Many datasets for one request: lists at the storage, in the form that the original's library writes.</summary>
public sealed class DatasetBulkTests : IDisposable
{
    private readonly StorageInMemory _storage = new();
    private readonly IexecClient _iexec;

    public DatasetBulkTests() => _iexec = new IexecClient(
        new ChainSettings { Name = "test", Id = 1, IpfsNode = new Uri("http://storage") }, options: new IexecOptions { Handler = _storage });

    public void Dispose()
    {
        _iexec.Dispose();
        _storage.Dispose();
    }

    [Fact]
    public async Task Orders_are_split_into_lists_and_the_lists_into_one()
    {
        var orders = Enumerable.Range(1, 5).Select(i => Order((byte)i)).ToList();

        var bulk = await _iexec.Order.PrepareDatasetBulkAsync(orders, maxDatasetPerTask: 2);

        Assert.Equal(3, bulk.Volume);
        var lists = JsonNode.Parse(_storage.Files[bulk.Cid.ToString()])!.AsArray().Select(list => JsonNode.Parse(_storage.Files[(string)list!])!.AsArray()).ToList();
        Assert.Equal([2, 2, 1], lists.Select(list => list.Count));
        var first = lists[0][0]!.AsObject();
        Assert.Equal(
            ["dataset", "datasetprice", "volume", "tag", "apprestrict", "workerpoolrestrict", "requesterrestrict", "salt", "sign"],
            first.Select(member => member.Key));
        Assert.Equal("9007199254740991", (string?)first["volume"]);
        Assert.Equal("0x01", (string?)first["sign"]);
        Assert.Equal(orders.Select(order => order.Order.Dataset.ToString()), lists.SelectMany(list => list).Select(order => (string)order!["dataset"]!));
    }

    [Fact]
    public async Task What_is_not_free_or_not_endless_is_refused_and_nothing_is_stored()
    {
        var (priced, scarce) = (Order(1) with { Order = Order(1).Order with { DatasetPrice = 1 } }, Order(1) with { Order = Order(1).Order with { Volume = 5 } });
        await RefusedAsync("[1].datasetprice (1) is not valid for bulk datasetorder expected 0", [Order(2), priced], 100);
        await RefusedAsync("[0].volume (5) is not valid for bulk datasetorder expected DATASET_INFINITE_VOLUME (9007199254740991)", [scarce], 100);
        await RefusedAsync("datasetorders field must have at least 1 items", [], 100);
        await RefusedAsync("maxDatasetPerTask must be greater than or equal to 1", [Order(1)], 0);
        await RefusedAsync("maxDatasetPerTask must be less than or equal to 100", [Order(1)], 101);
        Assert.Empty(_storage.Files);
    }

    private async Task RefusedAsync(string message, Signed<DatasetOrder>[] orders, int maxDatasetPerTask)
    {
        var refused = await Assert.ThrowsAsync<IexecException>(() => _iexec.Order.PrepareDatasetBulkAsync(orders, maxDatasetPerTask));
        Assert.Equal((ErrorCode.ValidationError, message), (refused.Code, refused.Message));
    }

    private static Signed<DatasetOrder> Order(byte number) => new(
        OrderModule.CreateDatasetOrder(new Address([.. new byte[19], number]), volume: OrderModule.InfiniteVolume), new byte[] { 1 });
}
