using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Market;
using Iexec.Poco.Orders;
using Iexec.Testing;
using Xunit;

namespace Tests.Network.Market;

public sealed class FuzzTests : MarketTest
{
    private static readonly string[] Paths =
    [
        "/apporders", "/datasetorders", "/workerpoolorders", "/requestorders", "/deals", "/categories", "/ohlc", "/metrics", "/challenge", "/version", "/docs",
        "/apporders/x", "/deals/0x1111111111111111111111111111111111111111111111111111111111111111", "/categories/1",
    ];

    private static readonly string[] Names =
    [
        "chainId", "app", "appOwner", "dataset", "datasetOwner", "workerpool", "workerpoolOwner", "requester", "beneficiary", "category", "minTag", "maxTag", "minVolume",
        "minTrust", "maxTrust", "isAppStrict", "isDatasetStrict", "bulkOnly", "pageIndex", "pageSize", "page", "address", "requestorderHash", "minWorkClockTimeRef",
    ];

    private static readonly string[] Values =
    [
        "65535", "0", "1", "-1", "any", "true", "", "null", "NaN", "Infinity", "1e309", "-1e309", "1e15", "0x", "0x1", "9007199254740991", "9007199254740992", "18446744073709551616",
        "0x7bd4783FDCAD405A28052a0d1f11236A741da593", "0x0000000000000000000000000000000000000000000000000000000000000001",
        "0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "' OR 1=1 --", "%00", "%F0%9F%92%A9", "a&app=b", "%ff%fe",
    ];

    private static readonly string[] Fragments =
    [
        "{", "}", "[", "]", ":", ",", "\"order\"", "\"app\"", "\"target\"", "\"unpublish_all\"", "\"unpublish_orderHash\"", "\"orderHash\"", "\"sign\"", "null", "true", "1e999",
        "-0", "\"\\ud800\"", "\"\\u0000\"", "\"0x\"", "{\"order\":", "{\"target\":", "{\"order\":{\"app\":1,\"volume\":{}}}", "\u0001",
    ];

    private static readonly UInt256[] Amounts = [0, 1, 1, 1, 2, 3, 100, 1000, 9007199254740990, 9007199254740991, 9007199254740992, UInt256.MaxValue];

    private static readonly string[] Texts = ["", "{}", "a \"b\" \\ é 💩", "\0\u0001\u2028", new('x', 5000), new('"', 9000), new('é', 8500)];

    private protected override MarketOptions Configure(MarketOptions options) => options with { MaxOpenOrdersPerWallet = 40 };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task No_request_makes_the_gateway_fail(ulong seed)
    {
        var entropy = new SeededEntropy(seed);
        for (var i = 0; i < 300; i++)
        {
            var query = string.Join('&', Enumerable.Range(0, Pick(entropy, 6)).Select(_ => $"{Names[Pick(entropy, Names.Length)]}={Values[Pick(entropy, Values.Length)]}"));
            var url = new Uri($"{Server.Origin.OriginalString}{Paths[Pick(entropy, Paths.Length)]}?{(i % 4 == 0 ? "" : "chainId=65535&")}{query}");
            using var request = new HttpRequestMessage((i % 3) switch { 0 => HttpMethod.Post, 1 => HttpMethod.Put, _ => HttpMethod.Get }, url);
            if (request.Method != HttpMethod.Get)
            {
                var body = string.Concat(Enumerable.Range(0, Pick(entropy, 12)).Select(_ => Fragments[Pick(entropy, Fragments.Length)]));
                request.Content = new StringContent(body, Encoding.UTF8, "application/json");
                request.Headers.TryAddWithoutValidation("Authorization", Values[Pick(entropy, Values.Length)]);
            }

            using var response = await Server.Http.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            Assert.True((int)response.StatusCode < 500, $"{request.Method} {url}: {response.StatusCode} {text}");
            if (response.Content.Headers.ContentType?.MediaType == "application/json")
            {
                using var json = JsonDocument.Parse(text);
                Assert.Equal(response.IsSuccessStatusCode, json.RootElement.GetProperty("ok").GetBoolean());
            }
        }
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task What_a_known_wallet_posts_is_published_whole_or_not_at_all(ulong seed)
    {
        var entropy = new SeededEntropy(seed);
        var published = new HashSet<string>();
        var refused = 0;
        for (var i = 0; i < 300; i++)
        {
            var (path, signer, order) = Draw(entropy);
            Spoil(order, entropy);
            var (status, body) = await PostAsync(path, signer, order);
            using var reply = JsonDocument.Parse(body);
            if (status != HttpStatusCode.OK)
            {
                Assert.True(status is HttpStatusCode.BadRequest or HttpStatusCode.Forbidden, $"{order.ToJsonString()}\n→ {status} {body}");
                refused++;
                continue;
            }

            var entry = reply.RootElement.GetProperty("published");
            var hash = entry.GetProperty("orderHash").GetString()!;
            Assert.True(published.Add($"{path}/{hash}"), hash);
            var (_, found) = await Server.GetAsync($"{path}/{hash}?chainId=65535");
            using var single = JsonDocument.Parse(found);
            Assert.Equal(entry.GetProperty("order").GetRawText(), single.RootElement.GetProperty("order").GetRawText());
        }

        Assert.True(published.Count > 20 && refused > 20, $"{published.Count} published, {refused} refused");
        // Neither an order nor an event more than there were good answers.
        using var metrics = JsonDocument.Parse((await Server.GetAsync("/metrics?chainId=65535")).Body);
        foreach (var book in published.GroupBy(place => place.Split('/')[1]))
        {
            Assert.Equal(book.Count(), metrics.RootElement.GetProperty(book.Key).GetInt32());
        }

        using var events = JsonDocument.Parse((await Server.GetAsync("/events?chainId=65535&limit=1000")).Body);
        Assert.Equal(
            published.Select(place => place.Split('/')[2]).Order(),
            events.RootElement.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("data").GetProperty("orderHash").GetString()!).Order());
    }

    /// <summary>A signed order, near what is acceptable or far from it, as it is posted.</summary>
    private (string Path, PrivateKey Signer, JsonObject Order) Draw(SeededEntropy entropy)
    {
        var domain = Hub.Configuration.Domain;
        UInt256 price = Amounts[Pick(entropy, Amounts.Length)], volume = Amounts[Pick(entropy, Amounts.Length)];
        var signer = Pick(entropy, 8) == 0 ? People.Requester : null;
        switch (Pick(entropy, 4))
        {
            case 0:
                return ("/apporders", signer ?? People.AppOwner, Signed(OrderSchemas.App, People.AppOrder with { AppPrice = price, Volume = volume }));
            case 1:
                return ("/datasetorders", signer ?? People.DatasetOwner, Signed(OrderSchemas.Dataset, People.DatasetOrder with { DatasetPrice = price, Volume = volume }));
            case 2:
                var pool = People.WorkerpoolOrder with { WorkerpoolPrice = price, Volume = volume, Trust = (UInt256)(ulong)Pick(entropy, 3) };
                return ("/workerpoolorders", signer ?? People.PoolOwner, Signed(OrderSchemas.Workerpool, pool));
            default:
                var request = People.RequestOrder with
                {
                    Dataset = Pick(entropy, 2) == 0 ? Address.Zero : People.Dataset, WorkerpoolMaxPrice = price, Volume = volume, Params = Texts[Pick(entropy, Texts.Length)],
                };
                return ("/requestorders", signer ?? People.Requester, Signed(OrderSchemas.Request, request));
        }

        JsonObject Signed<TOrder>(OrderSchema<TOrder> schema, TOrder order)
            where TOrder : Order
        {
            var key = schema.TypeName switch { "AppOrder" => People.AppOwner, "DatasetOrder" => People.DatasetOwner, "WorkerpoolOrder" => People.PoolOwner, _ => People.Requester };
            using var stream = new MemoryStream();
            using (var writer = new Utf8JsonWriter(stream))
            {
                schema.WriteJson(writer, schema.Sign(order, key, domain, entropy));
            }

            return JsonNode.Parse(stream.ToArray())!.AsObject();
        }
    }

    /// <summary>Half of them get one member that is wrong, missing, of another type or written in another way.</summary>
    private static void Spoil(JsonObject order, SeededEntropy entropy)
    {
        if (Pick(entropy, 2) == 0)
        {
            return;
        }

        var member = order.ElementAt(Pick(entropy, order.Count)).Key;
        switch (Pick(entropy, 5))
        {
            case 0:
                order.Remove(member);
                return;
            case 1:
                order[member] = Values[Pick(entropy, Values.Length)];
                return;
            case 2:
                order[member] = new JsonObject { ["a"] = new JsonArray(1, null) };
                return;
            case 3:
                order[member] = order[member]?.ToString().ToUpperInvariant().Replace("0X", "0x", StringComparison.Ordinal);
                return;
            default:
                order[member] = JsonNode.Parse("1e3");
                return;
        }
    }

    private async Task<(HttpStatusCode Status, string Body)> PostAsync(string path, PrivateKey signer, JsonObject order)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Server.Origin, path + "?chainId=65535"))
        {
            Content = new StringContent(new JsonObject { ["order"] = order.DeepClone() }.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("Authorization", (await Server.Client.AuthorizeAsync(65535, signer, default)).ToString());
        using var response = await Server.Http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static int Pick(SeededEntropy entropy, int below)
    {
        Span<byte> random = stackalloc byte[2];
        entropy.Fill(random);
        return ((random[0] << 8) | random[1]) % below;
    }
}
