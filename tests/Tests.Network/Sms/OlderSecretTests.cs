using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Sdk.Secrets;
using Iexec.Sdk.Wire.Sms;
using Iexec.Sms.Secrets;
using Iexec.Testing;
using Iexec.Testing.Chain;
using Xunit;

namespace Tests.Network.Sms;

/// <summary>The form of V3.0 and V3.1, in which the signature names no address: nothing may be gained by sending one again.</summary>
public sealed class OlderSecretTests : IAsyncLifetime
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

    [Fact]
    public async Task A_datasets_key_is_pushed_and_seen()
    {
        var dataset = _hub.CreateDataset(_owner.Address);
        Assert.Equal("""{"ok":true,"data":{}}""", await _server.Http.GetStringAsync($"/secret/{dataset}"));

        var (status, reply) = await PushAsync(dataset, "key", _owner);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(dataset.ToString(), (string)reply["data"]!["address"]!);
        Assert.Equal(reply.ToJsonString(), await _server.Http.GetStringAsync($"/secret/{dataset}"));
        // The value's own hash would let anybody try values.
        Assert.DoesNotContain(Convert.ToHexStringLower(SHA256.HashData("key"u8)), reply.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("key", await ReadAsync(SecretReference.OfDataset(dataset)));
        Assert.True(await new SmsClient(_server.Http).IsSetAsync(SecretReference.OfDataset(dataset), None));
    }

    [Fact]
    public async Task A_wallets_public_key_is_kept_as_newer_clients_send_it()
    {
        var pem = PublicKey();
        Assert.Equal(HttpStatusCode.OK, (await PushAsync(_owner.Address, pem, _owner)).Status);
        Assert.Equal(Convert.ToBase64String(Encoding.UTF8.GetBytes(pem)), await ReadAsync(SecretReference.OfWallet(_owner.Address, WalletSecretNames.ResultEncryptionKey)));

        var (status, reply) = await PushAsync(_stranger.Address, "no key", _stranger);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("RSA public key", (string)reply["errorMessage"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_owner_pushes()
    {
        var dataset = _hub.CreateDataset(_owner.Address);
        Assert.Equal(HttpStatusCode.Unauthorized, (await PushAsync(dataset, "key", _stranger)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await PushAsync(_owner.Address, PublicKey(), _stranger)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await PushAsync(_hub.CreateApp(_owner.Address), PublicKey(), _owner)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(dataset, "key", "0x")).Status);
        // Signed as the newer clients do, which is another statement.
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(dataset, "key", _owner.SignMessage(SecretReference.OfDataset(dataset).Challenge("key").AsSpan()).ToString())).Status);
        Assert.Null(await _server.Secrets.FindAsync(SecretReference.OfDataset(dataset), None));
    }

    [Fact]
    public async Task The_same_again_changes_nothing_and_another_value_is_refused()
    {
        var dataset = _hub.CreateDataset(_owner.Address);
        await PushAsync(dataset, "key", _owner);
        Assert.Equal(HttpStatusCode.OK, (await PushAsync(dataset, "key", _owner)).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await PushAsync(dataset, "other", _owner)).Status);
        Assert.Equal("key", await ReadAsync(SecretReference.OfDataset(dataset)));
    }

    [Fact]
    public async Task A_signature_that_was_seen_is_of_no_use_at_another_address_of_its_signer()
    {
        var (first, second) = (_hub.CreateDataset(_owner.Address, "first"), _hub.CreateDataset(_owner.Address, "second"));
        var sign = Sign("key", _owner);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(first, "key", sign)).Status);

        Assert.Equal(HttpStatusCode.Conflict, (await SendAsync(second, "key", sign)).Status);
        Assert.False(await new SmsClient(_server.Http).IsSetAsync(SecretReference.OfDataset(second), None));
        Assert.Equal(HttpStatusCode.OK, (await PushAsync(second, "another", _owner)).Status);
    }

    [Fact]
    public async Task What_was_planted_gives_way_to_a_signature_that_names_its_place_and_never_comes_back()
    {
        // Whoever saw the signature at another service was here first, with the wrong address.
        var dataset = _hub.CreateDataset(_owner.Address);
        var planted = Sign("key of another dataset", _owner);
        await SendAsync(dataset, "key of another dataset", planted);
        var secret = SecretReference.OfDataset(dataset);
        var client = new SmsClient(_server.Http);

        await client.PushAsync(secret, "right", _owner, None);
        Assert.Equal("right", await ReadAsync(secret));
        Assert.Equal(HttpStatusCode.Conflict, (await SendAsync(dataset, "key of another dataset", planted)).Status);
        await Assert.ThrowsAsync<Iexec.Sdk.Errors.IexecException>(() => client.PushAsync(secret, "third", _owner, None));
        Assert.Equal("right", await ReadAsync(secret));
    }

    [PostgresFact]
    public async Task On_postgres_it_is_the_same()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var server = await SmsServer.StartAsync(_hub, _folder, options => options with { ConnectionString = postgres.ConnectionString });
        var (first, second) = (_hub.CreateDataset(_owner.Address, "first"), _hub.CreateDataset(_owner.Address, "second"));
        foreach (var (dataset, value, status) in new[] { (first, "key", 200), (first, "key", 200), (first, "other", 409), (second, "key", 409) })
        {
            using var reply = await server.Http.PostAsJsonAsync($"/secret/{dataset}", new { secret = value, sign = Sign(value, _owner) });
            Assert.Equal(status, (int)reply.StatusCode);
        }

        var client = new SmsClient(server.Http);
        await client.PushAsync(SecretReference.OfDataset(first), "right", _owner, None);
        await Assert.ThrowsAsync<Iexec.Sdk.Errors.IexecException>(() => client.PushAsync(SecretReference.OfDataset(first), "third", _owner, None));
        Assert.Equal("right", Encoding.UTF8.GetString((await server.Secrets.FindAsync(SecretReference.OfDataset(first), None))!));
    }

    [Theory]
    [InlineData("/secret/0x12", "{}", 400)]
    [InlineData("/secret/0x1111111111111111111111111111111111111111", "{}", 400)]
    [InlineData("/secret/0x1111111111111111111111111111111111111111", "[", 400)]
    [InlineData("/secret/0x1111111111111111111111111111111111111111", "{\"secret\":1,\"sign\":\"0x\"}", 400)]
    [InlineData("/attestation/generate/0x1111111111111111111111111111111111111111", "{}", 404)]
    [InlineData("/secure", "{}", 404)]
    public async Task What_is_not_understood_or_not_there_is_said_in_the_older_words(string path, string body, int status)
    {
        using var reply = await _server.Http.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.Equal(status, (int)reply.StatusCode);
        Assert.Contains("\"errorMessage\":\"", await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_that_is_too_long_is_refused()
    {
        var dataset = _hub.CreateDataset(_owner.Address);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PushAsync(dataset, new string('a', SecretReference.MaxValueBytes + 1), _owner)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PushAsync(dataset, "", _owner)).Status);
    }

    private static string PublicKey()
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportSubjectPublicKeyInfoPem();
    }

    private static string Sign(string value, PrivateKey key) => key.SignMessage(Encoding.UTF8.GetBytes(OlderSecretGate.Prefix + value)).ToString();

    private Task<(HttpStatusCode Status, JsonNode Reply)> PushAsync(Address address, string value, PrivateKey key) => SendAsync(address, value, Sign(value, key));

    private async Task<(HttpStatusCode Status, JsonNode Reply)> SendAsync(Address address, string value, string sign)
    {
        using var reply = await _server.Http.PostAsJsonAsync($"/secret/{address}", new { secret = value, sign });
        var text = await reply.Content.ReadAsStringAsync();
        Assert.DoesNotContain(value.Length > 5 ? value : "\0", text, StringComparison.Ordinal);
        return (reply.StatusCode, JsonNode.Parse(text)!);
    }

    private async Task<string> ReadAsync(SecretReference secret) => Encoding.UTF8.GetString((await _server.Secrets.FindAsync(secret, None))!);
}
