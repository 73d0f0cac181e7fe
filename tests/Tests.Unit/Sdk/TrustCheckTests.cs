using System.Net;
using System.Text;
using Iexec.Ethereum;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Orders;
using Iexec.Sdk.Workerpools;
using Xunit;

namespace Tests.Unit.Sdk;

public sealed class TrustCheckTests
{
    private static readonly Address Pool = Address.Parse("0x37667527709684BcBb425dfb5BD72E717AE1BA53");
    private readonly List<string> _warnings = [];

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0, "1")]
    [InlineData(2, "4")]
    [InlineData(7, "100")]
    public async Task A_trust_that_the_live_workers_reach_is_admitted(int live, string trust) =>
        await CheckAsync(live, compass: true, trust);

    [Theory]
    [InlineData(2, "100", "it needs 7 workers, 2 live")]
    [InlineData(2, "5", "it needs 3 workers, 2 live")]
    [InlineData(0, "2", "it needs 1 workers, 0 live")]
    [InlineData(-1, "100", "it needs 7 workers, 0 live; no scheduler serves it")]
    public async Task A_trust_out_of_reach_is_refused_with_the_workers_it_needs(int live, string trust, string message)
    {
        var error = await Assert.ThrowsAsync<IexecException>(() => CheckAsync(live, compass: true, trust));
        Assert.Equal(ErrorCode.BusinessError, error.Code);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains("skip the check", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pool_that_cannot_be_asked_is_said()
    {
        await CheckAsync(2, compass: false, "100");
        Assert.Contains("needs 7 workers", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scheduler_without_summary_is_asked_for_its_figures()
    {
        await CheckAsync(2, compass: true, "4", summary: false);
        await Assert.ThrowsAsync<IexecException>(() => CheckAsync(2, compass: true, "5", summary: false));
    }

    private async Task CheckAsync(int live, bool compass, string trust, bool summary = true)
    {
        var chain = new ChainSettings { Name = "dev", Id = 65535, Compass = compass ? new Uri("http://compass.test") : null };
        using var http = new ServiceHttp(new PoolNetwork(live, summary));
        await new TrustCheck(new WorkerpoolDirectory(chain, http), _warnings.Add).RequireAsync(Pool, UInt256.Parse(trust), CancellationToken.None);
    }

    /// <summary>A compass and a scheduler with so many fresh workers; −1: a compass that does not know the pool.</summary>
    private sealed class PoolNetwork(int live, bool summary) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult((request.RequestUri!.Host, request.RequestUri.AbsolutePath) switch
            {
                ("compass.test", _) when live >= 0 => Json("{\"apiUrl\":\"http://pool.test\"}"),
                ("pool.test", "/workers/summary") when summary => Json($"{{\"liveWorkers\":{live},\"totalSlots\":{live},\"freeSlots\":0,\"reachableTrust\":{(live == 0 ? 0 : 1 << live)},\"queuedTasks\":0}}"),
                ("pool.test", "/metrics") => Json($"{{\"aliveWorkers\":{live},\"currentTaskStatusesCount\":{{}}}}"),
                _ => new HttpResponseMessage(HttpStatusCode.NotFound) { Content = new StringContent("") },
            });

        private static HttpResponseMessage Json(string text) => new(HttpStatusCode.OK) { Content = new StringContent(text, Encoding.UTF8, "application/json") };
    }
}
