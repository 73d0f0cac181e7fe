using System.Net;

namespace Iexec.Sdk.Chains;

/// <summary>
/// Sends a request again that a gateway in between has failed or put off (429, 502, 503, 504) or that broke off before its answer. Only what can be
/// asked twice: GET and HEAD, and JSON-RPC, whose one writing method is told apart by its hash. A server that is not there at all is not
/// asked again: waiting would only delay the message that says so.
/// </summary>
internal sealed class RetryHandler(HttpMessageHandler inner, TimeProvider time, bool isJsonRpc) : DelegatingHandler(new Shared(inner))
{
    private const int Tries = 3;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var mayRepeat = isJsonRpc || request.Method == HttpMethod.Get || request.Method == HttpMethod.Head;
        for (var attempt = 1; ; attempt++)
        {
            var isLast = !mayRepeat || attempt == Tries;
            TimeSpan? wished = null;
            try
            {
                var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
                if (isLast || response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout))
                {
                    return response;
                }

                wished = response.Headers.RetryAfter?.Delta;
                response.Dispose();
            }
            catch (HttpRequestException broken) when (!isLast && broken.HttpRequestError == HttpRequestError.ResponseEnded)
            {
            }

            var pause = wished ?? FirstPause * Math.Pow(2, attempt - 1);
            await Task.Delay(pause < LongestPause ? pause : LongestPause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    // The handler beneath serves other clients, too: it is not ours to dispose.
    private sealed class Shared(HttpMessageHandler inner) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _invoker = new(inner, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            _invoker.SendAsync(request, cancellationToken);
    }
}
