using System.Text.Json;

namespace Iexec.Market.Feed.Socket;

/// <summary>
/// Packets of the Engine.IO protocol, version 4, and of the Socket.IO protocol, version 5, inside its messages; as text. The first digit is Engine.IO's type,
/// the second, in a message, Socket.IO's.
/// </summary>
internal static class SocketPacket
{
    public const string Close = "1";
    public const string Ping = "2";
    public const string Pong = "3";
    public const string Probe = "2probe";
    public const string ProbeAnswer = "3probe";
    public const string Upgrade = "5";
    public const string Noop = "6";
    public const string Connect = "40";
    public const string Disconnect = "41";
    public const string Refusal = """44{"message":"Invalid namespace"}""";

    /// <summary>Packets in one body of the polling transport are told apart by this.</summary>
    public const char Separator = '\u001e';

    private static readonly JsonDocumentOptions Limits = new() { MaxDepth = 8 };

    /// <summary>The first packet: who the session is and what the server expects of it.</summary>
    public static string Open(string sid, bool canUpgrade) =>
        $$"""0{"sid":"{{sid}}","upgrades":[{{(canUpgrade ? "\"websocket\"" : "")}}],"pingInterval":{{SocketSession.PingInterval.TotalMilliseconds}}"""
        + $$""","pingTimeout":{{SocketSession.PingTimeout.TotalMilliseconds}},"maxPayload":{{SocketSession.LargestMessage}}}""";

    public static string Connected(string sid) => $$"""40{"sid":"{{sid}}"}""";

    /// <summary>An event with its payload; its number follows as a second argument, for those who want to read on after a pause.</summary>
    public static string Event(FeedEvent e) => $$"""42["{{e.Name}}",{{e.Payload}},{"seq":{{e.Seq}}}]""";

    public static string Acknowledge(string id, bool isDone) => $"43{id}[{(isDone ? "true" : "false")}]";

    /// <summary>Reads an event of a client, <c>42</c>, perhaps the number of an acknowledgement, a JSON array.</summary>
    public static bool TryReadEvent(string packet, out SocketCall call)
    {
        call = default;
        if (!packet.StartsWith("42", StringComparison.Ordinal))
        {
            return false;
        }

        var start = 2;
        while (start < packet.Length && char.IsAsciiDigit(packet[start]) && start < 20)
        {
            start++;
        }

        try
        {
            using var document = JsonDocument.Parse(packet.AsMemory(start), Limits);
            if (document.RootElement.ValueKind != JsonValueKind.Array || document.RootElement.GetArrayLength() == 0
                || document.RootElement[0].ValueKind != JsonValueKind.String)
            {
                return false;
            }

            var arguments = document.RootElement;
            var data = arguments.GetArrayLength() > 1 && arguments[1].ValueKind == JsonValueKind.Object ? arguments[1] : default;
            call = new SocketCall(arguments[0].GetString()!, packet[2..start], Text(data, "chainId"), Text(data, "topic") ?? Text(data, "category"));
            return true;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // No JSON, or an escape that is no text.
            return false;
        }
    }

    private static string? Text(JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value)
            ? value.ValueKind switch { JsonValueKind.String => value.GetString(), JsonValueKind.Number => value.GetRawText(), _ => null }
            : null;
}

/// <summary>What a client asks: the event's name, the number under which it wants to be answered (may be empty), and the room.</summary>
internal readonly record struct SocketCall(string Name, string AnswerId, string? ChainId, string? Topic);
