using System.Globalization;
using System.Text.Json;
using Iexec.Market.Book;
using Iexec.Poco.Orders;
using Iexec.Sdk.Wire.Market;
using Iexec.ServiceDefaults.Http;
using Microsoft.AspNetCore.Http;

namespace Iexec.Market.Http;

/// <summary>Writes the bodies of the gateway's replies.</summary>
internal static class MarketReplies
{
    /// <summary><c>{"ok":true, …}</c>, with what <paramref name="write"/> adds.</summary>
    public static Task WriteOkAsync(this HttpResponse response, Action<Utf8JsonWriter> write) => response.WriteJsonAsync(writer =>
    {
        writer.WriteStartObject();
        writer.WriteBoolean("ok", true);
        write(writer);
        writer.WriteEndObject();
    });

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

    /// <summary>The members of the reply to a single order: flat, the chain id as text.</summary>
    public static void WriteSingleOrder(Utf8JsonWriter writer, BookOrder order, ulong chainId)
    {
        writer.WriteString("orderHash", order.Hash.ToString());
        writer.WriteString("chainId", chainId.ToString(CultureInfo.InvariantCulture));
        WriteOrderMembers(writer, order);
    }

    /// <summary>The members of a page: items, number of all, and the next page if this one is full.</summary>
    public static void WritePage<T>(Utf8JsonWriter writer, string name, IReadOnlyList<T> items, long count, Paging paging, Action<Utf8JsonWriter, T> write)
    {
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
    }

    /// <summary>The place at which a full page ends: the <c>after</c> of the next one.</summary>
    public static void WriteNextAfter<T, TPlace>(Utf8JsonWriter writer, IReadOnlyList<T> items, Paging paging, Func<T, TPlace> placeOf)
        where TPlace : struct
    {
        if (items.Count == paging.Limit)
        {
            writer.WriteString("nextAfter", placeOf(items[^1]).ToString());
        }
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
