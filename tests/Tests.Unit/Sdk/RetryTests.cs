using System.Net;
using Iexec.Sdk.Chains;
using Xunit;

namespace Tests.Unit.Sdk;

public sealed class RetryTests
{
    [Theory]
    [InlineData(HttpStatusCode.BadGateway)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    public async Task A_read_that_a_gateway_failed_is_tried_again(HttpStatusCode status)
    {
        var network = new Failing(2, () => new HttpResponseMessage(status));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(network, HttpMethod.Get));
        Assert.Equal(3, network.Asked);
    }

    [Fact]
    public async Task A_connection_that_broke_off_is_tried_again_and_three_times_are_enough()
    {
        var network = new Failing(5, () => throw new HttpRequestException(HttpRequestError.ResponseEnded));
        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(network, HttpMethod.Head));
        Assert.Equal(3, network.Asked);
    }

    [Fact]
    public async Task A_server_that_is_not_there_and_a_writing_request_are_asked_once()
    {
        var gone = new Failing(5, () => throw new HttpRequestException(HttpRequestError.ConnectionError));
        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(gone, HttpMethod.Get));
        Assert.Equal(1, gone.Asked);
        var busy = new Failing(5, () => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await AskAsync(busy, HttpMethod.Post));
        Assert.Equal(1, busy.Asked);
    }

    private static async Task<HttpStatusCode> AskAsync(Failing network, HttpMethod method)
    {
        using var http = new ServiceHttp(network, new Impatient());
        using var client = http.At(new Uri("http://service"));
        using var request = new HttpRequestMessage(method, "/x") { Content = method == HttpMethod.Post ? new StringContent("x") : null };
        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }

    private sealed class Failing(int failures, Func<HttpResponseMessage> fail) : HttpMessageHandler
    {
        public int Asked { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked++;
            return Task.FromResult(Asked <= failures ? fail() : new HttpResponseMessage(HttpStatusCode.OK));
        }
    }

    /// <summary>A clock whose every wait is over at once.</summary>
    private sealed class Impatient : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
