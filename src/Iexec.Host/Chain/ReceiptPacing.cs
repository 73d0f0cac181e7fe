using System.Collections.Concurrent;
using System.Text.Json;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;

namespace Iexec.Host.Chain;

/// <summary>
/// How long the answer to a question for a receipt has to wait. Libraries of wallets (ethers 6: 250 ms) give the answer to a question once more if it comes again
/// soon. Where a block comes within that time, they sign their next transaction with the nonce of the last one and it is refused as too low. So a sender
/// hears that a transaction is mined only when what his library has remembered of the time before it is forgotten.
/// </summary>
internal sealed class ReceiptPacing(TimeProvider time)
{
    /// <summary>From the arrival of a transaction to the first answer about its receipt.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(350);

    private readonly ConcurrentDictionary<Bytes32, long> _sent = new();

    /// <summary>Notes what a request sends and says how long its answer has to wait.</summary>
    /// <param name="body">JSON-RPC, one call or a batch. Anything else waits for nothing: the node will say what is wrong with it.</param>
    public TimeSpan Note(ReadOnlyMemory<byte> body)
    {
        // Nearly every request is about something else.
        if (body.Span.IndexOf("eth_sendRawTransaction"u8) < 0 && (_sent.IsEmpty || body.Span.IndexOf("eth_getTransactionReceipt"u8) < 0))
        {
            return TimeSpan.Zero;
        }

        Forget();
        try
        {
            using var calls = JsonDocument.Parse(body);
            return calls.RootElement.ValueKind == JsonValueKind.Array
                ? calls.RootElement.EnumerateArray().Select(Note).DefaultIfEmpty().Max()
                : Note(calls.RootElement);
        }
        catch (JsonException)
        {
            return TimeSpan.Zero;
        }
    }

    private TimeSpan Note(JsonElement call)
    {
        if (call.ValueKind != JsonValueKind.Object || Text(call, "method") is not { } method ||
            !call.TryGetProperty("params", out var given) || given.ValueKind != JsonValueKind.Array || given.GetArrayLength() == 0 ||
            given[0].ValueKind != JsonValueKind.String || !Hex.TryDecode(given[0].GetString(), out var bytes))
        {
            return TimeSpan.Zero;
        }

        if (method == "eth_sendRawTransaction")
        {
            _sent.TryAdd(Keccak256.Hash(bytes), time.GetTimestamp());
        }

        return method == "eth_getTransactionReceipt" && bytes.Length == Bytes32.Size && _sent.TryGetValue(new Bytes32(bytes), out var sent)
            ? TimeSpan.FromTicks(Math.Max(0, (Pause - time.GetElapsedTime(sent)).Ticks))
            : TimeSpan.Zero;
    }

    private static string? Text(JsonElement call, string name) =>
        call.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private void Forget()
    {
        foreach (var (hash, sent) in _sent)
        {
            if (time.GetElapsedTime(sent) >= Pause)
            {
                _sent.TryRemove(hash, out _);
            }
        }
    }
}
