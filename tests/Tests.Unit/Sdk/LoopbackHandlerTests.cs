using System.Net;
using System.Net.Sockets;
using Iexec.Sdk.Chains;
using Iexec.Testing;
using Xunit;

namespace Tests.Unit.Sdk;

public sealed class LoopbackHandlerTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8545/", true)]
    [InlineData("http://localhost:8545/", true)]
    [InlineData("http://[::1]:8545/", true)]
    [InlineData("http://127.0.0.1.example.com/", false)]
    [InlineData("https://node.example.com/", false)]
    [InlineData("http://192.168.0.1/", false)]
    public async Task Only_what_goes_to_this_machine_is_waited_for(string address, bool isWaitedFor)
    {
        var network = new Recorder();
        using var client = new HttpMessageInvoker(new LoopbackHandler(network));
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        using var response = await client.SendAsync(request, CancellationToken.None);
        Assert.Equal(isWaitedFor ? ["waited"] : ["awaited"], network.Calls);
    }

    [Fact]
    public async Task A_failure_is_the_tasks_and_not_the_callers()
    {
        using var client = new HttpMessageInvoker(new LoopbackHandler(new Recorder { Failure = new HttpRequestException("down") }));
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://127.0.0.1/");
        var task = client.SendAsync(request, CancellationToken.None);
        Assert.True(task.IsFaulted);
        Assert.Equal("down", (await Assert.ThrowsAsync<HttpRequestException>(() => task)).Message);
    }

    [Fact]
    public async Task A_server_that_never_answers_can_be_left()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var network = Network();
        using var client = new HttpClient(new LoopbackHandler(network));
        using var interruption = new CancellationTokenSource();
        var asking = Task.Run(() => client.GetAsync(AddressOf(silent), interruption.Token));
        using var accepted = await silent.AcceptTcpClientAsync();
        await interruption.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    [Fact]
    public async Task An_answer_in_two_parts_is_read_whole()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        using var network = Network();
        using var client = new HttpClient(new LoopbackHandler(network));
        var asking = Task.Run(() => client.GetStringAsync(AddressOf(server)));
        using var accepted = await server.AcceptTcpClientAsync();
        var stream = accepted.GetStream();
        _ = await stream.ReadAsync(new byte[4096]);
        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe"u8.ToArray());
        await stream.WriteAsync("llo"u8.ToArray());
        Assert.Equal("hello", await asking);
    }

    [Fact]
    public async Task A_port_where_nobody_listens_is_said_to_be_one()
    {
        using var network = Network();
        using var client = new HttpClient(new LoopbackHandler(network));
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync($"http://127.0.0.1:{FreePorts.One()}/"));
        Assert.Equal(HttpRequestError.ConnectionError, refused.HttpRequestError);
    }

    private static SocketsHttpHandler Network() => new() { ConnectCallback = LoopbackHandler.ConnectAsync };

    private static string AddressOf(TcpListener server) => $"http://{server.LocalEndpoint}/";

    private sealed class Recorder : HttpMessageHandler
    {
        public List<string> Calls { get; } = [];

        public Exception? Failure { get; init; }

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) => Answer("waited");

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(Answer("awaited"));

        private HttpResponseMessage Answer(string call)
        {
            Calls.Add(call);
            return Failure is null ? new HttpResponseMessage(HttpStatusCode.OK) : throw Failure;
        }
    }
}
