using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Iexec.Poco.Orders;
using Iexec.Testing.Chain;
using Xunit;

namespace Tests.Network.Market;

/// <summary>The live feed, over both transports and by number.</summary>
public sealed class FeedTests : MarketTest
{
    private const char Separator = '\u001e';

    [Fact]
    public async Task A_poller_hears_what_happens_in_the_rooms_that_it_joined()
    {
        var listener = await PollAsync();
        Assert.Equal("43" + "7[true]", await listener.AskAsync($$"""427["join",{"chainId":{{Server.ChainId}},"topic":"orders"}]"""));
        var app = await Server.PublishAsync(OrderSchemas.App, People.AppOrder, People.AppOwner);
        var hash = OrderSchemas.App.Hash(app.Order, Hub.Configuration.Domain).ToString();
        await Server.TellAsync();

        using var told = Event(Assert.Single(await listener.ReadAsync()));
        Assert.Equal("apporder_published", told.RootElement[0].GetString());
        Assert.Equal(hash, told.RootElement[1].GetProperty("orderHash").GetString());
        Assert.False(told.RootElement[1].TryGetProperty("chainId", out _));
        Assert.Equal(1, told.RootElement[2].GetProperty("seq").GetInt64());
    }

    [Fact]
    public async Task A_match_updates_and_ends_orders_and_creates_a_deal_once()
    {
        var listener = await PollAsync();
        foreach (var topic in (string[])["orders", "deals"])
        {
            await listener.AskAsync($$"""421["join",{"chainId":"{{Server.ChainId}}","topic":"{{topic}}"}]""");
        }

        var app = await Server.PublishAsync(OrderSchemas.App, People.AppOrder, People.AppOwner);
        var pool = await Server.PublishAsync(OrderSchemas.Workerpool, People.WorkerpoolOrder, People.PoolOwner);
        var dataset = await Server.PublishAsync(OrderSchemas.Dataset, People.DatasetOrder, People.DatasetOwner);
        var request = await Server.PublishAsync(OrderSchemas.Request, People.RequestOrder, People.Requester);
        Hub.Match(app.Order, dataset.Order, pool.Order, request.Order);
        await Server.FollowAsync();
        await Server.FollowAsync();
        await Server.TellAsync();
        var names = (await listener.ReadAsync()).Select(packet =>
        {
            using var told = Event(packet);
            return told.RootElement[0].GetString()!;
        }).ToList();
        Assert.Equal(["apporder_published", "workerpoolorder_published", "datasetorder_published", "requestorder_published"], names[..4]);
        Assert.Equal(
            ["apporder_updated", "datasetorder_updated", "deal_created", "requestorder_unpublished", "workerpoolorder_updated"],
            names[4..].Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""["leave",{"chainId":65535,"topic":"orders"}]""")]
    [InlineData("""["leave",{"chainId":65535,"category":"orders"}]""")]
    [InlineData("""["leaveAll"]""")]
    public async Task Who_left_hears_nothing_and_who_was_away_reads_on_by_number(string leave)
    {
        var listener = await PollAsync();
        await listener.AskAsync($$"""421["join",{"chainId":{{Server.ChainId}},"topic":"orders"}]""");
        Assert.Equal("432[true]", await listener.AskAsync("422" + leave));
        await Server.PublishAsync(OrderSchemas.App, People.AppOrder, People.AppOwner);
        await Server.TellAsync();
        await listener.SendAsync("""424["leaveAll"]""");
        Assert.Equal(["434[true]"], await listener.ReadAsync());

        var (status, body) = await Server.GetAsync($"/events?chainId={Server.ChainId}&since=0");
        Assert.Equal(HttpStatusCode.OK, status);
        using var events = JsonDocument.Parse(body);
        Assert.Equal(1, events.RootElement.GetProperty("last").GetInt64());
        Assert.Equal("apporder_published", events.RootElement.GetProperty("events")[0].GetProperty("name").GetString());
        (_, body) = await Server.GetAsync($"/events?chainId={Server.ChainId}&since=1");
        Assert.StartsWith("""{"ok":true,"events":[],""", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""421["join",{"chainId":1,"topic":"orders"}]""")]
    [InlineData("""421["join",{"chainId":65535,"topic":"secrets"}]""")]
    [InlineData("""421["dance",{}]""")]
    public async Task A_room_that_is_not_there_cannot_be_joined(string packet) => Assert.Equal("431[false]", await (await PollAsync()).AskAsync(packet));

    [Fact]
    public async Task A_websocket_gets_the_same_and_is_pinged()
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://{Server.Origin.Authority}/ws/?EIO=4&transport=websocket"), default);
        Assert.StartsWith("0{", await ReceiveAsync(socket), StringComparison.Ordinal);
        await SendAsync(socket, "40");
        Assert.StartsWith("40{", await ReceiveAsync(socket), StringComparison.Ordinal);
        await SendAsync(socket, $$"""421["join",{"chainId":{{Server.ChainId}},"topic":"orders"}]""");
        Assert.Equal("431[true]", await ReceiveAsync(socket));
        await Server.PublishAsync(OrderSchemas.App, People.AppOrder, People.AppOwner);
        await Server.TellAsync();
        Assert.StartsWith("""42["apporder_published",""", await ReceiveAsync(socket), StringComparison.Ordinal);

        Server.Time.Advance(TimeSpan.FromSeconds(25));
        await Server.PingAsync();
        Assert.Equal("2", await ReceiveAsync(socket));
        Server.Time.Advance(TimeSpan.FromSeconds(25));
        await Server.PingAsync();
        Assert.Null(await ReceiveAsync(socket));
    }

    [Fact]
    public async Task A_poller_moves_to_a_websocket_without_losing_anything()
    {
        var listener = await PollAsync();
        await listener.AskAsync($$"""421["join",{"chainId":{{Server.ChainId}},"topic":"orders"}]""");
        var waiting = listener.ReadAsync();
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://{Server.Origin.Authority}/ws/?EIO=4&transport=websocket&sid={listener.Sid}"), default);
        await SendAsync(socket, "2probe");
        Assert.Equal("3probe", await ReceiveAsync(socket));
        Assert.Equal(["6"], await waiting);
        await Server.PublishAsync(OrderSchemas.App, People.AppOrder, People.AppOwner);
        await Server.TellAsync();
        await SendAsync(socket, "5");
        Assert.StartsWith("""42["apporder_published",""", await ReceiveAsync(socket), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EIO=3&transport=polling", "Unsupported protocol version")]
    [InlineData("EIO=4&transport=carrier-pigeon", "Transport unknown")]
    [InlineData("EIO=4&transport=polling&sid=nobody", "Session ID unknown")]
    public async Task What_is_no_session_is_refused(string query, string message)
    {
        var (status, body) = await Server.GetAsync("/ws/?" + query);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(message, body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("42{")]
    [InlineData("42[\"\\ud800\"]")]
    [InlineData("hello")]
    [InlineData("")]
    public async Task A_packet_that_makes_no_sense_ends_the_session(string packet)
    {
        var listener = await PollAsync();
        await listener.SendAsync(packet);
        var (status, _) = await Server.GetAsync($"/ws/?EIO=4&transport=polling&sid={listener.Sid}");
        Assert.Equal(HttpStatusCode.BadRequest, status);
    }

    private async Task<Poller> PollAsync()
    {
        await Server.TellAsync();
        var (_, body) = await Server.GetAsync("/ws/?EIO=4&transport=polling");
        using var open = JsonDocument.Parse(body[1..]);
        Assert.Equal("websocket", open.RootElement.GetProperty("upgrades")[0].GetString());
        var poller = new Poller(Server, open.RootElement.GetProperty("sid").GetString()!);
        Assert.StartsWith("40{", await poller.AskAsync("40"), StringComparison.Ordinal);
        return poller;
    }

    private static JsonDocument Event(string packet)
    {
        Assert.StartsWith("42", packet, StringComparison.Ordinal);
        return JsonDocument.Parse(packet[2..]);
    }

    private static Task SendAsync(ClientWebSocket socket, string packet) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(packet), WebSocketMessageType.Text, endOfMessage: true, default);

    private static async Task<string?> ReceiveAsync(ClientWebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        var part = await socket.ReceiveAsync(buffer, default);
        return part.MessageType == WebSocketMessageType.Close ? null : Encoding.UTF8.GetString(buffer, 0, part.Count);
    }

    private sealed record Poller(MarketServer Server, string Sid)
    {
        private string Path => $"/ws/?EIO=4&transport=polling&sid={Sid}";

        public async Task SendAsync(string packet)
        {
            using var reply = await Server.Http.PostAsync(Path, new StringContent(packet));
            Assert.Equal("ok", await reply.Content.ReadAsStringAsync());
        }

        public async Task<IReadOnlyList<string>> ReadAsync() => (await Server.Http.GetStringAsync(Path)).Split(Separator);

        public async Task<string> AskAsync(string packet)
        {
            await SendAsync(packet);
            return Assert.Single(await ReadAsync());
        }
    }
}
