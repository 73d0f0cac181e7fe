using System.Globalization;
using System.Text.Json;
using Iexec.Market.Book;
using Iexec.Poco.Orders;
using Iexec.Sdk.Wire.Market;
using Iexec.ServiceDefaults.Http;

namespace Iexec.Market.Http;

/// <summary>Writes the bodies of the gateway's replies.</summary>
internal static class MarketReplies
{
    /// <summary>A published order with its chain id as a number; without it in the feed, whose rooms name the chain.</summary>
    public static void WriteOrder(Utf8JsonWriter writer, BookOrder order, ulong? chainId)
    {
        writer.WriteStartObject();
        writer.WriteString("orderHash", order.Hash.ToString());
        WriteOrderMembers(writer, order);
        if (chainId is { } id)
        {
            writer.WriteNumber("chainId", id);
        }

        if (order.Kind == OrderKind.Dataset)
        {
            writer.WriteBoolean("bulk", order.IsBulk);
        }

        writer.WriteEndObject();
    }

    /// <summary>The reply to a single order: flat, the chain id as text.</summary>
    public static void WriteSingleOrder(Utf8JsonWriter writer, BookOrder order, ulong chainId)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("ok", true);
        writer.WriteString("orderHash", order.Hash.ToString());
        writer.WriteString("chainId", chainId.ToString(CultureInfo.InvariantCulture));
        WriteOrderMembers(writer, order);
        writer.WriteEndObject();
    }

    /// <summary>A page: items, number of all, and the next page if this one is full.</summary>
    public static void WritePage<T>(Utf8JsonWriter writer, string name, IReadOnlyList<T> items, long count, Paging paging, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("ok", true);
        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            write(writer, item);
        }

        writer.WriteEndArray();
        writer.WriteNumber("count", count);
        if (paging.NextPage(items.Count) is { } next)
        {
            writer.WriteNumber("nextPage", next);
        }

        writer.WriteEndObject();
    }

    private static void WriteOrderMembers(Utf8JsonWriter writer, BookOrder order)
    {
        writer.WritePropertyName("order");
        writer.WriteRawValue(order.OrderJson, skipInputValidation: true);
        writer.WritePropertyName("remaining");
        writer.WriteRawValue(order.Remaining.ToString());
        writer.WriteString("status", order.Status.ToText());
        writer.WriteString("publicationTimestamp", IsoTimeConverter.Format(order.PublishedAt));
        writer.WriteString("signer", order.Signer.ToString());
    }
}
