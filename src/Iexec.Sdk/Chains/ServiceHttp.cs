namespace Iexec.Sdk.Chains;

/// <summary>HTTP clients that share one pool of connections.</summary>
public sealed class ServiceHttp(HttpMessageHandler handler) : IDisposable
{
    /// <summary>For clients that are given whole addresses. No timeout of its own: a download may be long.</summary>
    public HttpClient Shared { get; } = new(handler, disposeHandler: false) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };

    /// <summary>For questions that are answered at once.</summary>
    public HttpClient Quick { get; } = new(handler, disposeHandler: false) { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>For clients that are given paths. The caller need not dispose it.</summary>
    public HttpClient At(Uri origin) => new(handler, disposeHandler: false) { BaseAddress = origin, Timeout = TimeSpan.FromSeconds(15) };

    /// <inheritdoc/>
    public void Dispose()
    {
        Shared.Dispose();
        Quick.Dispose();
        handler.Dispose();
    }
}
