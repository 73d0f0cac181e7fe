using System.Security.Cryptography;

namespace Iexec.Ethereum.KeyStore;

/// <summary>How a keystore file turns a password into a key of <paramref name="LengthBytes"/>, at least 32.</summary>
internal abstract record KeyDerivation(byte[] Salt, int LengthBytes)
{
    /// <summary>Bounds beyond every known wallet (geth: n = 262144, r = 8; c = 262144), below what hurts a machine.</summary>
    internal const long MaxScryptMemoryBytes = 512L << 20;
    internal const int MaxScryptWork = 1 << 24;
    internal const int MaxPbkdf2Iterations = 10_000_000;
    internal const int MaxLengthBytes = 256;

    /// <summary>What new files use.</summary>
    internal static ScryptDerivation Written(ReadOnlySpan<byte> salt) => new(salt.ToArray(), 32, 131072, 8, 1);

    internal abstract byte[] DeriveKey(ReadOnlySpan<byte> password);
}

internal sealed record ScryptDerivation(byte[] Salt, int LengthBytes, int N, int R, int P) : KeyDerivation(Salt, LengthBytes)
{
    internal bool IsBounded => 128L * N * R <= MaxScryptMemoryBytes && (double)N * R * P <= MaxScryptWork;

    internal override byte[] DeriveKey(ReadOnlySpan<byte> password)
    {
        var key = new byte[LengthBytes];
        Scrypt.DeriveKey(password, Salt, N, R, P, key);
        return key;
    }
}

/// <summary>PBKDF2 with HMAC-SHA-256.</summary>
internal sealed record Pbkdf2Derivation(byte[] Salt, int LengthBytes, int Iterations) : KeyDerivation(Salt, LengthBytes)
{
    internal override byte[] DeriveKey(ReadOnlySpan<byte> password) =>
        Rfc2898DeriveBytes.Pbkdf2(password, Salt, Iterations, HashAlgorithmName.SHA256, LengthBytes);
}
