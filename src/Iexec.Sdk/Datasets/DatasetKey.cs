using System.Buffers.Text;
using System.Text;
using Iexec.Ethereum;
using Iexec.Sdk.Errors;

namespace Iexec.Sdk.Datasets;

/// <summary>The key of a dataset: AES-256, written as base64 of 32 bytes (44 characters, no line feed).</summary>
public sealed class DatasetKey
{
    /// <summary>Bytes of a key.</summary>
    public const int Size = 32;

    private readonly byte[] _bytes;

    private DatasetKey(byte[] bytes) => _bytes = bytes;

    /// <summary>A new key.</summary>
    public static DatasetKey Generate(IEntropySource entropy)
    {
        ArgumentNullException.ThrowIfNull(entropy);
        var bytes = new byte[Size];
        entropy.Fill(bytes);
        return new DatasetKey(bytes);
    }

    /// <summary>Reads the text form.</summary>
    /// <exception cref="IexecException">ValidationError; the text is not repeated.</exception>
    public static DatasetKey Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Span<byte> bytes = stackalloc byte[Size + 4];
        return text.Length == 44 && Base64.DecodeFromUtf8(Encoding.UTF8.GetBytes(text), bytes, out _, out var written) == System.Buffers.OperationStatus.Done && written == Size
            ? new DatasetKey(bytes[..Size].ToArray())
            : throw new IexecException(ErrorCode.ValidationError, "The secret is not a valid encryption key (must be base64 encoded 256 bits key)", new Advice("A key is 32 random bytes, written in base64.", Remedy.MakeDatasetKey));
    }

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The text form. Named so that no message holds it by accident.</summary>
    public string ExportText() => Convert.ToBase64String(_bytes);
}
