using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Iexec.Ethereum;

namespace Iexec.Sdk.Wire.Market;

/// <summary>A 256-bit integer as a bare JSON number, the gateway's form; reads text too.</summary>
internal sealed class JsonNumberConverter : JsonConverter<UInt256>
{
    private static readonly UInt256JsonConverter Reader = new();

    /// <inheritdoc/>
    public override UInt256 Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Reader.Read(ref reader, typeToConvert, options);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, UInt256 value, JsonSerializerOptions options) => writer.WriteRawValue(value.ToString());
}

/// <summary>A time as JavaScript writes it: UTC with milliseconds and <c>Z</c>.</summary>
internal sealed class IsoTimeConverter : JsonConverter<DateTimeOffset>
{
    /// <summary>e.g. <c>2019-09-11T10:03:38.068Z</c>.</summary>
    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(Format(value));
}

/// <summary>Serializers of the gateway's records, made at build time.</summary>
[JsonSerializable(typeof(MarketDeal))]
internal sealed partial class MarketJson : JsonSerializerContext;
