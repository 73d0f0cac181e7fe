using System.Diagnostics;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.KeyStore;

namespace Iexec.Bench.Ethereum;

/// <summary>
/// Processor time instead of wall time: what a core gives on a machine that is shared with other work. The best of several
/// rounds, since other work also costs caches.
/// </summary>
internal static class CpuTimeFigures
{
    internal static void Print()
    {
        var megabyte = new byte[1 << 20];
        var word = new byte[32];
        var derived = new byte[32];
        using var key = PrivateKey.Parse(new string('1', 64));
        var digest = Keccak256.Hash("iexec");
        var signature = key.Sign(digest);

        Measure("keccak-256, 1 MiB", 100, () => Keccak256.Hash(megabyte, derived));
        Measure("keccak-256, 32 B", 500_000, () => Keccak256.Hash(word, derived));
        Measure("sign", 3_000, () => key.Sign(digest));
        Measure("verify", 3_000, () => key.PublicKey.Verify(digest, signature));
        Measure("recover", 3_000, () => PublicKey.RecoverAddress(digest, signature));
        Measure("scrypt n=131072 r=8 p=1", 1, () => Scrypt.DeriveKey(word, word, 131072, 8, 1, derived));
    }

    private static void Measure(string name, int count, Action operation)
    {
        var best = double.MaxValue;
        for (var round = 0; round < 6; round++)
        {
            using var process = Process.GetCurrentProcess();
            var before = process.TotalProcessorTime;
            for (var i = 0; i < count; i++)
            {
                operation();
            }

            process.Refresh();
            best = Math.Min(best, (process.TotalProcessorTime - before).TotalMicroseconds / count);
        }

        Console.WriteLine($"{name,-26}{best,14:N2} µs{1e6 / best,14:N0} /s");
    }
}
