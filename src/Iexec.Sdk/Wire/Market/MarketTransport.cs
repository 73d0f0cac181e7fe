using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Auth;

namespace Iexec.Sdk.Wire.Market;

/// <summary>Sends requests to the gateway and turns every failure into an <see cref="IexecException"/>.</summary>
internal sealed class MarketTransport(HttpClient http, Uri gateway, MarketClientOptions options, TimeProvider time)
{
    private const int LargestReplyBytes = 64 * 1024 * 1024;

    /// <summary>A GET; tried again when the gateway does not answer or has an internal error.</summary>
    public async Task<JsonDocument> GetAsync(string pathAndQuery, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await SendAsync(() => new HttpRequestMessage(HttpMethod.Get, Target(pathAndQuery)), cancellationToken).ConfigureAwait(false);
            }
            catch (TransientException) when (attempt < options.Tries)
            {
                await Task.Delay(options.Pause * Math.Pow(2, attempt - 1), time, cancellationToken).ConfigureAwait(false);
            }
            catch (TransientException exception)
            {
                throw exception.Error;
            }
        }
    }

    /// <summary>A request that changes something: sent once.</summary>
    public async Task<JsonDocument> SendAsync(
        HttpMethod method, string pathAndQuery, ReadOnlyMemory<byte> json, AuthorizationToken authorization, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(
                () =>
                {
                    var request = new HttpRequestMessage(method, Target(pathAndQuery)) { Content = new ReadOnlyMemoryContent(json) };
                    request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                    // The token is no scheme with a parameter: the header's own grammar would refuse it.
                    request.Headers.TryAddWithoutValidation("Authorization", authorization.ToString());
                    return request;
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (TransientException exception)
        {
            throw exception.Error;
        }
    }

    private Uri Target(string pathAndQuery) => new(gateway, pathAndQuery);

    private async Task<JsonDocument> SendAsync(Func<HttpRequestMessage> create, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var request = create();
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            return await ReadAsync(response, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TransientException(Failure($"The gateway at {gateway} did not answer within {options.Timeout.TotalSeconds:0.#} s", exception));
        }
        catch (Exception exception) when (AnswerText.IsNone(exception, cancellationToken))
        {
            throw new TransientException(Failure($"Connection to {gateway} failed with a network error", exception));
        }
    }

    private async Task<JsonDocument> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode >= HttpStatusCode.InternalServerError)
        {
            throw new TransientException(Failure($"Server at {gateway} encountered an internal error", null));
        }

        if (response.Content.Headers.ContentType?.MediaType != "application/json")
        {
            throw Failure("The http response is not of JSON type", null);
        }

        await response.Content.LoadIntoBufferAsync(LargestReplyBytes, cancellationToken).ConfigureAwait(false);
        JsonDocument document;
        try
        {
            document = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), default, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (JsonException exception)
        {
            throw Failure("The http response is not of JSON type", exception);
        }

        var root = document.RootElement;
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.String)
        {
            var message = error.GetString()!;
            document.Dispose();
            throw new IexecException(
                response.StatusCode == HttpStatusCode.NotFound ? ErrorCode.ObjectNotFoundError : ErrorCode.MarketCallError, $"API error: {message}");
        }

        if (response.IsSuccessStatusCode && root.ValueKind == JsonValueKind.Object && root.TryGetProperty("ok", out var ok) && ok.ValueKind == JsonValueKind.True)
        {
            return document;
        }

        document.Dispose();
        throw Failure("An error occurred while communicating with the gateway", null);
    }

    private static IexecException Failure(string message, Exception? inner) => new(ErrorCode.MarketCallError, message, null, inner);

    private sealed class TransientException(IexecException error) : Exception
    {
        public IexecException Error { get; } = error;
    }
}
