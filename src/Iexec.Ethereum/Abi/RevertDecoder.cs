namespace Iexec.Ethereum.Abi;

/// <summary>Why a call reverted. <paramref name="Name"/> is <c>Error</c>, <c>Panic</c>, a custom error's name, or empty when there was no data.</summary>
public sealed record RevertReason(string Name, string Message, byte[] Data);

/// <summary>Turns revert data into words: Error(string), Panic(uint256) with its meaning, and custom errors that were registered.</summary>
public sealed class RevertDecoder
{
    private const int SelectorSize = 4;
    private const uint ErrorSelector = 0x08c379a0;
    private const uint PanicSelector = 0x4e487b71;

    private readonly Dictionary<uint, CustomError> _customErrors = [];

    /// <summary>Knows the two built-in errors and the given custom ones, canonical signatures such as <c>IncompatibleDatasetOrder(string)</c>.</summary>
    public RevertDecoder(params IEnumerable<string> customErrors)
    {
        foreach (var signature in customErrors)
        {
            _customErrors[Selector(new AbiSignature(signature).Selector)] = CustomError.Parse(signature);
        }
    }

    /// <summary>Never throws: unknown data is shown as hexadecimal.</summary>
    public RevertReason Decode(ReadOnlyMemory<byte> data)
    {
        var bytes = data.ToArray();
        if (bytes.Length == 0)
        {
            return new RevertReason("", "", bytes);
        }

        try
        {
            return Known(bytes) ?? new RevertReason("", RevertText.Hexadecimal(bytes), bytes);
        }
        catch (AbiException)
        {
            // Any contract may write these bytes; a selector we know in front of something else is still only bytes.
            return new RevertReason("", RevertText.Hexadecimal(bytes), bytes);
        }
    }

    private RevertReason? Known(byte[] data)
    {
        if (data.Length < SelectorSize)
        {
            return null;
        }

        var reader = new AbiReader(data.AsMemory(SelectorSize));
        return Selector(data) switch
        {
            ErrorSelector => new RevertReason("Error", RevertText.Printable(reader.String()), data),
            PanicSelector => new RevertReason("Panic", PanicCode.Describe(reader.Uint()), data),
            var selector when _customErrors.TryGetValue(selector, out var error) => new RevertReason(error.Name, error.Describe(reader), data),
            _ => null,
        };
    }

    private static uint Selector(ReadOnlySpan<byte> bytes) => System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
