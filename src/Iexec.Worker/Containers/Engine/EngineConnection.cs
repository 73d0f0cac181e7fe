using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Iexec.Worker.Containers.Engine;

/// <summary>HTTP over the engine's socket: one version of the API, errors as <see cref="EngineException"/>, no call without a time limit.</summary>
internal sealed class EngineConnection : IDisposable
{
    // The newest version whose shapes this client was written against, and the oldest that has what it needs.
    private const int NewestMinor = 47;
    private const int OldestMinor = 40;
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(60);

    private readonly EngineEndpoint _endpoint;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private string? _version;

    public EngineConnection(EngineEndpoint endpoint, TimeProvider time)
    {
        (_endpoint, _time) = (endpoint, time);
        _http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = (_, cancellationToken) => endpoint.ConnectAsync(cancellationToken),
            ConnectTimeout = TimeSpan.FromSeconds(5),
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
        })
        {
            BaseAddress = new Uri("http://engine/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public void Dispose() => _http.Dispose();

    /// <summary>The version spoken, e.g. <c>1.41</c>: the older of the engine's and ours.</summary>
    public async Task<string> VersionAsync(CancellationToken cancellationToken)
    {
        if (_version is not null)
        {
            return _version;
        }

        using var limited = Limit(TimeSpan.FromSeconds(5), cancellationToken);
        using var response = await SendRawAsync(new HttpRequestMessage(HttpMethod.Get, "_ping"), limited.Token, cancellationToken);
        var offered = response.Headers.TryGetValues("Api-Version", out var values) ? values.First() : "";
        var minor = offered.StartsWith("1.", StringComparison.Ordinal)
            && int.TryParse(offered.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
        if (minor < OldestMinor)
        {
            throw new EngineException(EngineFault.Refused, $"The container engine at {_endpoint.Address} speaks version '{offered}' of the API; at least 1.{OldestMinor} is needed.",
                "Install Docker Engine 19.03 or newer, or Podman 4 or newer.");
        }

        return _version = $"1.{Math.Min(minor, NewestMinor)}";
    }

    public async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken, TimeSpan? timeout = null)
    {
        using var limited = Limit(timeout ?? DefaultTimeout, cancellationToken);
        using var response = await SendAsync(HttpMethod.Get, path, null, limited.Token, cancellationToken);
        return await ReadAsync(response, type, limited.Token, cancellationToken);
    }

    public async Task PostAsync(string path, CancellationToken cancellationToken)
    {
        using var limited = Limit(DefaultTimeout, cancellationToken);
        using var response = await SendAsync(HttpMethod.Post, path, null, limited.Token, cancellationToken);
    }

    public async Task<T> PostAsync<TBody, T>(
        string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var limited = Limit(DefaultTimeout, cancellationToken);
        using var content = JsonContent.Create(body, bodyType);

        // Docker's own clients send a length; Podman's socket refuses a chunked create.
        await content.LoadIntoBufferAsync(limited.Token);
        using var response = await SendAsync(HttpMethod.Post, path, content, limited.Token, cancellationToken);
        return await ReadAsync(response, type, limited.Token, cancellationToken);
    }

    public async Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        using var limited = Limit(DefaultTimeout, cancellationToken);
        using var response = await SendAsync(HttpMethod.Delete, path, null, limited.Token, cancellationToken);
    }

    /// <summary>A call that answers when it likes; only the caller's token ends it.</summary>
    public Task<HttpResponseMessage> OpenAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken, string? registryAuth = null) =>
        SendAsync(method, path, content, cancellationToken, cancellationToken, registryAuth);

    /// <summary>Opens a call and hands its body to a reader.</summary>
    public async Task ReadAsync(HttpMethod method, string path, Func<Stream, Task> reader, CancellationToken cancellationToken)
    {
        using var response = await OpenAsync(method, path, null, cancellationToken);
        await Guard(
            async () =>
            {
                await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
                await reader(stream);
                return true;
            },
            cancellationToken,
            cancellationToken);
    }

    /// <summary>The JSON lines of a pull, push, import or build.</summary>
    public async IAsyncEnumerable<ProgressBody> StreamAsync(
        string path, HttpContent? content, string? registryAuth, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var response = await OpenAsync(HttpMethod.Post, path, content, cancellationToken, registryAuth);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var lines = JsonSerializer.DeserializeAsyncEnumerable(stream, EngineJson.Default.ProgressBody, topLevelValues: true, cancellationToken);
        await using var each = lines.GetAsyncEnumerator(cancellationToken);
        while (await Guard(async () => await each.MoveNextAsync(), cancellationToken, cancellationToken))
        {
            if (each.Current is not null)
            {
                yield return each.Current;
            }
        }
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? content, CancellationToken limited, CancellationToken caller, string? registryAuth = null)
    {
        var version = await VersionAsync(caller);
        using var request = new HttpRequestMessage(method, $"v{version}/{path}") { Content = content };
        if (registryAuth is not null)
        {
            request.Headers.Add("X-Registry-Auth", registryAuth);
        }

        var response = await SendRawAsync(request, limited, caller);
        if (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.NotModified)
        {
            return response;
        }

        using (response)
        {
            throw EngineErrors.Of(response.StatusCode, await ReadErrorAsync(response, limited, caller));
        }
    }

    private Task<HttpResponseMessage> SendRawAsync(HttpRequestMessage request, CancellationToken limited, CancellationToken caller) =>
        Guard(() => _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limited), limited, caller);

    private Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken limited, CancellationToken caller) =>
        Guard(
            async () => await response.Content.ReadFromJsonAsync(type, limited)
                ?? throw new EngineException(EngineFault.Refused, "The container engine answered nothing where an object was due."),
            limited,
            caller);

    /// <summary>Turns what sockets and parsers throw into the engine's errors, and tells our time limit from the caller's cancelling.</summary>
    private async Task<T> Guard<T>(Func<Task<T>> call, CancellationToken limited, CancellationToken caller)
    {
        try
        {
            return await call();
        }
        catch (OperationCanceledException e) when (!caller.IsCancellationRequested)
        {
            throw new EngineException(EngineFault.Unreachable, $"The container engine at {_endpoint.Address} does not answer in time.", "See whether it hangs: docker info.", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException)
        {
            throw EngineErrors.OfConnection(_endpoint, e);
        }
        catch (JsonException e)
        {
            throw new EngineException(EngineFault.Refused, $"The container engine at {_endpoint.Address} answered something that is not its API.", null, e);
        }
    }

    private static async Task<string> ReadErrorAsync(HttpResponseMessage response, CancellationToken limited, CancellationToken caller)
    {
        try
        {
            var body = await response.Content.ReadFromJsonAsync(EngineJson.Default.ErrorBody, limited);
            return body?.Message ?? "";
        }
        catch (Exception e) when (e is JsonException or HttpRequestException or IOException || (e is OperationCanceledException && !caller.IsCancellationRequested))
        {
            return "";
        }
    }

    private LimitedToken Limit(TimeSpan timeout, CancellationToken cancellationToken) => new(timeout, _time, cancellationToken);

    /// <summary>The caller's token, or ours when the time is up.</summary>
    private sealed class LimitedToken : IDisposable
    {
        private readonly CancellationTokenSource _clock;
        private readonly CancellationTokenSource _either;

        public LimitedToken(TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
        {
            _clock = new CancellationTokenSource(timeout, time);
            _either = CancellationTokenSource.CreateLinkedTokenSource(_clock.Token, cancellationToken);
        }

        public CancellationToken Token => _either.Token;

        public void Dispose()
        {
            _either.Dispose();
            _clock.Dispose();
        }
    }
}
