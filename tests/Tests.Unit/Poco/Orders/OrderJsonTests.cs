using System.Text.Json;
using Iexec.Ethereum;
using Iexec.Poco.Contracts;
using Iexec.Poco.Orders;
using Xunit;

namespace Tests.Unit.Poco.Orders;

public sealed class OrderJsonTests
{
    private const string Request = """
        {
          "app": "0x323190d01fac21d5050d7f7fcdf370e5eb4bd065", "appmaxprice": 5, "dataset": "0x0000000000000000000000000000000000000000",
          "datasetmaxprice": "0", "workerpool": "0x0000000000000000000000000000000000000000", "workerpoolmaxprice": "0.5 RLC",
          "volume": "1", "category": "1", "trust": "0", "tag": ["tee", "tdx"], "beneficiary": "0x0000000000000000000000000000000000000000",
          "callback": "0x0000000000000000000000000000000000000000", "params": "{ \"0\": \"--help\" }",
          "requester": "f39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
        }
        """;

    [Fact]
    public void A_draft_takes_what_people_write()
    {
        var order = OrderSchemas.Request.ReadJson(Parse(Request));

        Assert.Equal((UInt256)500_000_000, order.WorkerpoolMaxPrice);
        Assert.Equal((UInt256)5, order.AppMaxPrice);
        Assert.Equal(Tag.Of(Tag.TeeBit, Tag.TdxBit), order.Tag);
        Assert.Equal("0x323190D01FaC21d5050D7F7fcDF370e5eB4bd065", order.App.ToString());
    }

    [Fact]
    public void Params_text_is_kept_byte_for_byte_and_an_object_is_written_without_spaces()
    {
        Assert.Equal("{ \"0\": \"--help\" }", OrderSchemas.Request.ReadJson(Parse(Request)).Params);
        var written = Request.Replace("\"{ \\\"0\\\": \\\"--help\\\" }\"", "{ \"iexec_args\": \"é < 1\", \"n\": 1.50 }", StringComparison.Ordinal);
        Assert.Equal("{\"iexec_args\":\"é < 1\",\"n\":1.50}", OrderSchemas.Request.ReadJson(Parse(written)).Params);
    }

    [Theory]
    [InlineData("app", null, "app is a required field")]
    [InlineData("requester", null, "requester is a required field")]
    [InlineData("app", "\"0x12\"", "0x12 is not a valid ethereum address")]
    [InlineData("app", "12", "app must be a string")]
    [InlineData("volume", "-1", "-1 is not a valid uint256")]
    [InlineData("volume", "\"1e3\"", "1e3 is not a valid uint256")]
    [InlineData("volume", "1.5", "1.5 is not a valid uint256")]
    [InlineData("volume", "\"0x10\"", "0x10 is not a valid uint256")]
    [InlineData("volume", "\"\"", " is not a valid uint256")]
    [InlineData("volume", "\"115792089237316195423570985008687907853269984665640564039457584007913129639936\"", "115792089237316195423570985008687907853269984665640564039457584007913129639936 is not a valid uint256")]
    [InlineData("appmaxprice", "\"1 eth\"", "1 eth is not a valid amount")]
    [InlineData("tag", "\"foo\"", "foo is not a valid tag. Unknown tag foo")]
    [InlineData("params", "[]", "params must be a string")]
    public void A_draft_with_a_fault_is_refused_in_the_official_words(string member, string? value, string message)
    {
        var members = Parse(Request).EnumerateObject().ToDictionary(item => item.Name, item => item.Value.GetRawText());
        members.Remove(member);
        if (value is not null)
        {
            members[member] = value;
        }

        var json = $"{{{string.Join(',', members.Select(item => $"\"{item.Key}\":{item.Value}"))}}}";
        var error = Assert.Throws<FormatException>(() => OrderSchemas.Request.ReadJson(Parse(json)));
        Assert.Equal(message, error.Message);
    }

    [Theory]
    [InlineData("salt", "salt is a required field")]
    [InlineData("sign", "sign is a required field")]
    public void A_signed_order_needs_salt_and_sign(string member, string message)
    {
        var members = Vectors.SdkVectors.Order("AppOrder").GetProperty("message").EnumerateObject().ToDictionary(item => item.Name, item => item.Value.GetString()!);
        members["sign"] = "0x";
        members.Remove(member);

        var error = Assert.Throws<FormatException>(() => OrderSchemas.App.ReadSignedJson(JsonSerializer.SerializeToElement(members)));
        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void A_draft_that_is_written_and_read_is_the_same()
    {
        var order = OrderSchemas.Request.ReadJson(Parse(Request));
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            OrderSchemas.Request.WriteJson(writer, order);
        }

        Assert.Equal(order, OrderSchemas.Request.ReadJson(Parse(System.Text.Encoding.UTF8.GetString(buffer.ToArray()))));
    }

    [Fact]
    public void Order_structs_are_those_of_the_contract()
    {
        // The selector hashes the members' types, so a schema that differs from the contract's struct cannot give it.
        var signature = new Iexec.Ethereum.Abi.AbiSignature(
            $"matchOrders({OrderSchemas.App.AbiTuple},{OrderSchemas.Dataset.AbiTuple},{OrderSchemas.Workerpool.AbiTuple},{OrderSchemas.Request.AbiTuple})");
        Assert.Equal(HubContract.MatchOrdersSelector, signature.Selector);
    }

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
