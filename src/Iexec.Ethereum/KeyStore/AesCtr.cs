using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Iexec.Ethereum.KeyStore;

/// <summary>AES in counter mode (NIST SP 800-38A §6.5), which the BCL lacks, from its single blocks.</summary>
internal static class AesCtr
{
    private const int BlockSize = 16;

    /// <summary>Encrypts or decrypts, which is the same. <paramref name="iv"/> is the first counter block, most significant byte first.</summary>
    internal static byte[] Transform(ReadOnlySpan<byte> key, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> data)
    {
        using var aes = Aes.Create();
        aes.SetKey(key);
        var blocks = (data.Length + BlockSize - 1) / BlockSize;
        var keystream = new byte[blocks * BlockSize];
        var counter = BinaryPrimitives.ReadUInt128BigEndian(iv);
        for (var i = 0; i < blocks; i++)
        {
            BinaryPrimitives.WriteUInt128BigEndian(keystream.AsSpan(i * BlockSize), unchecked(counter + (uint)i));
        }

        aes.EncryptEcb(keystream, keystream, PaddingMode.None);
        var result = data.ToArray();
        for (var i = 0; i < result.Length; i++)
        {
            result[i] ^= keystream[i];
        }

        CryptographicOperations.ZeroMemory(keystream);
        return result;
    }
}
