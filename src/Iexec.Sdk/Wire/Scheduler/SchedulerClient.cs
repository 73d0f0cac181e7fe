using System.Net;
using System.Text.Json;
using Iexec.Ethereum.Signing;
using Iexec.Poco;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Auth;

namespace Iexec.Sdk.Wire.Scheduler;

/// <summary>
/// What a user asks a pool's scheduler. <paramref name="http"/> has the scheduler's origin as its base address.
/// Every call throws <see cref="IexecException"/> when the scheduler refuses or cannot be reached.
/// </summary>
internal sealed class SchedulerClient(HttpClient http)
{
    /// <summary>The scheduler's version.</summary>
    public Task<string> GetVersionAsync(CancellationToken cancellationToken) => GetTextAsync(SchedulerRoutes.Version, cancellationToken);

    /// <summary>Null when the pool does not know the task (yet).</summary>
    public async Task<TaskModel?> FindTaskAsync(TaskId task, CancellationToken cancellationToken)
    {
        using var response = await GetAsync($"/tasks/{task}", null, cancellationToken).ConfigureAwait(false);
        return response.StatusCode == HttpStatusCode.NotFound
            ? null
            : await SchedulerHttp.ReadAsync(response, SchedulerJson.Default.TaskModel, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Live workers, slots and the trust they can reach.</summary>
    public async Task<WorkersSummary> GetWorkersSummaryAsync(CancellationToken cancellationToken)
    {
        using var response = await GetAsync(SchedulerRoutes.WorkersSummary, null, cancellationToken).ConfigureAwait(false);
        return await SchedulerHttp.ReadAsync(response, SchedulerJson.Default.WorkersSummary, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What the pool tells everybody about itself.</summary>
    public async Task<PublicConfiguration> GetConfigurationAsync(CancellationToken cancellationToken)
    {
        using var response = await GetAsync(SchedulerRoutes.WorkerConfiguration, null, cancellationToken).ConfigureAwait(false);
        return await SchedulerHttp.ReadAsync(response, SchedulerJson.Default.PublicConfiguration, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Figures of the pool.</summary>
    public async Task<PlatformMetric> GetMetricsAsync(CancellationToken cancellationToken)
    {
        using var response = await GetAsync(SchedulerRoutes.Metrics, null, cancellationToken).ConfigureAwait(false);
        return await SchedulerHttp.ReadAsync(response, SchedulerJson.Default.PlatformMetric, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Output of the app on every worker. Asks for a challenge and signs it; only the deal's requester is let in.</summary>
    public async Task<TaskLogs> GetTaskLogsAsync(ulong chainId, TaskId task, ISigner requester, CancellationToken cancellationToken)
    {
        using var asked = await GetAsync($"{SchedulerRoutes.LogsChallenge}?address={requester.Address}&chainId={chainId}", null, cancellationToken)
            .ConfigureAwait(false);
        var document = await SchedulerHttp.ReadAsync(asked, SchedulerJson.Default.JsonElement, cancellationToken).ConfigureAwait(false);
        // An official scheduler behind some proxies wraps the document in "data".
        var challenge = ChallengeDocument.Parse(document.ValueKind == JsonValueKind.Object && document.TryGetProperty("data", out var data) ? data : document, SchedulerRoutes.ChallengeDomain, chainId);
        var token = await AuthorizationToken.CreateAsync(challenge, requester, cancellationToken).ConfigureAwait(false);
        using var response = await GetAsync($"/tasks/{task}/logs", token.ToString(), cancellationToken).ConfigureAwait(false);
        return await SchedulerHttp.ReadAsync(response, SchedulerJson.Default.TaskLogs, cancellationToken).ConfigureAwait(false);
    }

    private async Task<string> GetTextAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await GetAsync(path, null, cancellationToken).ConfigureAwait(false);
        return await SchedulerHttp.ReadTextAsync(response, cancellationToken).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string? authorization, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        return await SchedulerHttp.SendAsync(http, request, cancellationToken).ConfigureAwait(false);
    }
}
