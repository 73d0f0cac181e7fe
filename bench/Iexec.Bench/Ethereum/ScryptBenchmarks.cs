using BenchmarkDotNet.Attributes;
using Iexec.Ethereum.KeyStore;
using Org.BouncyCastle.Crypto.Generators;

namespace Iexec.Bench.Ethereum;

/// <summary>The key derivation of a keystore file as it is written: n = 131072, r = 8, p = 1.</summary>
[MemoryDiagnoser]
public class ScryptBenchmarks
{
    private readonly byte[] _password = "password"u8.ToArray();
    private readonly byte[] _salt = new byte[32];
    private readonly byte[] _derived = new byte[32];

    [Benchmark]
    public void Iexec() => Scrypt.DeriveKey(_password, _salt, 131072, 8, 1, _derived);

    [Benchmark(Baseline = true)]
    public byte[] BouncyCastle() => SCrypt.Generate(_password, _salt, 131072, 8, 1, 32);
}
