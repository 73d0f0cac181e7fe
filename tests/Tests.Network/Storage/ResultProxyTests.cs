using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco;
using Iexec.Poco.Deals;
using Iexec.Poco.Orders;
using Iexec.Poco.Rules;
using Iexec.Poco.Tasks;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Results;
using Iexec.Sdk.Wire.Auth;
using Iexec.Sdk.Wire.Scheduler;
using Iexec.ServiceDefaults.Http;
using Iexec.Testing;
using Iexec.Testing.Chain;
using Xunit;

namespace Tests.Network.Storage;

public sealed class ResultProxyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeHub _hub = new();
    private readonly PrivateKey _pool = TestAddress.Key(1);
    private readonly PrivateKey _worker = TestAddress.Key(2);
    private readonly DealId _deal = new(Keccak256.Hash("deal"));
    private readonly byte[] _archive = Archive("A result");

    private TaskId TheTask => TaskId.Of(_deal, 0);

    private WorkerpoolAuthorization Authorization => WorkerpoolAuthorization.Create(_pool, _deal, 0, _worker.Address, Address.Zero);

    public void Dispose()
    {
        _folder.Dispose();
        _pool.Dispose();
        _worker.Dispose();
    }

    [Fact]
    public async Task A_revealed_result_is_stored_and_found()
    {
        SetChain(ChainTaskStatus.Revealing, ContributionStatus.Proved);
        await using var server = await StorageServer.StartAsync(_folder.Path, _hub);
        var token = await server.Results.GetTokenAsync(Authorization, _worker, CancellationToken.None);
        var link = await server.Results.PutAsync(token, TheTask, new MemoryStream(_archive), CancellationToken.None);
        Assert.Equal(link, await server.Results.FindAsync(TheTask, CancellationToken.None));
        Assert.Equal(_archive, await server.Http.GetByteArrayAsync(link));
    }

    [Fact]
    public async Task A_second_upload_answers_with_the_first_since_its_link_may_be_on_the_chain()
    {
        SetChain(ChainTaskStatus.Revealing, ContributionStatus.Proved);
        await using var server = await StorageServer.StartAsync(_folder.Path, _hub);
        var token = await server.Results.GetTokenAsync(Authorization, _worker, CancellationToken.None);
        var first = await server.Results.PutAsync(token, TheTask, new MemoryStream(_archive), CancellationToken.None);
        var second = await server.Results.PutAsync(token, TheTask, new MemoryStream(Archive("A result", "log of another worker")), CancellationToken.None);
        Assert.Equal(first, second);
    }

    [Fact]
    public async Task Tokens_and_results_outlive_a_restart()
    {
        SetChain(ChainTaskStatus.Revealing, ContributionStatus.Proved);
        string token;
        await using (var before = await StorageServer.StartAsync(_folder.Path, _hub))
        {
            token = await before.Results.GetTokenAsync(Authorization, _worker, CancellationToken.None);
        }

        await using var after = await StorageServer.StartAsync(_folder.Path, _hub);
        Assert.StartsWith("/ipfs/Qm", await after.Results.PutAsync(token, TheTask, new MemoryStream(_archive), CancellationToken.None), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("base64", HttpStatusCode.OK)]
    [InlineData("bytes", HttpStatusCode.OK)]
    [InlineData("\"@@@\"", HttpStatusCode.BadRequest)]
    [InlineData("[80,75,256]", HttpStatusCode.BadRequest)]
    [InlineData("[80,\"75\"]", HttpStatusCode.BadRequest)]
    [InlineData("[80,[75]]", HttpStatusCode.BadRequest)]
    [InlineData("80", HttpStatusCode.BadRequest)]
    [InlineData("null", HttpStatusCode.BadRequest)]
    public async Task The_official_forms_in_base64_and_in_bytes_are_taken(string zip, HttpStatusCode expected)
    {
        SetChain(ChainTaskStatus.Revealing, ContributionStatus.Proved);
        await using var server = await StorageServer.StartAsync(_folder.Path, _hub);
        var text = zip switch { "base64" => $"\"{Convert.ToBase64String(_archive)}\"", "bytes" => $"[{string.Join(',', _archive)}]", _ => zip };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/results")
        {
            Content = new StringContent($$"""{"chainTaskId":"{{TheTask}}","zip":{{text}}}""", System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("Authorization", await server.Results.GetTokenAsync(Authorization, _worker, CancellationToken.None));
        using var reply = await server.Http.SendAsync(request);
        Assert.Equal(expected, reply.StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_the_deal_asks_for_decides_when_the_app_names_both_output_and_callback_data(bool callback)
    {
        var archive = Archive("A result", computed: """{"deterministic-output-path":"/iexec_out/result.txt","callback-data":"0x01"}""");
        SetChain(ChainTaskStatus.Revealing, ContributionStatus.Proved, archive, callback);
        var expected = callback ? Keccak256.Hash([1]) : new Bytes32(SHA256.HashData("A result"u8));
        _hub.Do(state => state with
        {
            Contributions = state.Contributions.SetItem(
                (TheTask, _worker.Address), state.Contributions[(TheTask, _worker.Address)] with { ResultHash = ResultHashes.ResultHash(TheTask, expected) }),
        });
        await using var server = await StorageServer.StartAsync(_folder.Path, _hub);
        var token = await server.Results.GetTokenAsync(Authorization, _worker, CancellationToken.None);
        Assert.StartsWith("/ipfs/Qm", await server.Results.PutAsync(token, TheTask, new MemoryStream(archive), CancellationToken.None), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ChainTaskStatus.Active, ContributionStatus.Contributed, "while it is revealing")]
    [InlineData(ChainTaskStatus.Revealing, ContributionStatus.Contributed, "has not revealed")]
    [InlineData(ChainTaskStatus.Revealing, ContributionStatus.Unset, "has not revealed")]
    public async Task What_the_chain_does_not_hold_yet_is_refused(ChainTaskStatus status, ContributionStatus contribution, string reason)
    {
        SetChain(status, contribution);
        await using var server = await StorageServer.StartAsync(_folder.Path, _hub);
        var token = await server.Results.GetTokenAsync(Authorization, _worker, CancellationToken.None);
        await AssertRefusedAsync(server, token, _archive, reason);
    }

    [Fact]
    public async Task Nothing_is_received_from_who_has_nothing_to_store()
    {
        SetChain(ChainTaskStatus.Active, ContributionStatus.Contributed);
        await using var server = await StorageServer.StartAsync(_folder.Path, _hub);
        // Any wallet gets a token.
        using var stranger = TestAddress.Key(5);
        var (token, _) = await LoginAsync(server, stranger);
        using var huge = new MemoryStream(new byte[8 << 20]);
        var error = await Assert.ThrowsAsync<IexecException>(() => server.Results.PutAsync(token, TheTask, huge, CancellationToken.None));
        Assert.Contains("while it is revealing", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, huge.Position);
    }

    [Fact]
    public async Task The_official_form_holds_archives_of_some_megabytes_and_no_more()
    {
        var noise = new byte[2 << 20];
        new SeededEntropy(1).Fill(noise);
        var archive = Archive(Convert.ToBase64String(noise));
        SetChain(ChainTaskStatus.Revealing, ContributionStatus.Proved, archive, callback: false);
        await using var server = await StorageServer.StartAsync(_folder.Path, _hub);
        var token = await server.Results.GetTokenAsync(Authorization, _worker, CancellationToken.None);
        foreach (var (zip, status) in new[] { (archive, HttpStatusCode.OK), (new byte[8 << 20], HttpStatusCode.RequestEntityTooLarge) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/results") { Content = JsonContent.Create(new { chainTaskId = TheTask.ToString(), zip }) };
            request.Headers.TryAddWithoutValidation("Authorization", token);
            request.Headers.ExpectContinue = true;
            using var reply = await server.Http.SendAsync(request);
            Assert.Equal(status, reply.StatusCode);
        }
    }

    [Fact]
    public async Task The_proxy_tells_its_version_and_limits_how_often_it_is_asked_by_strangers()
    {
        await using var server = await StorageServer.StartAsync(
            _folder.Path, _hub, options => options with { LoginRate = new RateLimitOptions(Requests: 1, ExemptLoopback: false) });
        Assert.Matches(@"^\d+\.\d+\.\d+", await server.Http.GetStringAsync("/version"));
        var url = $"/results/challenge?address={_worker.Address}";
        using var first = await server.Http.GetAsync(url);
        using var second = await server.Http.GetAsync(url);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.TooManyRequests), (first.StatusCode, second.StatusCode));
    }

    [Fact]
    public async Task Another_result_than_the_revealed_one_is_refused()
    {
        SetChain(ChainTaskStatus.Revealing, ContributionStatus.Proved);
        await using var server = await StorageServer.StartAsync(_folder.Path, _hub);
        var token = await server.Results.GetTokenAsync(Authorization, _worker, CancellationToken.None);
        await AssertRefusedAsync(server, token, Archive("A forged result"), "not the one that the worker contributed");
        await AssertRefusedAsync(server, token, Encoding.UTF8.GetBytes("no zip"), "not a zip");
    }

    [Fact]
    public async Task Only_the_worker_whom_the_pool_admitted_gets_a_token()
    {
        SetChain(ChainTaskStatus.Revealing, ContributionStatus.Proved);
        await using var server = await StorageServer.StartAsync(_folder.Path, _hub);
        using var stranger = TestAddress.Key(3);
        var forged = WorkerpoolAuthorization.Create(stranger, _deal, 0, stranger.Address, Address.Zero);
        await Assert.ThrowsAsync<IexecException>(() => server.Results.GetTokenAsync(forged, stranger, CancellationToken.None));
        await Assert.ThrowsAsync<IexecException>(() => server.Results.GetTokenAsync(Authorization, stranger, CancellationToken.None));
        await AssertRefusedAsync(server, "a.b.c", _archive, "needs a token");
    }

    [Fact]
    public async Task The_older_routes_log_in_and_give_a_result_to_its_beneficiary_alone()
    {
        SetChain(ChainTaskStatus.Revealing, ContributionStatus.Proved);
        using var beneficiary = TestAddress.Key(4);
        using var stranger = TestAddress.Key(5);
        _hub.Do(state => state with { Deals = state.Deals.SetItem(_deal, state.Deals[_deal] with { Beneficiary = beneficiary.Address }) });
        await using var server = await StorageServer.StartAsync(_folder.Path, _hub);
        using (var upload = new HttpRequestMessage(HttpMethod.Post, "/"))
        {
            upload.Content = JsonContent.Create(new { chainTaskId = TheTask.ToString(), zip = Convert.ToBase64String(_archive) });
            upload.Headers.TryAddWithoutValidation("Authorization", (await LoginAsync(server, _worker)).Token);
            using var stored = await server.Http.SendAsync(upload);
            Assert.Equal(HttpStatusCode.OK, stored.StatusCode);
            var link = await stored.Content.ReadAsStringAsync();
            Assert.Equal(_archive, await server.Http.GetByteArrayAsync("/results" + link));
        }

        Assert.Equal(HttpStatusCode.NoContent, (await ReadAsync(HttpMethod.Head, null)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await ReadAsync(HttpMethod.Get, null)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await ReadAsync(HttpMethod.Get, stranger)).Status);
        Assert.Equal(_archive, (await ReadAsync(HttpMethod.Get, beneficiary)).Body);

        async Task<(HttpStatusCode Status, byte[] Body)> ReadAsync(HttpMethod method, PrivateKey? visitor)
        {
            using var request = new HttpRequestMessage(method, $"/results/{TheTask}?chainId={_hub.Configuration.ChainId}");
            if (visitor is not null)
            {
                request.Headers.TryAddWithoutValidation("Authorization", (await LoginAsync(server, visitor)).Token);
            }

            using var reply = await server.Http.SendAsync(request);
            return (reply.StatusCode, await reply.Content.ReadAsByteArrayAsync());
        }
    }

    [Fact]
    public async Task A_proof_is_good_once_and_for_its_chain()
    {
        await using var server = await StorageServer.StartAsync(_folder.Path, _hub);
        var (_, proof) = await LoginAsync(server, _worker);
        using var again = await server.Http.PostAsync($"/results/login?chainId={_hub.Configuration.ChainId}", new StringContent(proof));
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
        using var elsewhere = await server.Http.GetAsync($"/results/challenge?chainId=1&address={_worker.Address}");
        Assert.Equal(HttpStatusCode.BadRequest, elsewhere.StatusCode);
        Assert.Contains("chainId 1 is not supported", await elsewhere.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<(string Token, string Proof)> LoginAsync(StorageServer server, PrivateKey wallet)
    {
        var chainId = _hub.Configuration.ChainId;
        using var document = JsonDocument.Parse(await server.Http.GetStringAsync($"/results/challenge?chainId={chainId}&address={wallet.Address}"));
        var proof = AuthorizationToken.Create(ChallengeDocument.Parse(document.RootElement, "iExec Result Repository", chainId), wallet).ToString();
        using var reply = await server.Http.PostAsync($"/results/login?chainId={chainId}", new StringContent(proof));
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        return (await reply.Content.ReadAsStringAsync(), proof);
    }

    private async Task AssertRefusedAsync(StorageServer server, string token, byte[] archive, string reason)
    {
        var error = await Assert.ThrowsAsync<IexecException>(() => server.Results.PutAsync(token, TheTask, new MemoryStream(archive), CancellationToken.None));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Null(await server.Results.FindAsync(TheTask, CancellationToken.None));
    }

    private void SetChain(ChainTaskStatus status, ContributionStatus contribution) => SetChain(status, contribution, _archive, callback: false);

    private void SetChain(ChainTaskStatus status, ContributionStatus contribution, byte[] archive, bool callback)
    {
        var digest = ResultArchive.ComputeDigest(new MemoryStream(archive), callback, 8 << 20);
        var none = new DealResource(Address.Zero, Address.Zero, UInt256.Zero);
        var deal = new Deal(
            _deal, none, none, new DealResource(TestAddress.Of(9), _pool.Address, 1), UInt256.One, UInt256.Zero, Tag.None, TestAddress.Of(8), TestAddress.Of(8),
            callback ? TestAddress.Of(7) : Address.Zero, "", 0, 0, 1, UInt256.Zero, UInt256.One, TestAddress.Of(8));
        var task = new ChainTask(TheTask, status, _deal, 0, 300, 2100, 2700, 3000, Bytes32.Zero, 0, 1, [_worker.Address], Bytes32.Zero, [], []);
        var made = new Contribution(contribution, ResultHashes.ResultHash(TheTask, digest), Bytes32.Zero, Address.Zero, 2);
        _hub.Do(state => state with
        {
            Deals = state.Deals.SetItem(_deal, deal),
            Tasks = state.Tasks.SetItem(TheTask, task),
            Contributions = state.Contributions.SetItem((TheTask, _worker.Address), made),
        });
    }

    private static byte[] Archive(string result, string? log = null, string computed = """{"deterministic-output-path":"/iexec_out/result.txt"}""")
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "computed.json", computed);
            Add(zip, "result.txt", result);
            if (log is not null)
            {
                Add(zip, "stdout.txt", log);
            }
        }

        return stream.ToArray();
    }

    private static void Add(ZipArchive zip, string name, string content)
    {
        using var entry = zip.CreateEntry(name).Open();
        entry.Write(Encoding.UTF8.GetBytes(content));
    }
}
