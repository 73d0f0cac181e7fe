using System.Text.Json;
using System.Text.Json.Serialization;

namespace Iexec.Ethereum;

/// <summary>System.Text.Json form; public because source generation needs it.</summary>
public sealed class AddressJsonConverter : JsonConverter<Address>
{
    /// <inheritdoc/>
    public override Address Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Address.TryParse(reader.GetString(), out var address)
            ? address
            : throw new JsonException("Expected an address: 0x and 40 hexadecimal digits.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Address value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

/// <summary>System.Text.Json form; public because source generation needs it.</summary>
public sealed class Bytes32JsonConverter : JsonConverter<Bytes32>
{
    /// <inheritdoc/>
    public override Bytes32 Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Bytes32.TryParse(reader.GetString(), out var value)
            ? value
            : throw new JsonException("Expected a bytes32: 0x and 64 hexadecimal digits.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Bytes32 value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

/// <summary>Amounts travel as decimal strings; JSON numbers are read when they are whole.</summary>
public sealed class UInt256JsonConverter : JsonConverter<UInt256>
{
    /// <inheritdoc/>
    public override UInt256 Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Number => System.Text.Encoding.UTF8.GetString(reader.HasValueSequence ? System.Buffers.BuffersExtensions.ToArray(reader.ValueSequence) : reader.ValueSpan),
            _ => null,
        };
        return UInt256.TryParse(text, out var value) ? value : throw new JsonException($"{text} is not a valid uint256");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, UInt256 value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
