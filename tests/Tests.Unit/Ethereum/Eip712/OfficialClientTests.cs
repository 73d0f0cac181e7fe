using System.Text.Json;
using System.Text.Json.Nodes;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.Eip712;
using Tests.Unit.Ethereum.Data;
using Xunit;

namespace Tests.Unit.Ethereum.Eip712;

/// <summary>Orders and login challenges, byte for byte as the official client hashes and signs them.</summary>
public sealed class OfficialClientTests
{
    private static readonly JsonElement Vectors = OfficialClientVectors.Root;

    [Theory]
    [InlineData("AppOrder")]
    [InlineData("DatasetOrder")]
    [InlineData("WorkerpoolOrder")]
    [InlineData("RequestOrder")]
    public void An_order_hashes_and_signs_as_the_official_client_does(string type)
    {
        var order = Vectors.GetProperty("orders").GetProperty(type);
        var encodedType = order.Text("encodeType");
        var data = TypedData.Parse(Document(type, encodedType, Vectors.GetProperty("domain"), order.GetProperty("message")));

        Assert.Equal(encodedType, data.EncodedType);
        Assert.Equal(order.Text("typeHash"), Keccak256.Hash(data.EncodedType).ToString());
        Assert.Equal(Vectors.Text("domainSeparator"), data.DomainSeparator.ToString());
        Assert.Equal(order.Text("structHash"), data.StructHash.ToString());
        Assert.Equal(order.Text("orderHash"), data.Digest.ToString());

        using var key = PrivateKey.Parse(Vectors.Text("privateKey"));
        Assert.Equal(Vectors.Text("address"), key.Address.ToString());
        Assert.Equal(order.Text("sign"), key.Sign(data.Digest).ToString());
    }

    [Fact]
    public void The_domain_record_separates_as_the_official_client_does()
    {
        var domain = Vectors.GetProperty("domain");
        var record = new Eip712Domain(
            domain.Text("name"), domain.Text("version"), UInt256.Parse(domain.Text("chainId")), Address.Parse(domain.Text("verifyingContract")));
        Assert.Equal(Vectors.Text("domainSeparator"), record.Separator.ToString());
        var order = Vectors.GetProperty("orders").GetProperty("AppOrder");
        Assert.Equal(order.Text("orderHash"), record.Digest(Bytes32.Parse(order.Text("structHash"))).ToString());
    }

    [Theory]
    [InlineData("auth_market")]
    [InlineData("auth_core")]
    public void A_login_challenge_signs_as_the_official_client_does(string name)
    {
        var vector = Vectors.GetProperty(name);
        var domain = vector.GetProperty("domain");
        var document = Document("Challenge", "Challenge(string challenge)", domain, vector.GetProperty("message"));
        var digest = TypedData.Parse(document).Digest;
        Assert.Equal(vector.Text("hash"), digest.ToString());

        var record = new Eip712Domain(domain.Text("name"), domain.Text("version"), domain.GetProperty("chainId").GetInt32(), null);
        var structHash = Keccak256.Hash(
            [.. Keccak256.Hash("Challenge(string challenge)").AsSpan(), .. Keccak256.Hash(vector.GetProperty("message").Text("challenge")).AsSpan()]);
        Assert.Equal(digest, record.Digest(structHash));

        using var key = PrivateKey.Parse(Vectors.Text("privateKey"));
        Assert.Equal(vector.Text("sign"), key.Sign(digest).ToString());
        Assert.Equal(vector.Text("authorization"), $"{digest}_{key.Sign(digest)}_{key.Address}");
    }

    [Fact]
    public void The_scheduler_challenge_of_chain_15_has_the_published_hashes()
    {
        var domain = new Eip712Domain("COMMON", "1", 15, null);
        Assert.Equal("0x032ca689dd6e3f3369c7a74aae8b74a5cf8d5deb2511d68755eed205595e57a5", domain.Separator.ToString());
        var structHash = Keccak256.Hash([.. Keccak256.Hash("Challenge(string challenge)").AsSpan(), .. Keccak256.Hash("challenge").AsSpan()]);
        Assert.Equal("0xea5ec041da81859f2c04a4876d5999ed8e66ad221b5b8699ca91f6814693a80e", domain.Digest(structHash).ToString());
    }

    [Theory]
    [InlineData("web3")]
    [InlineData("web2")]
    [InlineData("app")]
    [InlineData("requester")]
    public void A_secret_authorization_is_a_personal_sign_over_the_challenge(string name)
    {
        var vector = Vectors.GetProperty("sms").GetProperty(name);
        using var key = PrivateKey.Parse(Vectors.Text("privateKey"));
        Assert.Equal(vector.Text("authorization"), key.SignMessage(Bytes32.Parse(vector.Text("challenge")).AsSpan()).ToString());
    }

    /// <summary>A document without EIP712Domain type, made from an encodeType of one struct.</summary>
    private static JsonElement Document(string type, string encodedType, JsonElement domain, JsonElement message)
    {
        var members = encodedType[(type.Length + 1)..^1].Split(',').Select(member => member.Split(' '))
            .Select(JsonNode (parts) => new JsonObject { ["name"] = parts[1], ["type"] = parts[0] });
        return JsonSerializer.SerializeToElement(new JsonObject
        {
            ["types"] = new JsonObject { [type] = new JsonArray([.. members]) },
            ["primaryType"] = type,
            ["domain"] = JsonObject.Create(domain),
            ["message"] = JsonObject.Create(message),
        });
    }
}
