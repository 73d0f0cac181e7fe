using System.Buffers.Binary;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;

namespace Iexec.Testing;

/// <summary>Entropy that a seed reproduces: keccak-256 of seed and counter.</summary>
public sealed class SeededEntropy(ulong seed) : IEntropySource
{
    private readonly Lock _gate = new();
    private ulong _counter;

    public void Fill(Span<byte> destination)
    {
        lock (_gate)
        {
            Span<byte> block = stackalloc byte[16];
            while (!destination.IsEmpty)
            {
                BinaryPrimitives.WriteUInt64BigEndian(block, seed);
                BinaryPrimitives.WriteUInt64BigEndian(block[8..], _counter++);
                var bytes = Keccak256.Hash(block);
                var length = Math.Min(destination.Length, Bytes32.Size);
                bytes.AsSpan()[..length].CopyTo(destination);
                destination = destination[length..];
            }
        }
    }
}
