using Iexec.Ethereum.JsonRpc.Quorum;

namespace Iexec.Sdk.Chains;

/// <summary>HTTP clients that share one pool of connections. All but <see cref="Shared"/> have a timeout.</summary>
/// <param name="handler">The network; disposed with this.</param>
/// <param name="time">Waits between two tries; null for the system's clock.</param>
internal sealed class ServiceHttp(HttpMessageHandler handler, TimeProvider? time = null) : IDisposable
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>For clients that are given whole addresses. No timeout of its own: a download may be long.</summary>
    public HttpClient Shared { get; } = new(handler, disposeHandler: false) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };

    /// <summary>For questions that are answered at once.</summary>
    public HttpClient Quick { get; } = new(handler, disposeHandler: false) { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>For clients that are given paths. Reads are tried again. The caller need not dispose it.</summary>
    public HttpClient At(Uri origin) => new(new RetryHandler(handler, _time, isJsonRpc: false)) { BaseAddress = origin, Timeout = TimeSpan.FromSeconds(15) };

    /// <summary>For the chain's nodes; of several, as many as the quorum have to agree. The caller need not dispose it.</summary>
    public HttpClient Rpc(ChainSettings chain)
    {
        HttpMessageHandler repeating = new RetryHandler(handler, _time, isJsonRpc: true);
        return new HttpClient(chain.OtherHosts.Count == 0 ? repeating : new QuorumHandler(repeating, [chain.RequireHost(), .. chain.OtherHosts], chain.Quorum))
        {
            Timeout = TimeSpan.FromSeconds(30),
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Shared.Dispose();
        Quick.Dispose();
        handler.Dispose();
    }
}
