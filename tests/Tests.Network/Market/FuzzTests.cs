using System.Text;
using System.Text.Json;
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

    private static int Pick(SeededEntropy entropy, int below)
    {
        Span<byte> random = stackalloc byte[2];
        entropy.Fill(random);
        return ((random[0] << 8) | random[1]) % below;
    }
}
