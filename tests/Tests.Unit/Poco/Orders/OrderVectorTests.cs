using System.Text;
using System.Text.Json;
using Iexec.Ethereum;
using Iexec.Poco.Orders;
using Tests.Unit.Poco.Vectors;
using Xunit;

namespace Tests.Unit.Poco.Orders;

public sealed class OrderVectorTests
{
    [Fact]
    public void App_order_is_hashed_signed_and_written_as_the_official_client_does() => Check(OrderSchemas.App);

    [Fact]
    public void Dataset_order_is_hashed_signed_and_written_as_the_official_client_does() => Check(OrderSchemas.Dataset);

    [Fact]
    public void Workerpool_order_is_hashed_signed_and_written_as_the_official_client_does() => Check(OrderSchemas.Workerpool);

    [Fact]
    public void Request_order_is_hashed_signed_and_written_as_the_official_client_does() => Check(OrderSchemas.Request);

    private static void Check<TOrder>(OrderSchema<TOrder> schema)
        where TOrder : Order
    {
        var vector = SdkVectors.Order(schema.TypeName);
        var json = SignedJson(vector);
        var signed = schema.ReadSignedJson(json.RootElement);

        Assert.Equal(SdkVectors.Text(vector, "encodeType"), schema.EncodeType);
        Assert.Equal(SdkVectors.Text(vector, "structHash"), schema.StructHash(signed.Order).ToString());
        Assert.Equal(SdkVectors.Text(vector, "orderHash"), schema.Hash(signed.Order, SdkVectors.Domain).ToString());
        Assert.Equal(SdkVectors.Text(vector, "orderHash"), OrderSchemas.Hash(signed.Order, SdkVectors.Domain).ToString());
        Assert.Equal(SdkVectors.Text(vector, "sign"), Hex.Encode(schema.SignAsIs(signed.Order, SdkVectors.Key, SdkVectors.Domain).Sign.Span));
        Assert.Equal(SdkVectors.Key.Address, schema.RecoverSigner(signed, SdkVectors.Domain));
        Assert.Equal(Compact(json.RootElement), Write(writer => schema.WriteJson(writer, signed)));
    }

    private static JsonDocument SignedJson(JsonElement vector)
    {
        var members = vector.GetProperty("message").EnumerateObject().ToDictionary(member => member.Name, member => member.Value.GetString()!);
        members["sign"] = SdkVectors.Text(vector, "sign");
        return JsonDocument.Parse(JsonSerializer.Serialize(members));
    }

    private static string Compact(JsonElement json) => JsonSerializer.Serialize(json);

    private static string Write(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
