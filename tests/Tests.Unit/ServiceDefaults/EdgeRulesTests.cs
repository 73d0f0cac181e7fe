using System.Net;
using Iexec.Sdk.Errors;
using Iexec.ServiceDefaults.Hosting;
using Iexec.ServiceDefaults.Http;
using Iexec.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Tests.Unit.ServiceDefaults;

public sealed class EdgeRulesTests
{
    [Theory]
    [InlineData("127.0.0.1", null, null, true)]
    [InlineData("::1", null, null, true)]
    [InlineData("0.0.0.0", null, null, false)]
    [InlineData("192.168.1.5", null, null, false)]
    [InlineData("0.0.0.0", "cert.pfx", null, true)]
    [InlineData("0.0.0.0", null, "10.0.0.1", true)]
    public void Plain_http_is_for_loopback_or_behind_a_named_proxy(string address, string? certificate, string? proxy, bool isAccepted)
    {
        var endpoint = new ServiceEndpoint
        {
            Address = IPAddress.Parse(address),
            Port = 1,
            CertificatePath = certificate,
            BehindProxy = proxy is null ? [] : [IPAddress.Parse(proxy)],
        };

        var error = Record.Exception(() => KestrelEndpoint.Check(endpoint));

        Assert.Equal(isAccepted, error is null);
        if (!isAccepted)
        {
            Assert.Contains("--behind-proxy", Assert.IsType<IexecException>(error).Hint, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_client_has_its_requests_per_period_and_others_are_not_touched()
    {
        var time = new ManualTime();
        var limit = new RateLimit(new RateLimitOptions(Requests: 2, PeriodSeconds: 60), time);
        var client = IPAddress.Parse("203.0.113.1");

        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(_ => limit.Count(client).Allowed));
        Assert.True(limit.Count(IPAddress.Parse("203.0.113.2")).Allowed);
        Assert.False(limit.Count(client.MapToIPv6()).Allowed);
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.True(limit.Count(client).Allowed);
    }

    [Fact]
    public void An_ipv6_client_is_its_whole_network()
    {
        var limit = new RateLimit(new RateLimitOptions(Requests: 1), new ManualTime());

        Assert.True(limit.Count(IPAddress.Parse("2001:db8::1")).Allowed);
        Assert.False(limit.Count(IPAddress.Parse("2001:db8::2")).Allowed);
        Assert.True(limit.Count(IPAddress.Parse("2001:db8:0:1::1")).Allowed);
    }

    [Fact]
    public void Waits_grow_with_failures_up_to_a_limit_and_are_spread()
    {
        var pace = new ReconcilePace(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        var entropy = new SeededEntropy(1);

        Assert.Equal(TimeSpan.FromSeconds(1), Backoff.Delay(pace, 0, entropy));
        Assert.InRange(Backoff.Delay(pace, 1, entropy).TotalSeconds, 1, 2);
        Assert.InRange(Backoff.Delay(pace, 3, entropy).TotalSeconds, 4, 8);
        Assert.InRange(Backoff.Delay(pace, 1000, entropy).TotalSeconds, 15, 30);
        Assert.NotEqual(Backoff.Delay(pace, 5, entropy), Backoff.Delay(pace, 5, entropy));
    }

    [Fact]
    public async Task A_loop_runs_at_once_then_when_woken_and_survives_failures()
    {
        var runs = System.Threading.Channels.Channel.CreateUnbounded<int>();
        var count = 0;
        using var loop = new ReconcileLoop(
            "test",
            _ =>
            {
                runs.Writer.TryWrite(++count);
                return count == 2 ? throw new InvalidOperationException("once") : Task.CompletedTask;
            },
            new ReconcilePace(TimeSpan.FromHours(1), TimeSpan.FromHours(1)),
            new ManualTime(),
            new SeededEntropy(1),
            NullLogger.Instance);
        await loop.StartAsync(default);

        Assert.Equal(1, await runs.Reader.ReadAsync());
        loop.Wake();
        Assert.Equal(2, await runs.Reader.ReadAsync());
        loop.Wake();
        Assert.Equal(3, await runs.Reader.ReadAsync());
        await loop.StopAsync(default);

        Assert.Equal(0, loop.Failures);
        Assert.NotNull(loop.LastSuccess);
    }
}
