using Iexec.Ethereum;


namespace Iexec.Bench.Cli;

/// <summary><c>dataset encrypt</c> of a large file: bytes in a second, and memory that must not grow with the file.</summary>
internal static class DatasetFigures
{
    private const long OfficialBytes = 100_000_000;
    private const long OurBytes = 1_000_000_000;
    private static readonly string[] Encrypt = ["dataset", "encrypt", "--force", "--raw"];

    /// <summary>Medians of the original with 100 MB and of ours with 1 GB.</summary>
    public static async Task<(Measured Official, Measured Ours)> RunAsync(Client official, Client ours, int count)
    {
        await PrepareAsync(official, OfficialBytes);
        await PrepareAsync(ours, OurBytes);
        var (theirs, own) = (new List<Measured>(), new List<Measured>());
        for (var i = 0; i < count; i++)
        {
            theirs.Add(await official.RunAsync(Encrypt));
            own.Add(await ours.RunAsync(Encrypt));
        }

        return (Pairs.Median(theirs), Pairs.Median(own));
    }

    /// <summary>MB (10⁶ bytes) in a second.</summary>
    public static double OfficialRate(Measured measured) => OfficialBytes / 1e6 / measured.Wall.TotalSeconds;

    /// <inheritdoc cref="OfficialRate"/>
    public static double OurRate(Measured measured) => OurBytes / 1e6 / measured.Wall.TotalSeconds;

    private static async Task PrepareAsync(Client client, long size)
    {
        await client.DoAsync("dataset init --encrypted");
        var noise = new byte[1 << 20];
        SystemEntropy.Instance.Fill(noise);
        await using var file = File.Create(client["datasets/original/large.bin"]);
        for (var left = size; left > 0; left -= noise.Length)
        {
            await file.WriteAsync(noise.AsMemory(0, (int)Math.Min(noise.Length, left)));
        }
    }
}
