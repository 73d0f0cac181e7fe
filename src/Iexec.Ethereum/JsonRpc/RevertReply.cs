using Iexec.Ethereum.Abi;

namespace Iexec.Ethereum.JsonRpc;

/// <summary>Finds the revert data in an error: nodes disagree on where it lies.</summary>
internal static class RevertReply
{
    /// <summary>The error as the caller sees it. <paramref name="data"/> is the member <c>data</c>: a text, or the text inside an object.</summary>
    public static JsonRpcException ToException(int code, string message, string? data, RevertDecoder decoder)
    {
        if (NodeErrors.Classify(code, message) != NodeErrorKind.Reverted)
        {
            return new JsonRpcException(code, message, data);
        }

        var reason = TryHex(data, out var bytes) ? decoder.Decode(bytes) : new RevertReason("", "", []);
        return new RevertException(reason.Message.Length == 0 ? reason with { Message = ReasonIn(message) } : reason, code, data);
    }

    /// <summary>Some nodes give the reason only in words: <c>execution reverted: reason</c>.</summary>
    private static string ReasonIn(string message)
    {
        const string Prefix = "execution reverted: ";
        return message.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? RevertText.Printable(message[Prefix.Length..]) : "";
    }

    private static bool TryHex(string? data, out byte[] bytes)
    {
        bytes = [];
        // OpenEthereum's form is "Reverted 0x…".
        var start = data?.IndexOf("0x", StringComparison.Ordinal) ?? -1;
        return start >= 0 && Hex.TryDecode(data![start..], out bytes);
    }
}
