using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;

namespace Iexec.Testing.Chain;

/// <summary>Addresses and keys that are the same in every run.</summary>
public static class TestAddress
{
    /// <summary>An address derived from a number.</summary>
    public static Address Of(ulong number, ulong salt = 0) => new(Keccak256.Hash($"address {number} {salt}").AsSpan()[12..]);

    /// <summary>A key derived from a number.</summary>
    public static PrivateKey Key(int number) => new(Keccak256.Hash($"key {number}").AsSpan());
}
