using System.Net;
using System.Net.Http.Json;
using Iexec.Ethereum;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Auth;
using Iexec.Sdk.Wire.Scheduler;
using Iexec.Testing.Chain;
using Xunit;
using static Iexec.Sdk.Wire.Scheduler.ReplicateStatus;

namespace Tests.Network.Scheduler;

public sealed class SessionTests
{
    [Fact]
    public async Task Parallel_calls_share_one_login_and_an_expired_session_is_renewed_once()
    {
        await using var pool = await PoolHost.StartAsync();
        using var worker = pool.Worker(0);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => worker.PingAsync(default)));
        Assert.Equal(1, pool.Requests.Count(static path => path == SchedulerRoutes.WorkerLogin));
        pool.Time.Advance(TimeSpan.FromHours(2));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => worker.PingAsync(default)));
        Assert.Equal(2, pool.Requests.Count(static path => path == SchedulerRoutes.WorkerLogin));
    }

    [Fact]
    public async Task A_login_needs_the_wallets_own_signature_over_a_current_challenge()
    {
        await using var pool = await PoolHost.StartAsync();
        using var http = pool.Http();
        var (wallet, chain) = (PoolHost.Wallet(0), pool.Chain.Hub.Configuration.ChainId);
        var challenge = await http.GetStringAsync($"{SchedulerRoutes.WorkerChallenge}?walletAddress={wallet}");
        var own = PoolHost.Key(0).Sign(WorkerLogin.Digest(chain, pool.Chain.Workerpool, wallet, challenge)).ToString();
        var foreign = PoolHost.Key(1).Sign(WorkerLogin.Digest(chain, pool.Chain.Workerpool, wallet, challenge)).ToString();
        var otherPool = PoolHost.Key(0).Sign(WorkerLogin.Digest(chain, TestAddress.Of(5), wallet, challenge)).ToString();
        Assert.Equal(HttpStatusCode.OK, await LoginAsync(http, wallet, own));
        Assert.Equal(HttpStatusCode.Unauthorized, await LoginAsync(http, wallet, foreign));
        Assert.Equal(HttpStatusCode.Unauthorized, await LoginAsync(http, wallet, otherPool));
        Assert.Equal(HttpStatusCode.Unauthorized, await LoginAsync(http, wallet, "0x"));
        Assert.Equal(HttpStatusCode.Unauthorized, await LoginAsync(http, PoolHost.Wallet(1), own));
        pool.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(HttpStatusCode.Unauthorized, await LoginAsync(http, wallet, own));
    }

    [Fact]
    public async Task Workers_of_the_older_generation_sign_the_bare_hash()
    {
        await using var pool = await PoolHost.StartAsync();
        using var http = pool.Http();
        var challenge = await http.GetStringAsync($"{SchedulerRoutes.WorkerChallenge}?walletAddress={PoolHost.Wallet(0)}");
        var sign = PoolHost.Key(0).Sign(WorkerLogin.LegacyDigest(challenge)).ToString();
        Assert.Equal(HttpStatusCode.OK, await LoginAsync(http, PoolHost.Wallet(0), sign));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer")]
    [InlineData("Bearer a.b.c")]
    [InlineData("Bearer eyJhbGciOiJub25lIn0.e30.")]
    public async Task Without_a_token_of_ours_nothing_is_answered(string? authorization)
    {
        await using var pool = await PoolHost.StartAsync();
        using var http = pool.Http();
        foreach (var path in new[] { SchedulerRoutes.ReplicatesAvailable, SchedulerRoutes.Notifications, SchedulerRoutes.ReplicatesInterrupted, SchedulerRoutes.WorkerComputing })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
            Assert.Equal(HttpStatusCode.Unauthorized, (await http.SendAsync(request)).StatusCode);
        }
    }

    [Fact]
    public async Task Only_wallets_on_the_list_may_work()
    {
        await using var pool = await PoolHost.StartAsync(static options => options with { AllowedWorkers = [PoolHost.Wallet(0)] });
        using var allowed = await pool.RegisteredAsync(0);
        await Assert.ThrowsAsync<IexecException>(() => pool.RegisteredAsync(1));
    }

    [Fact]
    public async Task A_worker_registers_its_own_wallet_with_sane_figures()
    {
        await using var pool = await PoolHost.StartAsync();
        using var worker = pool.Worker(0);
        var model = new WorkerModel("w", PoolHost.Wallet(0), "Linux", "x64", 1, 1);
        await Assert.ThrowsAsync<IexecException>(() => worker.RegisterAsync(model with { WalletAddress = PoolHost.Wallet(1) }, default));
        await Assert.ThrowsAsync<IexecException>(() => worker.RegisterAsync(model with { CpuNb = 0 }, default));
        await Assert.ThrowsAsync<IexecException>(() => worker.RegisterAsync(model with { Name = new string('x', 201) }, default));
        await worker.RegisterAsync(model, default);
    }

    [Fact]
    public async Task Only_the_requester_reads_the_output_and_each_challenge_opens_it_once()
    {
        await using var pool = await PoolHost.StartAsync();
        using var worker = await pool.RegisteredAsync(0);
        var task = await pool.OpenAsync();
        await worker.AskForWorkAsync(1, 0, default);
        var logs = new ComputeLogs(TestAddress.Of(1), new string('x', 100_500), "err\0or");
        await worker.UpdateStatusAsync(task, new(ComputeFailed, new() { Cause = ReplicateCause.AppComputeFailed, ComputeLogs = logs, ExitCode = 1 }), default);

        var chain = pool.Chain.Hub.Configuration.ChainId;
        var read = await pool.User().GetTaskLogsAsync(chain, task, pool.Chain.Requester, default);
        var output = Assert.Single(read.ComputeLogsList);
        // Whose output it is says the session, not the report; the end of it is kept.
        Assert.Equal((PoolHost.Wallet(0), 100_000, "err\uFFFDor"), (output.WalletAddress, output.Stdout!.Length, output.Stderr));

        await Assert.ThrowsAsync<IexecException>(() => pool.User().GetTaskLogsAsync(chain, task, TestAddress.Key(50), default));
        using var http = pool.Http();
        using var document = System.Text.Json.JsonDocument.Parse(await http.GetStringAsync($"{SchedulerRoutes.LogsChallenge}?address={pool.Chain.Requester.Address}&chainId={chain}"));
        var token = AuthorizationToken.Create(ChallengeDocument.Parse(document.RootElement, SchedulerRoutes.ChallengeDomain, chain), pool.Chain.Requester).ToString();
        Assert.Equal(HttpStatusCode.OK, await GetAsync(http, $"/tasks/{task}/replicates/{PoolHost.Wallet(0)}/logs", token));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(http, $"/tasks/{task}/logs", token));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(http, $"/tasks/{task}/logs", null));
    }

    [Fact]
    public async Task Malformed_requests_are_answered_as_such()
    {
        await using var pool = await PoolHost.StartAsync();
        using var http = pool.Http();
        Assert.Equal(HttpStatusCode.BadRequest, await GetAsync(http, "/tasks/0x12", null));
        Assert.Equal(HttpStatusCode.NotFound, await GetAsync(http, $"/tasks/{Bytes32.Zero}", null));
        Assert.Equal(HttpStatusCode.BadRequest, await GetAsync(http, SchedulerRoutes.WorkerChallenge, null));
        Assert.Equal(HttpStatusCode.BadRequest, (await http.PostAsync($"{SchedulerRoutes.WorkerLogin}?walletAddress={PoolHost.Wallet(0)}", new StringContent("{"))).StatusCode);
    }

    private static async Task<HttpStatusCode> LoginAsync(HttpClient http, Address wallet, string sign) =>
        (await http.PostAsJsonAsync($"{SchedulerRoutes.WorkerLogin}?walletAddress={wallet}", new SignatureValue(sign), SchedulerJson.Default.SignatureValue)).StatusCode;

    private static async Task<HttpStatusCode> GetAsync(HttpClient http, string path, string? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var response = await http.SendAsync(request);
        return response.StatusCode;
    }
}
