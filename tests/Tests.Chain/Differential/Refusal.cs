using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Poco.Contracts;

namespace Tests.Chain.Differential;

/// <summary>Revert data in the words of the table of differences.</summary>
internal static class Refusal
{
    private static readonly RevertDecoder Decoder = new(ContractErrors.All);

    /// <summary><c>nothing</c>, a text in quotes, or a panic's or custom error's name with its arguments.</summary>
    public static string Describe(byte[] data)
    {
        var reason = Decoder.Decode(data);
        return reason.Name switch
        {
            "Error" => $"\"{reason.Message}\"",
            "Panic" => $"Panic(0x{data[^1]:x2})",
            "" when data.Length == 0 => "nothing",
            "" => Hex.Encode(data.AsSpan(0, Math.Min(4, data.Length))),
            _ => reason.Name,
        };
    }
}
