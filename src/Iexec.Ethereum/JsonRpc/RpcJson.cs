using System.Buffers;
using System.Text.Json;
using Iexec.Ethereum.Abi;

namespace Iexec.Ethereum.JsonRpc;

/// <summary>Requests and answers as JSON. Source: JSON-RPC 2.0 specification. Ids are positions in the batch.</summary>
internal static class RpcJson
{
    private const int InternalError = -32603;
    private const int InvalidRequest = -32600;

    public static byte[] WriteSingle(RpcCall call) => Write(writer => WriteCall(writer, call, 0));

    public static byte[] WriteBatch(ReadOnlySpan<RpcCall> calls)
    {
        var batch = calls.ToArray();
        return Write(writer =>
        {
            writer.WriteStartArray();
            for (var i = 0; i < batch.Length; i++)
            {
                WriteCall(writer, batch[i], i);
            }

            writer.WriteEndArray();
        });
    }

    /// <summary>True for an object or array that has the shape of a JSON-RPC answer.</summary>
    public static bool LooksLikeReply(JsonElement reply) => reply.ValueKind switch
    {
        JsonValueKind.Array => reply.GetArrayLength() > 0 && LooksLikeReply(reply[0]),
        JsonValueKind.Object => reply.TryGetProperty("result", out _)
            || (reply.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object),
        _ => false,
    };

    /// <exception cref="JsonException">Not a JSON-RPC answer.</exception>
    public static RpcReply ReadSingle(JsonElement reply, RevertDecoder reverts)
    {
        // Some gateways wrap even a single answer.
        var single = reply.ValueKind == JsonValueKind.Array && reply.GetArrayLength() == 1 ? reply[0] : reply;
        return LooksLikeReply(single) ? ReadReply(single, reverts) : throw NotRpc();
    }

    /// <summary>
    /// Fills <paramref name="replies"/>; false when the node refuses batches as such, so that the calls can be sent one by one.
    /// One error object for the whole batch is the answer to each call.
    /// </summary>
    /// <exception cref="JsonException">Not a JSON-RPC answer.</exception>
    public static bool TryReadBatch(JsonElement reply, Span<RpcReply> replies, RevertDecoder reverts)
    {
        if (reply.ValueKind == JsonValueKind.Array)
        {
            ReadArray(reply, replies, reverts);
            return true;
        }

        if (!LooksLikeReply(reply) || ReadReply(reply, reverts).Error is not { } error)
        {
            throw NotRpc();
        }

        replies.Fill(new RpcReply(default, error));
        return error.Code != InvalidRequest;
    }

    private static void ReadArray(JsonElement array, Span<RpcReply> replies, RevertDecoder reverts)
    {
        var answered = new bool[replies.Length];
        JsonRpcException? unaddressed = null;
        foreach (var item in array.EnumerateArray())
        {
            if (!LooksLikeReply(item))
            {
                throw NotRpc();
            }

            var reply = ReadReply(item, reverts);
            if (!TryGetId(item, replies.Length, out var id))
            {
                unaddressed ??= reply.Error;
            }
            else if (!answered[id])
            {
                answered[id] = true;
                replies[id] = reply;
            }
        }

        // A node whose limit was hit answers with one error without an id and leaves the rest out.
        unaddressed ??= new JsonRpcException(InternalError, "The node left this call of the batch without an answer.");
        for (var i = 0; i < replies.Length; i++)
        {
            if (!answered[i])
            {
                replies[i] = new RpcReply(default, unaddressed);
            }
        }
    }

    private static RpcReply ReadReply(JsonElement reply, RevertDecoder reverts) =>
        reply.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object
            ? new RpcReply(default, ReadError(error, reverts))
            : new RpcReply(reply.GetProperty("result").Clone(), null);

    private static JsonRpcException ReadError(JsonElement error, RevertDecoder reverts)
    {
        var code = error.TryGetProperty("code", out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out var value)
            ? value
            : InternalError;
        var message = RevertText.Printable(Text(error, "message") ?? "unknown error");
        return RevertReply.ToException(code, message, Data(error), reverts);
    }

    /// <summary>The member <c>data</c>: a text, or an object around it as development nodes write.</summary>
    private static string? Data(JsonElement error) => error.TryGetProperty("data", out var data)
        ? data.ValueKind switch
        {
            JsonValueKind.String => data.GetString(),
            JsonValueKind.Object => Text(data, "data") ?? Text(data, "result") ?? data.GetRawText(),
            JsonValueKind.Null => null,
            _ => data.GetRawText(),
        }
        : null;

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;

    private static bool TryGetId(JsonElement reply, int count, out int id)
    {
        id = -1;
        return reply.TryGetProperty("id", out var member)
            && member.ValueKind == JsonValueKind.Number
            && member.TryGetInt32(out id)
            && id >= 0
            && id < count;
    }

    private static void WriteCall(Utf8JsonWriter writer, RpcCall call, int id)
    {
        writer.WriteStartObject();
        writer.WriteString("jsonrpc", "2.0");
        writer.WriteNumber("id", id);
        writer.WriteString("method", call.Method);
        writer.WritePropertyName("params");
        writer.WriteRawValue(call.ParamsJson);
        writer.WriteEndObject();
    }

    private static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static JsonException NotRpc() => new("the answer is JSON but not JSON-RPC");
}
