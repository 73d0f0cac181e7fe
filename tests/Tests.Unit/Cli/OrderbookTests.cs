using System.Net;
using System.Text;
using Iexec.Testing.Cli;
using Xunit;

namespace Tests.Unit.Cli;

/// <summary>What the commands of the books ask the gateway, and what they make of its answer.</summary>
public sealed class OrderbookTests : IDisposable
{
    private const string Somebody = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
    private readonly CliRunner _cli = new();
    private readonly Gateway _gateway = new();

    public OrderbookTests()
    {
        _cli.Network = () => _gateway;
        File.WriteAllText(_cli["chain.json"], ProjectFiles.Good["chain.json"]);
    }

    [Theory]
    [InlineData("app", "dataset", "isDatasetStrict")]
    [InlineData("app", "workerpool", "isWorkerpoolStrict")]
    [InlineData("app", "requester", "isRequesterStrict")]
    [InlineData("dataset", "app", "isAppStrict")]
    [InlineData("dataset", "workerpool", "isWorkerpoolStrict")]
    [InlineData("dataset", "requester", "isRequesterStrict")]
    [InlineData("workerpool", "app", "isAppStrict")]
    [InlineData("workerpool", "dataset", "isDatasetStrict")]
    [InlineData("workerpool", "requester", "isRequesterStrict")]
    [InlineData("requester", "workerpool", "isWorkerpoolStrict")]
    public async Task Strict_filters_reach_the_gateway(string book, string name, string parameter)
    {
        await _cli.OkAsync("orderbook", book, Somebody, $"--{name}", Somebody, $"--{name}-strict");
        await _cli.OkAsync("orderbook", book, Somebody, $"--{name}", Somebody);

        Assert.Contains($"{name}={Somebody}", _gateway.Asked[0], StringComparison.Ordinal);
        Assert.Contains($"{parameter}=true", _gateway.Asked[0], StringComparison.Ordinal);
        Assert.Contains($"{parameter}=false", _gateway.Asked[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("orderbook app any", "app=any")]
    [InlineData("orderbook dataset any", "dataset=any")]
    [InlineData("orderbook app --owner " + Somebody, "appOwner=" + Somebody)]
    [InlineData("orderbook dataset --owner " + Somebody, "datasetOwner=" + Somebody)]
    [InlineData("orderbook workerpool --owner " + Somebody, "workerpoolOwner=" + Somebody)]
    public async Task All_offers_or_those_of_one_owner_are_asked_for(string command, string parameter)
    {
        await _cli.OkAsync(command.Split(' '));
        Assert.Contains(parameter, Assert.Single(_gateway.Asked), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("orderbook app")]
    [InlineData("orderbook dataset")]
    public async Task Without_asset_and_owner_nothing_is_asked(string command)
    {
        Assert.Equal("missing required argument 'address'", (string)(await _cli.FailAsync(command.Split(' ')))["error"]!["message"]!);
        Assert.Empty(_gateway.Asked);
    }

    [Fact]
    public async Task A_command_asks_nobody_but_its_service_and_asks_for_no_update()
    {
        Assert.Equal(0, (await _cli.RunAsync("orderbook", "workerpool")).ExitCode);
        Assert.StartsWith("http://market/workerpoolorders?", Assert.Single(_gateway.Asked), StringComparison.Ordinal);

        _gateway.Asked.Clear();
        Assert.Equal(0, (await _cli.RunAsync("wallet", "create", "--unencrypted")).ExitCode);
        Assert.Empty(_gateway.Asked);
    }

    [Fact]
    public async Task Numbers_of_the_gateway_stay_numbers_and_a_person_reads_both_units()
    {
        _gateway.Orders = "[{\"orderHash\":\"0x" + new string('7', 64) + "\",\"chainId\":65535,\"remaining\":99,\"status\":\"open\",\"signer\":\"" + Somebody
            + "\",\"publicationTimestamp\":\"2026-01-01T00:00:00.000Z\",\"order\":{\"workerpool\":\"" + Somebody + "\",\"workerpoolprice\":100000000,\"volume\":100,\"tag\":\"0x" + new string('0', 64)
            + "\",\"category\":2,\"trust\":4,\"apprestrict\":\"0x" + new string('0', 40) + "\",\"datasetrestrict\":\"0x" + new string('0', 40) + "\",\"requesterrestrict\":\"0x" + new string('0', 40)
            + "\",\"salt\":\"0x" + new string('0', 64) + "\",\"sign\":\"0x\"}}]";

        var order = (await _cli.OkAsync("orderbook", "workerpool"))["workerpoolOrders"]![0]!;
        Assert.Equal("100000000 99 2 4", $"{order["price"]!.ToJsonString()} {order["remaining"]!.ToJsonString()} {order["category"]!.ToJsonString()} {order["trust"]!.ToJsonString()}");
        Assert.Contains("100000000 nRLC (0.1 RLC)", (await _cli.RunAsync("orderbook", "workerpool")).Out, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _cli.Dispose();
        _gateway.Dispose();
    }

    private sealed class Gateway : HttpMessageHandler
    {
        public List<string> Asked { get; } = [];

        public string Orders { get; set; } = "[]";

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add(request.RequestUri!.AbsoluteUri);
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent($"{{\"ok\":true,\"orders\":{Orders},\"count\":1}}", Encoding.UTF8, "application/json") });
        }

        // Every command makes a client of its own and disposes it; the list outlives them all.
        protected override void Dispose(bool disposing)
        {
        }
    }
}
