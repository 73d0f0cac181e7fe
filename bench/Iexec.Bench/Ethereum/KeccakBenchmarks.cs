using BenchmarkDotNet.Attributes;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Org.BouncyCastle.Crypto.Digests;

namespace Iexec.Bench.Ethereum;

/// <summary>Keccak-256 of a word (a mapping slot, a public key) and of a megabyte (throughput).</summary>
[MemoryDiagnoser]
public class KeccakBenchmarks
{
    private readonly byte[] _digest = new byte[Bytes32.Size];
    private byte[] _data = [];

    [Params(32, 1 << 20)]
    public int LengthBytes { get; set; }

    [GlobalSetup]
    public void Setup() => _data = new byte[LengthBytes];

    [Benchmark]
    public void Iexec() => Keccak256.Hash(_data, _digest);

    [Benchmark(Baseline = true)]
    public void BouncyCastle()
    {
        var digest = new KeccakDigest(256);
        digest.BlockUpdate(_data, 0, _data.Length);
        digest.DoFinal(_digest, 0);
    }
}
