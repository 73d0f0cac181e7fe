namespace Tests.Chain.Cli;

/// <summary>Stands between a client and the network and counts the requests up to the first transaction.</summary>
internal sealed class RoundTrips : DelegatingHandler
{
    private readonly Lock _gate = new();
    private int _count;
    private bool _isSent;

    public RoundTrips()
        : base(new SocketsHttpHandler())
    {
    }

    /// <summary>Requests that ended before the transaction was sent.</summary>
    public int BeforeTransaction => _isSent ? _count : throw new InvalidOperationException("No transaction was sent.");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        lock (_gate)
        {
            _isSent |= body.Contains("eth_sendRawTransaction", StringComparison.Ordinal);
            _count += _isSent ? 0 : 1;
        }

        return await base.SendAsync(request, cancellationToken);
    }
}
