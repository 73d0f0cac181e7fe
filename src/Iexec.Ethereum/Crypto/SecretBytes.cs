using System.Runtime.CompilerServices;

namespace Iexec.Ethereum.Crypto;

/// <summary>What is forgotten after use.</summary>
internal static class SecretBytes
{
    /// <summary>
    /// Overwrites with zeros, and is never optimized away. As CryptographicOperations.ZeroMemory, for which a command that only looks up an address would load all
    /// of the cryptography library.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    public static void Wipe(Span<byte> bytes) => bytes.Clear();
}
