using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Iexec.Ethereum;
using Iexec.Ethereum.Signing;
using Iexec.Sdk.Errors;

namespace Iexec.Sdk.Wire.Compass;

/// <summary>Finds a pool's scheduler. <paramref name="http"/> has the compass's origin as its base address.</summary>
internal sealed class CompassClient(HttpClient http)
{
    /// <summary>URL of the pool's scheduler; null when the compass does not know it.</summary>
    /// <exception cref="IexecException">The compass refuses, does not answer, or answers something else than an http(s) URL.</exception>
    public async Task<Uri?> FindWorkerpoolAsync(ulong chainId, Address workerpool, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, chainId, workerpool, null, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        await EnsureSuccessAsync(response, cancellationToken).ConfigureAwait(false);
        try
        {
            var location = JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false), CompassJson.Default.WorkerpoolLocation);
            return Uri.TryCreate(location?.ApiUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
                ? url
                : throw new IexecException(ErrorCode.CompassCallError, $"Compass error: '{location?.ApiUrl}' is not an http(s) URL.");
        }
        catch (JsonException exception)
        {
            throw new IexecException(ErrorCode.CompassCallError, "Compass error: the answer is not what a compass gives.", "Check the compass URL.", exception);
        }
    }

    /// <summary>Tells the compass where the pool's scheduler answers.</summary>
    /// <param name="issuedAt">Unix seconds, later than that of any earlier statement.</param>
    public async Task RegisterWorkerpoolAsync(
        ulong chainId, Address workerpool, Uri apiUrl, ISigner owner, ulong issuedAt, CancellationToken cancellationToken)
    {
        var statement = await WorkerpoolStatement.CreateAsync(owner, chainId, workerpool, apiUrl.AbsoluteUri, issuedAt, cancellationToken)
            .ConfigureAwait(false);
        using var content = JsonContent.Create(statement, CompassJson.Default.WorkerpoolStatement);
        using var response = await SendAsync(HttpMethod.Put, chainId, workerpool, content, cancellationToken).ConfigureAwait(false);
        await EnsureSuccessAsync(response, cancellationToken).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, ulong chainId, Address workerpool, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, $"/{chainId}/workerpools/{workerpool}") { Content = content };
        try
        {
            return await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (AnswerText.IsNone(exception, cancellationToken))
        {
            throw new IexecException(ErrorCode.CompassCallError, $"The compass at {http.BaseAddress} does not answer.", "Check that it is up and its URL is right.", exception);
        }
    }

    private static async Task EnsureSuccessAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            var body = await response.Content.ReadTextAsync(cancellationToken).ConfigureAwait(false);
            throw new IexecException(
                ErrorCode.CompassCallError, $"Compass error: {(int)response.StatusCode} {body[..Math.Min(body.Length, 300)].ReplaceLineEndings(" ")}");
        }
    }
}
