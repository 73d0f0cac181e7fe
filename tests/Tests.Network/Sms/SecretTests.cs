using System.Net;
using System.Text;
using Iexec.Ethereum.Crypto;
using Iexec.Poco.Registries;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Sms;
using Iexec.Testing;
using Iexec.Testing.Chain;
using Xunit;

namespace Tests.Network.Sms;

public sealed class SecretTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TemporaryFolder _folder = new();
    private readonly FakeHub _hub = new();
    private readonly PrivateKey _owner = TestAddress.Key(1);
    private readonly PrivateKey _stranger = TestAddress.Key(2);
    private SmsServer _server = null!;

    public async Task InitializeAsync() => _server = await SmsServer.StartAsync(_hub, _folder);

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _owner.Dispose();
        _stranger.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(nameof(SecretKind.Web3))]
    [InlineData(nameof(SecretKind.Web2))]
    [InlineData(nameof(SecretKind.App))]
    [InlineData(nameof(SecretKind.Requester))]
    public async Task A_secret_is_set_once_by_its_owner_and_kept(string kind)
    {
        var secret = SecretOf(Enum.Parse<SecretKind>(kind));
        var client = new SmsClient(_server.Http);
        Assert.False(await client.IsSetAsync(secret, None));

        var refused = await Assert.ThrowsAsync<IexecException>(() => client.PushAsync(secret, "hidden", _stranger, None));
        Assert.Contains("is not allowed to set secret", refused.Message, StringComparison.Ordinal);
        Assert.False(await client.IsSetAsync(secret, None));

        await client.PushAsync(secret, "hidden", _owner, None);
        Assert.True(await client.IsSetAsync(secret, None));
        var again = await Assert.ThrowsAsync<IexecException>(() => client.PushAsync(secret, "other", _owner, None));
        Assert.Contains("already exists", again.Message, StringComparison.Ordinal);

        await _server.DisposeAsync();
        _server = await SmsServer.StartAsync(_hub, _folder);
        Assert.Equal("hidden", Encoding.UTF8.GetString((await _server.Secrets.FindAsync(secret, None))!));
    }

    [Fact]
    public async Task The_service_tells_its_version() =>
        Assert.Matches(@"^\d+\.\d+\.\d+", await _server.Http.GetStringAsync(new Uri("/version", UriKind.Relative)));

    [Fact]
    public async Task A_role_has_numbers_for_its_operator() =>
        Assert.Contains("# TYPE http_server_request_duration_seconds histogram\n", await _server.Http.GetStringAsync("/metrics/prometheus"), StringComparison.Ordinal);

    [Fact]
    public async Task The_owner_is_who_owns_the_asset_now()
    {
        var secret = SecretOf(SecretKind.Web3);
        _hub.TransferAsset(AssetKind.Dataset, secret.Owner, _stranger.Address);
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(HttpMethod.Post, secret.Path, "v", Sign(secret, "v", _owner)));
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(HttpMethod.Post, secret.Path, "v", Sign(secret, "v", _stranger)));
    }

    [Fact]
    public async Task A_contract_owns_secrets_too()
    {
        // A wallet in the form of a contract, which confirms this one digest (ERC-1271).
        var contract = TestAddress.Of(77);
        var secret = SecretReference.OfDataset(_hub.CreateDataset(contract));
        _hub.Do(state => state with { Presigned = state.Presigned.Add((contract, Eip191.HashMessage(secret.Challenge("v").AsSpan()))) });
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(HttpMethod.Post, secret.Path, "v", "0x"));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(HttpMethod.Post, secret.Path, "w", "0x0102"));
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(HttpMethod.Post, secret.Path, "v", "0x0102"));
    }

    [Fact]
    public async Task A_wallets_value_is_replaced_and_no_older_one_comes_back()
    {
        var secret = SecretOf(SecretKind.Web2);
        Assert.Equal(HttpStatusCode.NotFound, await SendAsync(HttpMethod.Put, secret.Path, "one", Sign(secret, "one")));
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(HttpMethod.Post, secret.Path, "one", Sign(secret, "one")));
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(HttpMethod.Put, secret.Path, "two", Sign(secret, "two")));
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(HttpMethod.Put, secret.Path, "two", Sign(secret, "two")));

        Assert.Equal(HttpStatusCode.Conflict, await SendAsync(HttpMethod.Put, secret.Path, "one", Sign(secret, "one")));
        Assert.Equal("two", Encoding.UTF8.GetString((await _server.Secrets.FindAsync(secret, None))!));
    }

    [Fact]
    public async Task A_signature_is_good_for_its_value_and_name_alone()
    {
        var secret = SecretOf(SecretKind.Web2);
        var signature = Sign(secret, "v");
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(HttpMethod.Post, secret.Path, "w", signature));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(HttpMethod.Post, SecretReference.OfWallet(_owner.Address, "other").Path, "v", signature));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(HttpMethod.Post, secret.Path, "v", "0x00"));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(HttpMethod.Post, secret.Path, "v", null));
    }

    [Fact]
    public async Task What_is_malformed_or_too_long_is_refused()
    {
        var secret = SecretOf(SecretKind.Web2);
        var longest = new string('a', SecretReference.MaxValueBytes);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await SendAsync(HttpMethod.Post, secret.Path, longest + "a", Sign(secret, longest + "a")));
        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(HttpMethod.Post, secret.Path, "", Sign(secret, "")));
        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(HttpMethod.Post, "/secrets/web2?ownerAddress=0x12&secretName=a", "v", Sign(secret, "v")));
        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(HttpMethod.Post, $"/secrets/web2?ownerAddress={_owner.Address}&secretName=a%20b", "v", Sign(secret, "v")));
        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(HttpMethod.Head, $"/requesters/{_owner.Address}/secrets/{new string('a', 65)}", null, null));
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(HttpMethod.Post, secret.Path, longest, Sign(secret, longest)));
    }

    [Fact]
    public async Task Write_once_secrets_have_no_replacement()
    {
        foreach (var kind in new[] { SecretKind.Web3, SecretKind.App, SecretKind.Requester })
        {
            var secret = SecretOf(kind);
            Assert.Equal(HttpStatusCode.MethodNotAllowed, await SendAsync(HttpMethod.Put, secret.Path, "v", Sign(secret, "v")));
        }
    }

    [Fact]
    public async Task Nothing_of_a_value_is_in_the_log_the_answers_or_the_files()
    {
        const string Value = "a-value-that-nobody-else-would-write";
        var secret = SecretOf(SecretKind.Web2);
        await SendAsync(HttpMethod.Post, secret.Path, Value, Sign(secret, Value, _stranger));
        await SendAsync(HttpMethod.Post, secret.Path, Value, Sign(secret, Value));
        await SendAsync(HttpMethod.Post, secret.Path, Value, Sign(secret, Value));
        await _server.DisposeAsync();

        Assert.DoesNotContain(Value, _server.Log, StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories))
        {
            Assert.DoesNotContain(Value, Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)), StringComparison.Ordinal);
        }

        _server = await SmsServer.StartAsync(_hub, _folder);
    }

    [Fact]
    public async Task Trusted_execution_says_that_it_is_not_there()
    {
        using var response = await _server.Http.GetAsync("/tee/framework");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("""{"data":null,"error":"Trusted execution is not available on this network"}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_wallet_cannot_fill_the_store()
    {
        await using var small = await SmsServer.StartAsync(_hub, _folder, options => options with { MaxSecretsPerOwner = 2, ConnectionString = $"Data Source={_folder.File("small/sms.db")}" });
        var client = new SmsClient(small.Http);
        foreach (var name in new[] { "a", "b" })
        {
            await client.PushAsync(SecretReference.OfRequester(_owner.Address, name), "v", _owner, None);
        }

        await Assert.ThrowsAsync<IexecException>(() => client.PushAsync(SecretReference.OfRequester(_owner.Address, "c"), "v", _owner, None));
        await client.PushAsync(SecretReference.OfRequester(_stranger.Address, "c"), "v", _stranger, None);
    }

    private SecretReference SecretOf(SecretKind kind) => kind switch
    {
        SecretKind.Web3 => SecretReference.OfDataset(_hub.CreateDataset(_owner.Address)),
        SecretKind.App => SecretReference.OfApp(_hub.CreateApp(_owner.Address)),
        SecretKind.Web2 => SecretReference.OfWallet(_owner.Address, "token"),
        _ => SecretReference.OfRequester(_owner.Address, "my-secret"),
    };

    private string Sign(SecretReference secret, string value, PrivateKey? key = null) => (key ?? _owner).SignMessage(secret.Challenge(value).AsSpan()).ToString();

    private async Task<HttpStatusCode> SendAsync(HttpMethod method, string path, string? value, string? authorization)
    {
        using var request = new HttpRequestMessage(method, path) { Content = value is null ? null : new StringContent(value) };
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        using var response = await _server.Http.SendAsync(request);
        Assert.DoesNotContain(value is { Length: > 10 } ? value : "\0", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        return response.StatusCode;
    }
}
