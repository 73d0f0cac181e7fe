using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Iexec.Ethereum;

namespace Iexec.Worker.Downloads;

/// <summary>
/// Fetches what strangers name: http and https only, from public addresses only (judged after name resolution and again after every
/// redirect), within a size and a time. The network's own storage may be private; its origins are listed.
/// </summary>
public sealed class SafeDownloader : IDisposable
{
    private const int MaxRedirects = 5;
    private const int MaxUrlLength = 8192;

    private readonly HttpClient _http;
    private readonly TimeProvider _time;

    /// <summary>Keeps connections between downloads.</summary>
    /// <param name="allowedOrigins">Origins (scheme, host and port of these URLs) that may have private addresses.</param>
    /// <param name="resolve">Name resolution; null is the system's.</param>
    /// <param name="time">The clock of time limits.</param>
    public SafeDownloader(IEnumerable<Uri> allowedOrigins, NameResolution? resolve = null, TimeProvider? time = null)
    {
        var connector = new GuardedConnector(
            resolve ?? NameResolutions.System, allowedOrigins.Select(GuardedConnector.OriginOf).ToHashSet(StringComparer.Ordinal));
        _time = time ?? TimeProvider.System;
        _http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = connector.ConnectAsync,
            AllowAutoRedirect = false,
            UseCookies = false,

            // A proxy would connect in our stead, to an address that nobody judged.
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = TimeSpan.FromSeconds(15),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("iexec-worker");
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <summary>Fetches an input file into a folder under <see cref="LocalName"/>.</summary>
    /// <exception cref="DownloadException">It could not be fetched; nothing is left in the folder.</exception>
    public Task<DownloadedFile> FetchIntoAsync(string url, string folder, DownloadLimits limits, CancellationToken cancellationToken) =>
        FetchAsync(url, Path.Combine(folder, LocalName.Of(url)), limits, cancellationToken);

    /// <summary>Fetches a URL to a file, which appears only when it is complete; one that is there is replaced.</summary>
    /// <exception cref="DownloadException">It could not be fetched; nothing is left.</exception>
    public async Task<DownloadedFile> FetchAsync(string url, string path, DownloadLimits limits, CancellationToken cancellationToken)
    {
        var current = ParseUrl(url);
        var partial = path + ".part";
        using var limit = new CancellationTokenSource(limits.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var response = await FollowAsync(current, url, either.Token);
            if (response.Content.Headers.ContentLength > limits.MaxBytes)
            {
                throw TooLarge(url, limits);
            }

            var (length, hash) = await SaveAsync(response, partial, url, limits, either.Token);
            File.Move(partial, path, overwrite: true);
            return new DownloadedFile(path, length, hash);
        }
        catch (Exception e) when (e is not DownloadException && Translate(e, url, limits, limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested) is { } translated)
        {
            throw translated;
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private async Task<HttpResponseMessage> FollowAsync(Uri current, string url, CancellationToken cancellationToken)
    {
        for (var redirects = 0; ; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, current);
            var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return response;
            }

            using (response)
            {
                var next = IsRedirect(response.StatusCode) ? response.Headers.Location : null;
                if (next is null)
                {
                    throw response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone
                        ? new DownloadException(DownloadFault.NotFound, $"{url} does not exist ({(int)response.StatusCode}).")
                        : new DownloadException(DownloadFault.Refused, $"{url} was refused by its server ({(int)response.StatusCode}).");
                }

                if (redirects == MaxRedirects)
                {
                    throw new DownloadException(DownloadFault.BadRedirect, $"{url} redirects more than {MaxRedirects} times.");
                }

                var target = ParseUrl(new Uri(current, next).AbsoluteUri);
                if (current.Scheme == Uri.UriSchemeHttps && target.Scheme != Uri.UriSchemeHttps)
                {
                    throw new DownloadException(DownloadFault.BadRedirect, $"{url} redirects from HTTPS to plain HTTP.");
                }

                current = target;
            }
        }
    }

    private static async Task<(long Length, Bytes32 Hash)> SaveAsync(
        HttpResponseMessage response, string partial, string url, DownloadLimits limits, CancellationToken cancellationToken)
    {
        await using var source = await response.Content.ReadAsStreamAsync(cancellationToken);
        await using var file = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: false);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        try
        {
            long length = 0;
            while (await ReadAsync(source, buffer, url, cancellationToken) is > 0 and var read)
            {
                length += read;
                if (length > limits.MaxBytes)
                {
                    throw TooLarge(url, limits);
                }

                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            return (length, new Bytes32(hash.GetHashAndReset()));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>A reset in the middle of the body arrives as a plain <see cref="IOException"/>; told apart here from one of our own disk.</summary>
    private static async ValueTask<int> ReadAsync(Stream source, Memory<byte> buffer, string url, CancellationToken cancellationToken)
    {
        try
        {
            return await source.ReadAsync(buffer, cancellationToken);
        }
        catch (IOException e)
        {
            throw BrokenOff(url, e);
        }
    }

    private static Uri ParseUrl(string url)
    {
        if (url.Length <= MaxUrlLength && Uri.TryCreate(url, UriKind.Absolute, out var parsed)
            && (parsed.Scheme == Uri.UriSchemeHttp || parsed.Scheme == Uri.UriSchemeHttps) && parsed.UserInfo.Length == 0)
        {
            return parsed;
        }

        throw new DownloadException(DownloadFault.BadUrl, $"'{(url.Length <= 200 ? url : url[..199] + "…")}' is not an http or https URL without credentials.");
    }

    private static bool IsRedirect(HttpStatusCode status) => (int)status is 301 or 302 or 303 or 307 or 308;

    private static DownloadException TooLarge(string url, DownloadLimits limits) =>
        new(DownloadFault.TooLarge, $"{url} is larger than the {limits.MaxBytes:N0} bytes that are accepted.");

    private static DownloadException BrokenOff(string url, Exception e) =>
        new(DownloadFault.Unreachable, $"{url} could not be fetched: its server cannot be reached or broke off.", e);

    private static DownloadException? Translate(Exception e, string url, DownloadLimits limits, bool timedOut)
    {
        if (timedOut)
        {
            return new DownloadException(DownloadFault.TimedOut, $"{url} was not fetched within {limits.Timeout.TotalSeconds:0} seconds.", e);
        }

        for (var inner = e; inner is not null; inner = inner.InnerException)
        {
            if (inner is GuardedConnector.ForbiddenAddressException)
            {
                return new DownloadException(DownloadFault.ForbiddenAddress, $"{url} leads to an address that is not of the public internet.", e);
            }
        }

        return e switch
        {
            HttpRequestException or SocketException => BrokenOff(url, e),

            // The handler's own time limit for connecting.
            OperationCanceledException { InnerException: TimeoutException } => new DownloadException(DownloadFault.Unreachable, $"{url} could not be fetched: its server does not answer.", e),
            _ => null,
        };
    }
}
