using System.Text.Json;
using Iexec.Market.Http;
using Iexec.Poco.Orders;
using Iexec.Sdk.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace Tests.Unit.Market;

public sealed class ValidationTests
{
    private const string GoodAddress = "0x7bd4783FDCAD405A28052a0d1f11236A741da593";

    [Theory]
    [InlineData("workerpoolorders?category=abc", "category must be a `number` type, but the final value was: `NaN` (cast from the value `\"abc\"`).")]
    [InlineData("workerpoolorders?category=1.5", "category must be an integer")]
    [InlineData("workerpoolorders?category=-1", "category must be greater than or equal to 0")]
    [InlineData("workerpoolorders?category=9007199254740992", "category must be less than or equal to 9007199254740991")]
    [InlineData("workerpoolorders?category=99999999999999999999999999999999999999999999999999999999999999999999999999999999999", "category must be less than or equal to 9007199254740991")]
    [InlineData("workerpoolorders?isAppStrict=foo", "isAppStrict must be a `boolean` type, but the final value was: `\"foo\"`.")]
    [InlineData("workerpoolorders?workerpool=foo", "workerpool is neither \"any\" nor a valid ethereum address")]
    [InlineData("workerpoolorders?workerpoolOwner=any", "workerpoolOwner is not a valid ethereum address")]
    [InlineData("workerpoolorders?workerpoolOwner=0x7bd4783fDCAD405A28052a0d1f11236A741da593", "workerpoolOwner is not a valid ethereum address")]
    [InlineData("workerpoolorders?minTag=0x01", "minTag must be a bytes32 hexstring")]
    [InlineData("workerpoolorders?pageSize=9", "pageSize must be greater than or equal to 10")]
    [InlineData("workerpoolorders?pageSize=1001", "pageSize must be less than or equal to 1000")]
    [InlineData("workerpoolorders?pageIndex=-1", "pageIndex must be greater than or equal to 0")]
    [InlineData("apporders", "app or appOwner is required")]
    [InlineData("datasetorders?app=any", "dataset or datasetOwner is required")]
    public void A_bad_query_is_refused_in_the_official_words(string url, string message) =>
        Assert.Equal(message, Assert.Throws<IexecException>(() => Read(url)).Message);

    [Theory]
    [InlineData("apporders?app=any")]
    [InlineData("apporders?appOwner=" + GoodAddress)]
    [InlineData("apporders?app=0x7bd4783fdcad405a28052a0d1f11236a741da593&isDatasetStrict=1&unknown=x")]
    [InlineData("workerpoolorders?category=&pageIndex=0&pageSize=1000")]
    [InlineData("workerpoolorders?category=1e3")]
    [InlineData("requestorders?requester=any&maxTrust=0")]
    public void A_good_query_is_taken(string url) => Assert.Null(Record.Exception(() => Read(url)));

    [Theory]
    [InlineData("", 0, 20)]
    [InlineData("?pageIndex=2&pageSize=50", 100, 50)]
    [InlineData("?pageIndex=3", 60, 20)]
    [InlineData("?page=7", 7, 20)]
    [InlineData("?page=7&pageSize=10", 0, 10)]
    [InlineData("?pageIndex=9007199254740991&pageSize=1000", 9007199254740991000, 1000)]
    public void Pages_are_windows(string query, long skip, int limit)
    {
        var paging = Reader("x" + query).Paging();

        Assert.Equal((skip, limit), (paging.Skip, paging.Limit));
    }

    [Fact]
    public void A_full_page_names_the_next_one()
    {
        var paging = Reader("x?pageIndex=1&pageSize=10").Paging();

        Assert.Equal(20, paging.NextPage(10));
        Assert.Null(paging.NextPage(9));
    }

    [Theory]
    [InlineData("sign", null, "order.sign is a required field")]
    [InlineData("sign", "\"0x0\"", "order.sign must be a valid signature")]
    [InlineData("volume", "0", "order.volume must be greater than or equal to 1")]
    [InlineData("volume", "\"0\"", "order.volume must be greater than or equal to 1")]
    [InlineData("appprice", "\"9007199254740992\"", "order.appprice must be less than or equal to 9007199254740991")]
    [InlineData("appprice", "9007199254740992", "order.appprice must be less than or equal to 9007199254740991")]
    [InlineData("appprice", "\"1 RLC\"", "order.appprice must be a `number` type, but the final value was: `NaN` (cast from the value `\"1 RLC\"`).")]
    [InlineData("tag", "\"tee\"", "order.tag must be a bytes32 hexstring")]
    [InlineData("app", "\"foo\"", "order.app is not a valid ethereum address")]
    [InlineData("app", "null", "order.app is a required field")]
    [InlineData("salt", null, "order.salt is a required field")]
    public void A_bad_order_is_refused_in_the_official_words(string member, string? json, string message) =>
        Assert.Equal(message, Assert.Throws<IexecException>(() => ReadApp(member, json)).Message);

    [Fact]
    public void An_order_is_taken_with_numbers_or_text_and_in_any_case()
    {
        var order = ReadApp("appprice", "12");
        Assert.Equal(12UL, (ulong)order.Order.AppPrice);
        Assert.Equal(order.Order, ReadApp("appprice", "\"12\"").Order);
        Assert.Equal(order.Order.App, ReadApp("app", $"\"{GoodAddress.ToLowerInvariant()}\"").Order.App);
        Assert.Equal(0, ReadApp("sign", "\"0x\"").Sign.Length);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"order\":5}")]
    [InlineData("{\"order\":null}")]
    public void A_body_without_an_order_is_refused(string body)
    {
        using var document = JsonDocument.Parse(body);
        Assert.Equal("order is a required field", Assert.Throws<IexecException>(() => SignedOrderReader.Read(OrderSchemas.App, document.RootElement)).Message);
    }

    private static Signed<AppOrder> ReadApp(string member, string? json)
    {
        var zero = "\"0x" + new string('0', 40) + "\"";
        var word = "\"0x" + new string('A', 64) + "\"";
        var members = new Dictionary<string, string>
        {
            ["app"] = $"\"{GoodAddress}\"",
            ["appprice"] = "\"5\"",
            ["volume"] = "1",
            ["tag"] = word,
            ["datasetrestrict"] = zero,
            ["workerpoolrestrict"] = zero,
            ["requesterrestrict"] = zero,
            ["salt"] = word,
            ["sign"] = "\"0x1234\"",
        };
        if (json is null)
        {
            members.Remove(member);
        }
        else
        {
            members[member] = json;
        }

        using var document = JsonDocument.Parse("{\"order\":{" + string.Join(',', members.Select(m => $"\"{m.Key}\":{m.Value}")) + "}}");
        return SignedOrderReader.Read(OrderSchemas.App, document.RootElement);
    }

    private static void Read(string url)
    {
        var kind = url.Split('?')[0] switch
        {
            "apporders" => OrderKind.App,
            "datasetorders" => OrderKind.Dataset,
            "workerpoolorders" => OrderKind.Workerpool,
            _ => OrderKind.Request,
        };
        var query = Reader(url);
        OrderFilterReader.Read(kind, query);
        query.Paging();
    }

    private static QueryReader Reader(string url) =>
        new(new QueryCollection(QueryHelpers.ParseQuery(url.Contains('?', StringComparison.Ordinal) ? url[url.IndexOf('?', StringComparison.Ordinal)..] : "")));
}
