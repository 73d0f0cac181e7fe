using System.Text.Json;
using System.Text.Json.Nodes;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.Eip712;
using Xunit;

namespace Tests.Unit.Ethereum.Eip712;

public sealed class TypedDataTests
{
    /// <summary>The example of EIP-712 (assets/eip-712/Example.js, CC0); its key is keccak-256("cow").</summary>
    private const string Mail =
        """
        {
          "types": {
            "EIP712Domain": [
              {"name": "name", "type": "string"}, {"name": "version", "type": "string"},
              {"name": "chainId", "type": "uint256"}, {"name": "verifyingContract", "type": "address"}
            ],
            "Person": [{"name": "name", "type": "string"}, {"name": "wallet", "type": "address"}],
            "Mail": [{"name": "from", "type": "Person"}, {"name": "to", "type": "Person"}, {"name": "contents", "type": "string"}]
          },
          "primaryType": "Mail",
          "domain": {
            "name": "Ether Mail", "version": "1", "chainId": 1, "verifyingContract": "0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC"
          },
          "message": {
            "from": {"name": "Cow", "wallet": "0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826"},
            "to": {"name": "Bob", "wallet": "0xbBbBBBBbbBBBbbbBbbBbbbbBBbBbbbbBbBbbBBbB"},
            "contents": "Hello, Bob!"
          }
        }
        """;

    [Fact]
    public void The_mail_example_of_the_EIP_comes_out()
    {
        var data = Parse(Mail);
        Assert.Equal("Mail(Person from,Person to,string contents)Person(string name,address wallet)", data.EncodedType);
        Assert.Equal("0xf2cee375fa42b42143804025fc449deafd50cc031ca257e0b194a650a912090f", data.DomainSeparator.ToString());
        Assert.Equal("0xc52c0ee5d84264471806290a3f2c4cecfc5490626bf912d01f240d7a274b371e", data.StructHash.ToString());
        Assert.Equal("0xbe609aee343fb3c4b28e1df9e632fca64fcfaede20f02e86244efddf30957bd2", data.Digest.ToString());

        using var cow = new PrivateKey(Keccak256.Hash("cow").AsSpan());
        Assert.Equal("0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826", cow.Address.ToString());
        Assert.Equal(
            "0x4355c47d63924e8a72e509b65029052eb6c299d53a04e167c5775fd466751c9d07299936d304c153f6443dfa05f40ff007d72911b6f72307f996231605b915621c",
            cow.Sign(data.Digest).ToString());
    }

    [Theory]
    [InlineData("1")]
    [InlineData("\"1\"")]
    [InlineData("\"0x1\"")]
    [InlineData("\"0x01\"")]
    public void A_chain_id_may_be_a_number_or_a_text(string chainId) =>
        Assert.Equal(Parse(Mail).Digest, Parse(Mail.Replace("\"chainId\": 1", $"\"chainId\": {chainId}", StringComparison.Ordinal)).Digest);

    [Fact]
    public void A_missing_domain_type_is_derived_in_the_order_of_the_EIP()
    {
        var document = JsonNode.Parse(Mail)!;
        document["types"]!.AsObject().Remove("EIP712Domain");
        document["domain"] = new JsonObject
        {
            ["verifyingContract"] = "0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC", ["chainId"] = "1", ["version"] = "1", ["name"] = "Ether Mail",
        };
        Assert.Equal(Parse(Mail).Digest, Parse(document.ToJsonString()).Digest);
    }

    [Fact]
    public void A_document_about_its_domain_alone_signs_the_domain_alone()
    {
        var document = JsonNode.Parse(Mail)!;
        document["primaryType"] = "EIP712Domain";
        var data = Parse(document.ToJsonString());
        Assert.Null(data.StructHash);
        Assert.Equal(Keccak256.Hash([0x19, 0x01, .. data.DomainSeparator.AsSpan()]), data.Digest);
    }

    [Fact]
    public void Arrays_hash_the_words_of_their_elements_and_structs_their_hash()
    {
        var word1 = UInt256.One.ToBytes32();
        var person = Keccak256.Hash([.. Keccak256.Hash("P(uint8 a)").AsSpan(), .. word1.AsSpan()]);
        Assert.Equal(
            Keccak256.Hash([.. Keccak256.Hash("S(P[] m)P(uint8 a)").AsSpan(), .. Keccak256.Hash([.. person.AsSpan(), .. person.AsSpan()]).AsSpan()]),
            Struct("P[]", """[{"a": 1}, {"a": 1}]""").StructHash);
        Assert.Equal(
            Keccak256.Hash(
            [
                .. Keccak256.Hash("S(uint8[][2] m)").AsSpan(),
                .. Keccak256.Hash([.. Keccak256.Hash(word1.AsSpan()).AsSpan(), .. Keccak256.Hash("").AsSpan()]).AsSpan(),
            ]),
            Struct("uint8[][2]", "[[1], []]").StructHash);
    }

    [Theory]
    [InlineData("int8", "-128", "0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff80")]
    [InlineData("int8", "\"127\"", "0x000000000000000000000000000000000000000000000000000000000000007f")]
    [InlineData("int256", "-1", "0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("int256", "\"-57896044618658097711785492504343953926634992332820282019728792003956564819968\"", "0x8000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("uint256", "\"0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff\"", "0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("uint8", "255", "0x00000000000000000000000000000000000000000000000000000000000000ff")]
    [InlineData("bool", "true", "0x0000000000000000000000000000000000000000000000000000000000000001")]
    [InlineData("bytes4", "\"0x12345678\"", "0x1234567800000000000000000000000000000000000000000000000000000000")]
    [InlineData("bytes", "\"0x616263\"", "0x4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45")]
    [InlineData("string", "\"abc\"", "0x4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45")]
    [InlineData("address", "\"0xccccccccccccccccccccccccccccccccccccCCCC\"", "0x000000000000000000000000cccccccccccccccccccccccccccccccccccccccc")]
    public void Atomic_values_become_their_word(string type, string value, string word) =>
        Assert.Equal(
            Keccak256.Hash([.. Keccak256.Hash($"S({type} m)").AsSpan(), .. Bytes32.Parse(word).AsSpan()]),
            Struct(type, value).StructHash);

    [Theory]
    [InlineData("int8", "128")]
    [InlineData("int8", "-129")]
    [InlineData("uint8", "256")]
    [InlineData("uint8", "-1")]
    [InlineData("uint256", "1.5")]
    [InlineData("uint256", "1e3")]
    [InlineData("uint256", "\"\"")]
    [InlineData("uint256", "\" 1\"")]
    [InlineData("uint256", "\"+1\"")]
    [InlineData("uint256", "null")]
    [InlineData("uint256", "\"115792089237316195423570985008687907853269984665640564039457584007913129639936\"")]
    [InlineData("bool", "1")]
    [InlineData("bool", "\"true\"")]
    [InlineData("bytes4", "\"0x123456\"")]
    [InlineData("bytes4", "\"12345678\"")]
    [InlineData("bytes", "\"0x123\"")]
    [InlineData("string", "5")]
    [InlineData("address", "\"0x12\"")]
    [InlineData("uint8[2]", "[1]")]
    [InlineData("uint8[]", "1")]
    [InlineData("P", "null")]
    [InlineData("P", "{}")]
    public void A_value_that_does_not_fit_is_refused_with_its_path(string type, string value) =>
        Assert.Contains("message.m", Assert.Throws<FormatException>(() => Struct(type, value)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("uint")]
    [InlineData("int")]
    [InlineData("uint7")]
    [InlineData("uint264")]
    [InlineData("bytes33")]
    [InlineData("uint8[0]")]
    [InlineData("uint8[-1]")]
    [InlineData("uint8[")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("Nobody")]
    [InlineData("S")]
    [InlineData("S[]")]
    [InlineData("uint8[][][][][][][][][][][][][][][][][][]")]
    public void A_type_that_does_not_exist_or_contains_itself_is_refused(string type) =>
        Assert.Contains("types.S", Assert.Throws<FormatException>(() => Struct(type, "1")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"types": {}, "primaryType": "X", "domain": {}, "message": {}}""")]
    [InlineData("""{"types": {"X": []}, "primaryType": "X", "domain": {"color": "red"}, "message": {}}""")]
    [InlineData("""{"types": {"X": []}, "primaryType": "X", "domain": {}, "message": 5}""")]
    [InlineData("""{"types": {"X": [{"name": "a", "type": "bool"}, {"name": "a", "type": "bool"}]}, "primaryType": "X", "domain": {}, "message": {"a": true}}""")]
    [InlineData("""{"types": {"uint8": []}, "primaryType": "uint8", "domain": {}, "message": {}}""")]
    [InlineData("""{"types": {"A": [{"name": "b", "type": "B"}], "B": [{"name": "a", "type": "A[]"}]}, "primaryType": "A", "domain": {}, "message": {"b": {"a": []}}}""")]
    public void A_malformed_document_is_refused(string document) => Assert.Throws<FormatException>(() => Parse(document));

    private static TypedData Struct(string type, string value) => Parse(
        $$$"""
        {"types": {"S": [{"name": "m", "type": "{{{type}}}"}], "P": [{"name": "a", "type": "uint8"}]},
         "primaryType": "S", "domain": {}, "message": {"m": {{{value}}}, "ignored": 1}}
        """);

    private static TypedData Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return TypedData.Parse(document.RootElement);
    }
}
