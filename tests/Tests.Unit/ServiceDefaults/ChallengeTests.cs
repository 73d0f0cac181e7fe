using System.Text.Json;
using Iexec.Ethereum.Crypto;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Auth;
using Iexec.ServiceDefaults.Auth;
using Iexec.ServiceDefaults.Stores;
using Iexec.Testing;
using Iexec.Testing.Chain;
using Xunit;

namespace Tests.Unit.ServiceDefaults;

public sealed class ChallengeTests : IAsyncLifetime
{
    private const ulong ChainId = 65535;
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly PrivateKey _key = TestAddress.Key(1);
    private Database _database = null!;

    public async Task InitializeAsync()
    {
        _database = Database.OpenFile(_folder.Path, "role");
        await _database.MigrateAsync(typeof(Database).Assembly, default);
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    // Digest and token were made by the official client with the first well-known development key.
    [Theory]
    [InlineData(
        "iExec Gateway",
        "Sign this message to log into iExec Gateway: abc",
        "0x4d43f09dcc50481109d75818830f5868b6e9abed796c2ec5d58a5bf5f0ecae67_0x7e3319a90349818ab7c303db9f89aef032d41a4828bb3ae81351951fe810e32e149b395da8a39a353594b0e9487fd4189883cdb695c432706832a5a9b5b92c431b_0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266")]
    [InlineData(
        "iExec Core",
        "YWJj",
        "0xb73857a5732aa8920b4c64dbd17bc70c98867597c1e713e5abe2000d44340acc_0xecf6b40088cd08b1d93fc042479639a4ca578cd6c62af1176e78e05fab142831226f3c943aca99f0b3fe075fbe5faac3fdc5c41413dbcf3ea0dc5d01a45f32731c_0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266")]
    public void Tokens_are_those_of_the_official_client(string domain, string challenge, string expected)
    {
        using var key = PrivateKey.Parse("0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");

        var token = AuthorizationToken.Create(new ChallengeDocument(domain, 31337, challenge), key);

        Assert.Equal(expected, token.ToString());
        Assert.True(AuthorizationToken.TryParse(expected, out var parsed));
        Assert.Equal(expected, parsed.ToString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_document_is_read_as_it_was_written(bool chainIdAsText)
    {
        var document = new ChallengeDocument("iExec Gateway", ChainId, "text");

        Assert.Equal(document, ChallengeDocument.Parse(Write(document, chainIdAsText), "iExec Gateway", ChainId));
    }

    [Theory]
    [InlineData("\"primaryType\":\"Challenge\"", "\"primaryType\":\"AppOrder\"")]
    [InlineData("iExec Gateway", "iExecODB")]
    [InlineData("\"chainId\":65535", "\"chainId\":1")]
    [InlineData("{\"name\":\"challenge\",\"type\":\"string\"}", "{\"name\":\"challenge\",\"type\":\"string\"},{\"name\":\"app\",\"type\":\"address\"}")]
    [InlineData("{\"name\":\"challenge\",\"type\":\"string\"}", "{\"name\":\"challenge\",\"type\":\"bytes32\"}")]
    [InlineData("\"version\":\"1\"", "\"version\":\"1\",\"verifyingContract\":\"0x0000000000000000000000000000000000000001\"")]
    public void A_client_does_not_sign_anything_else(string part, string replacement)
    {
        var text = Write(new ChallengeDocument("iExec Gateway", ChainId, "text"), false).GetRawText();
        var hostile = text.Replace(part, replacement, StringComparison.Ordinal);
        Assert.NotEqual(text, hostile);
        using var document = JsonDocument.Parse(hostile);

        Assert.Throws<IexecException>(() => ChallengeDocument.Parse(document.RootElement, "iExec Gateway", ChainId));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_signed_challenge_proves_the_address_once(string store)
    {
        var service = Service(store);
        var token = AuthorizationToken.Create(await service.IssueAsync(ChainId, _key.Address, default), _key).ToString();

        Assert.Equal(_key.Address, await service.AuthenticateAsync(ChainId, token, null, default));
        Assert.Null(await service.AuthenticateAsync(ChainId, token, null, default));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task An_address_can_have_several_challenges_pending(string store)
    {
        var service = Service(store);
        var tokens = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            tokens.Add(AuthorizationToken.Create(await service.IssueAsync(ChainId, _key.Address, default), _key).ToString());
        }

        var proved = await Task.WhenAll(tokens.Select(token => service.AuthenticateAsync(ChainId, token, null, default)));

        Assert.All(proved, address => Assert.Equal(_key.Address, address));
        Assert.Equal(5, tokens.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Of_many_uses_at_once_one_succeeds(string store)
    {
        var service = Service(store);
        var token = AuthorizationToken.Create(await service.IssueAsync(ChainId, _key.Address, default), _key).ToString();

        var proved = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => service.AuthenticateAsync(ChainId, token, null, default)));

        Assert.Single(proved, address => address is not null);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_challenge_expires(string store)
    {
        var service = Service(store);
        var token = AuthorizationToken.Create(await service.IssueAsync(ChainId, _key.Address, default), _key).ToString();
        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.Null(await service.AuthenticateAsync(ChainId, token, null, default));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Questions_that_nobody_answers_do_not_keep_others_from_asking(string store)
    {
        var service = Service(store, mostPending: 20);
        var forgotten = AuthorizationToken.Create(await service.IssueAsync(ChainId, _key.Address, default), _key).ToString();
        for (var i = 0; i < 50; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            await service.IssueAsync(ChainId, TestAddress.Of((ulong)i), default);
        }

        _time.Advance(TimeSpan.FromMilliseconds(1));
        var token = AuthorizationToken.Create(await service.IssueAsync(ChainId, _key.Address, default), _key).ToString();
        Assert.Null(await service.AuthenticateAsync(ChainId, forgotten, null, default));
        Assert.Equal(_key.Address, await service.AuthenticateAsync(ChainId, token, null, default));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Nobody_else_can_use_or_spoil_a_challenge(string store)
    {
        var service = Service(store);
        using var thief = TestAddress.Key(2);
        var challenge = await service.IssueAsync(ChainId, _key.Address, default);
        var own = AuthorizationToken.Create(challenge, _key);
        var stolen = AuthorizationToken.Create(challenge, thief);

        Assert.Null(await service.AuthenticateAsync(ChainId, stolen.ToString(), null, default));
        Assert.Null(await service.AuthenticateAsync(ChainId, (stolen with { Address = _key.Address }).ToString(), null, default));
        Assert.Null(await service.AuthenticateAsync(ChainId + 1, own.ToString(), null, default));
        Assert.Equal(_key.Address, await service.AuthenticateAsync(ChainId, own.ToString(), null, default));
    }

    [Fact]
    public async Task A_contract_account_proves_itself_through_the_chain_but_not_with_an_empty_signature()
    {
        var service = Service("memory");
        var hub = new FakeHub();
        var contract = TestAddress.Of(77);
        var challenge = await service.IssueAsync(ChainId, contract, default);
        hub.State = hub.State with { Presigned = hub.State.Presigned.Add((contract, challenge.Digest)) };

        Assert.Null(await service.AuthenticateAsync(ChainId, new AuthorizationToken(challenge.Digest, Array.Empty<byte>(), contract).ToString(), hub, default));
        Assert.Equal(contract, await service.AuthenticateAsync(ChainId, new AuthorizationToken(challenge.Digest, new byte[] { 1 }, contract).ToString(), hub, default));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a_b")]
    [InlineData("0x00_0x00_0x00")]
    [InlineData("Bearer x")]
    public async Task An_unreadable_header_proves_nothing(string? header) =>
        Assert.Null(await Service("memory").AuthenticateAsync(ChainId, header, null, default));

    public static TheoryData<string> Stores => ["memory", "sql"];

    private ChallengeAuthentication Service(string store, int mostPending = 1000) => new(
        new ChallengeOptions("iExec Gateway", TimeSpan.FromMinutes(5), ChallengeOptions.RandomAlphanumerics),
        store == "sql" ? new SqlChallengeStore(_database, mostPending) : new MemoryChallengeStore(mostPending),
        _time,
        new SeededEntropy(1));

    private static JsonElement Write(ChallengeDocument document, bool chainIdAsText)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            document.WriteJson(writer, chainIdAsText);
        }

        return JsonDocument.Parse(stream.ToArray()).RootElement;
    }
}
