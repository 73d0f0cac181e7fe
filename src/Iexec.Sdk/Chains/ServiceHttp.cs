using Iexec.Ethereum.JsonRpc.Quorum;

namespace Iexec.Sdk.Chains;

/// <summary>HTTP clients that share one pool of connections. All but <see cref="Shared"/> have a timeout.</summary>
/// <param name="handler">The network; disposed with this.</param>
/// <param name="time">Waits between two tries; null for the system's clock.</param>
/// <param name="mayBlock">True for a program that does one thing at a time: see <see cref="LoopbackHandler"/>.</param>
internal sealed class ServiceHttp(HttpMessageHandler handler, TimeProvider? time = null, bool mayBlock = false) : IDisposable
{
    // A service's answers are short texts: one that is not would only fill the memory.
    private const long LargestAnswerBytes = 64 * 1024 * 1024;

    private readonly HttpMessageHandler _quick = mayBlock ? new LoopbackHandler(handler) : handler;
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>For clients that are given whole addresses. No timeout of its own: a download may be long.</summary>
    public HttpClient Shared => field ??= new(handler, disposeHandler: false) { Timeout = System.Threading.Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LargestAnswerBytes };

    /// <summary>For questions that are answered at once.</summary>
    public HttpClient Quick => field ??= new(_quick, disposeHandler: false) { Timeout = TimeSpan.FromSeconds(30), MaxResponseContentBufferSize = LargestAnswerBytes };

    /// <summary>For clients that are given paths. Reads are tried again. The caller need not dispose it.</summary>
    public HttpClient At(Uri origin) => new(new RetryHandler(_quick, _time, isJsonRpc: false)) 
    {
        BaseAddress = origin, Timeout = TimeSpan.FromSeconds(15), MaxResponseContentBufferSize = LargestAnswerBytes,
    };

    /// <summary>For the chain's nodes; of several, as many as the quorum have to agree. The caller need not dispose it.</summary>
    public HttpClient Rpc(ChainSettings chain)
    {
        // Several nodes are asked at the same time: none may wait for another.
        HttpMessageHandler chosen = chain.OtherHosts.Count == 0
            ? new RetryHandler(_quick, _time, isJsonRpc: true)
            : new QuorumHandler(new RetryHandler(handler, _time, isJsonRpc: true), [chain.RequireHost(), .. chain.OtherHosts], chain.Quorum);
        return new HttpClient(chosen) { Timeout = TimeSpan.FromSeconds(30) };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The clients hold nothing else.
        handler.Dispose();
    }
}
