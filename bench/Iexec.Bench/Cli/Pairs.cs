namespace Iexec.Bench.Cli;

/// <summary>The medians of one command.</summary>
internal sealed record PairResult(CliRow Row, Measured Official, Measured Ours);

/// <summary>Runs the two programs in turns, so that what else happens on the machine meets both.</summary>
internal static class Pairs
{
    public static async Task<PairResult> RunAsync(CliRow row, Client official, Client ours, int count)
    {
        var (theirs, own) = (new List<Measured>(), new List<Measured>());
        for (var i = -1; i < count; i++)
        {
            foreach (var (client, list) in new[] { (official, theirs), (ours, own) })
            {
                await row.Before(client);
                var measured = await client.RunAsync(row.Arguments, row.Below);
                if (i >= 0)
                {
                    list.Add(measured); // The first pair only warms the caches of files.
                }
            }
        }

        return new PairResult(row, Median(theirs), Median(own));
    }

    /// <summary>Of time and of memory, each for itself.</summary>
    public static Measured Median(IReadOnlyList<Measured> all) =>
        new(all.Select(measured => measured.Wall).Order().ElementAt(all.Count / 2), all.Select(measured => measured.PeakBytes).Order().ElementAt(all.Count / 2), "");
}
