namespace Iexec.Ethereum.Crypto.Secp256k1;

/// <summary>
/// Factors that cancel out: results are the same, the numbers on the way are others each time. They come from the system and not
/// from an <see cref="IEntropySource"/>, since no seed may make them known and no result depends on them.
/// </summary>
internal static class Blinding
{
    /// <summary>1 … n−1.</summary>
    internal static Scalar NextScalar()
    {
        Span<byte> bytes = stackalloc byte[Bytes32.Size];
        SystemEntropy.Instance.Fill(bytes);
        var scalar = Scalar.Read(bytes, out _);
        SecretBytes.Wipe(bytes);
        return scalar.IsZero == 0 ? scalar : Scalar.One;
    }

    /// <summary>1 … p−1.</summary>
    internal static FieldElement NextElement()
    {
        Span<byte> bytes = stackalloc byte[Bytes32.Size];
        SystemEntropy.Instance.Fill(bytes);
        var isElement = FieldElement.TryRead(bytes, out var element);
        SecretBytes.Wipe(bytes);
        return isElement && element.IsZero == 0 ? element : FieldElement.One;
    }
}
