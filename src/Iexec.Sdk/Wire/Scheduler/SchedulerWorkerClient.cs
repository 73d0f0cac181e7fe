using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco;
using Iexec.Sdk.Errors;

namespace Iexec.Sdk.Wire.Scheduler;

/// <summary>
/// What a worker asks its scheduler. <paramref name="http"/> has the scheduler's origin as its base address. Logs in when needed: a 401
/// leads to one new login, shared by parallel calls, and one repetition. Every call throws <see cref="IexecException"/> when the
/// scheduler refuses or cannot be reached; <see cref="SchedulerBusyException"/> when it asks to come back later.
/// </summary>
/// <param name="http">Its timeout must exceed the longest wait (30 s).</param>
/// <param name="worker">Key of the worker's wallet.</param>
/// <param name="chainId">Chain that the worker works on; another one at the scheduler is an error.</param>
/// <param name="workerpool">The pool that is expected there; null accepts any.</param>
internal sealed class SchedulerWorkerClient(HttpClient http, PrivateKey worker, ulong chainId, Address? workerpool = null) : IDisposable
{
    private readonly SemaphoreSlim _login = new(1, 1);
    private volatile string? _token;

    /// <summary>Public; also checks that the scheduler serves this chain and pool.</summary>
    public async Task<PublicConfiguration> GetConfigurationAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, SchedulerRoutes.WorkerConfiguration);
        using var response = await SchedulerHttp.SendAsync(http, request, cancellationToken).ConfigureAwait(false);
        var configuration = await SchedulerHttp.ReadAsync(response, SchedulerJson.Default.PublicConfiguration, cancellationToken).ConfigureAwait(false);
        if (configuration.ChainId != chainId)
        {
            throw new IexecException(
                ErrorCode.ConfigurationError,
                $"The scheduler at {http.BaseAddress} works on chain {configuration.ChainId}, this worker on chain {chainId}.",
                "Give the worker the pool's URL of its own chain.");
        }

        return workerpool is null || workerpool == configuration.WorkerPoolAddress
            ? configuration
            : throw new IexecException(
                ErrorCode.ConfigurationError,
                $"The scheduler at {http.BaseAddress} serves the workerpool {configuration.WorkerPoolAddress}, not {workerpool}.",
                "Check the pool's URL and address.");
    }

    /// <summary>Registers, or tells changed abilities.</summary>
    public async Task RegisterAsync(WorkerModel model, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(
            HttpMethod.Post, SchedulerRoutes.WorkerRegister, () => JsonContent.Create(model, SchedulerJson.Default.WorkerModel), cancellationToken)
                .ConfigureAwait(false);
        await SchedulerHttp.EnsureSuccessAsync(response, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Says "alive". The text changes when the pool's public configuration does.</summary>
    public async Task<string> PingAsync(CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Post, SchedulerRoutes.WorkerPing, null, cancellationToken).ConfigureAwait(false);
        return await SchedulerHttp.ReadTextAsync(response, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks for work; null when there is none within <paramref name="waitSeconds"/> (at most 30).</summary>
    /// <param name="blockNumber">The newest block of the worker's node.</param>
    public async Task<ReplicateTaskSummary?> AskForWorkAsync(ulong blockNumber, int waitSeconds, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(
            HttpMethod.Get, $"{SchedulerRoutes.ReplicatesAvailable}?blockNumber={blockNumber}&wait={waitSeconds}", null, cancellationToken)
                .ConfigureAwait(false);
        return response.StatusCode == HttpStatusCode.NoContent
            ? null
            : await SchedulerHttp.ReadAsync(response, SchedulerJson.Default.ReplicateTaskSummary, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>After a restart: what to do with each task that this worker has at the scheduler. Tasks not named are not its any more.</summary>
    public async Task<IReadOnlyList<TaskNotification>> GetInterruptedAsync(ulong blockNumber, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(
            HttpMethod.Get, $"{SchedulerRoutes.ReplicatesInterrupted}?blockNumber={blockNumber}", null, cancellationToken).ConfigureAwait(false);
        return await SchedulerHttp.ReadAsync(response, SchedulerJson.Default.TaskNotificationArray, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Tasks that the scheduler counts as running here.</summary>
    public async Task<IReadOnlyList<TaskId>> GetComputingAsync(CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, SchedulerRoutes.WorkerComputing, null, cancellationToken).ConfigureAwait(false);
        var ids = await SchedulerHttp.ReadAsync(response, SchedulerJson.Default.StringArray, cancellationToken).ConfigureAwait(false);
        return [.. ids.Select(static id => new TaskId(Bytes32.Parse(id)))];
    }

    /// <summary>Messages after a number; waits up to <paramref name="waitSeconds"/> (at most 30) for the first.</summary>
    public async Task<NotificationBatch> GetNotificationsAsync(ulong after, int waitSeconds, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(
            HttpMethod.Get, $"{SchedulerRoutes.Notifications}?after={after}&wait={waitSeconds}", null, cancellationToken).ConfigureAwait(false);
        return await SchedulerHttp.ReadAsync(response, SchedulerJson.Default.NotificationBatch, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reports a status. May be repeated: a report that was stored before is answered with <see cref="StatusUpdateOutcome.AlreadyReported"/>.</summary>
    public async Task<StatusUpdateAnswer> UpdateStatusAsync(TaskId task, ReplicateStatusUpdate update, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(
            HttpMethod.Post,
            $"/replicates/{task}/updateStatus",
            () => JsonContent.Create(update, SchedulerJson.Default.ReplicateStatusUpdate),
            cancellationToken).ConfigureAwait(false);
        var next = await SchedulerHttp.ReadAsync(response, SchedulerJson.Default.TaskNotificationType, cancellationToken).ConfigureAwait(false);
        return new StatusUpdateAnswer(
            response.StatusCode switch
            {
                HttpStatusCode.AlreadyReported => StatusUpdateOutcome.AlreadyReported,
                HttpStatusCode.Accepted => StatusUpdateOutcome.Refused,
                _ => StatusUpdateOutcome.Accepted,
            },
            next);
    }

    /// <inheritdoc/>
    public void Dispose() => _login.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, Func<HttpContent>? content, CancellationToken cancellationToken)
    {
        var token = _token ?? await LoginAsync(null, cancellationToken).ConfigureAwait(false);
        var response = await SendOnceAsync(method, path, content, token, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            response.Dispose();
            response = await SendOnceAsync(method, path, content, await LoginAsync(token, cancellationToken).ConfigureAwait(false), cancellationToken)
                .ConfigureAwait(false);
        }

        if (response.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests)
        {
            var after = response.Headers.RetryAfter?.Delta;
            response.Dispose();
            throw new SchedulerBusyException(after);
        }

        return response;
    }

    private async Task<HttpResponseMessage> SendOnceAsync(
        HttpMethod method, string path, Func<HttpContent>? content, string token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content?.Invoke() };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await SchedulerHttp.SendAsync(http, request, cancellationToken).ConfigureAwait(false);
    }

    private async Task<string> LoginAsync(string? refused, CancellationToken cancellationToken)
    {
        await _login.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Somebody else may have logged in while this call waited.
            if (_token is { } fresh && fresh != refused)
            {
                return fresh;
            }

            var pool = (await GetConfigurationAsync(cancellationToken).ConfigureAwait(false)).WorkerPoolAddress;
            using var ask = new HttpRequestMessage(HttpMethod.Get, $"{SchedulerRoutes.WorkerChallenge}?walletAddress={worker.Address}");
            using var asked = await SchedulerHttp.SendAsync(http, ask, cancellationToken).ConfigureAwait(false);
            var challenge = await SchedulerHttp.ReadTextAsync(asked, cancellationToken).ConfigureAwait(false);
            var sign = worker.Sign(WorkerLogin.Digest(chainId, pool, worker.Address, challenge));

            using var login = new HttpRequestMessage(HttpMethod.Post, $"{SchedulerRoutes.WorkerLogin}?walletAddress={worker.Address}")
            {
                Content = JsonContent.Create(new SignatureValue(sign.ToString()), SchedulerJson.Default.SignatureValue),
            };
            using var answer = await SchedulerHttp.SendAsync(http, login, cancellationToken).ConfigureAwait(false);
            return _token = await SchedulerHttp.ReadTextAsync(answer, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _login.Release();
        }
    }
}

/// <summary>The scheduler is up but cannot answer now, e.g. because its node is behind. Nothing was changed.</summary>
internal sealed class SchedulerBusyException(TimeSpan? retryAfter) : Exception("The scheduler cannot answer now.")
{
    /// <summary>How long it asks to wait, if it says.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
