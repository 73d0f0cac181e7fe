using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Iexec.ServiceDefaults.Http;

/// <summary>How many requests one client may send per period.</summary>
public sealed record RateLimitOptions(int Requests = 100, int PeriodSeconds = 60, bool ExemptLoopback = true);

/// <summary>What a client has left. <paramref name="ResetAt"/> is when its period ends.</summary>
public readonly record struct RateLimitState(bool Allowed, int Remaining, DateTimeOffset ResetAt);

/// <summary>A fixed window per client address; an IPv6 client is its /64, since it owns all of it. Memory is bounded by the clients of one period.</summary>
public sealed class RateLimit(RateLimitOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<ClientKey, Window> _windows = new();
    private long _nextSweepMs;

    /// <summary>Counts a request.</summary>
    public RateLimitState Count(IPAddress client)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        Sweep(now);
        var window = _windows.AddOrUpdate(
            ClientKey.Of(client),
            _ => new Window(1, now + PeriodMs),
            (_, current) => current.EndMs <= now ? new Window(1, now + PeriodMs) : current with { Count = current.Count + 1 });
        return new RateLimitState(window.Count <= options.Requests, Math.Max(0, options.Requests - window.Count), DateTimeOffset.FromUnixTimeMilliseconds(window.EndMs));
    }

    private long PeriodMs => options.PeriodSeconds * 1000L;

    private void Sweep(long now)
    {
        var next = Interlocked.Read(ref _nextSweepMs);
        if (now < next || Interlocked.CompareExchange(ref _nextSweepMs, now + PeriodMs, next) != next)
        {
            return;
        }

        foreach (var entry in _windows)
        {
            if (entry.Value.EndMs <= now)
            {
                _windows.TryRemove(entry);
            }
        }
    }

    private readonly record struct Window(int Count, long EndMs);

    private readonly record struct ClientKey(ulong Value, bool IsV6)
    {
        public static ClientKey Of(IPAddress address)
        {
            var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
            var bytes = plain.GetAddressBytes();
            return plain.AddressFamily == AddressFamily.InterNetworkV6
                ? new ClientKey(BitConverter.ToUInt64(bytes), true)
                : new ClientKey(BitConverter.ToUInt32(bytes), false);
        }
    }
}
