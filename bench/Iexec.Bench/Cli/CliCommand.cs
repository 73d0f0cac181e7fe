using System.Diagnostics;
using System.Globalization;
using Iexec.Ethereum.KeyStore;
using Iexec.Testing;

namespace Iexec.Bench.Cli;

/// <summary>The release build of this program beside npm <c>iexec</c> 9.0.1, as whole processes, on one network.</summary>
internal static class CliCommand
{
    private const int DatasetRuns = 3;
    private static readonly string[] Usage = ["--write", "--pairs", "--only"];

    /// <summary>
    /// Prints the table. <c>--write</c> puts it into <c>bench/RESULTS.md</c>; <c>--pairs &lt;n&gt;</c> instead of 7; <c>--only &lt;text&gt;</c> for commands
    /// with that text in their name.
    /// </summary>
    public static async Task RunAsync(string[] args)
    {
        if (args.FirstOrDefault(arg => arg.StartsWith('-') && !Usage.Contains(arg)) is { } unknown)
        {
            throw new ArgumentException($"unknown option {unknown}; there are {string.Join(", ", Usage)}");
        }

        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException("The memory of a process is read from /proc, so this runs on Linux alone.");
        }

        var pairs = int.Parse(After(args, "--pairs") ?? "7", CultureInfo.InvariantCulture);
        var only = After(args, "--only");
        await PrepareAsync();
        using var folder = new TemporaryFolder();
        var text = await MeasureAsync(folder.Path, pairs, only);
        if (args.Contains("--write") && only is null)
        {
            ResultsFile.Write("cli", text);
        }
    }

    private static async Task<string> MeasureAsync(string folder, int pairs, string? only)
    {
        await using var network = await BenchNetwork.StartAsync(folder);
        var (official, ours) = (Client.Official(folder), Client.Ours(folder));
        var market = await CliMarket.OpenAsync(network.ChainFile, official, ours);
        var table = new CliTable();
        Measured? encrypted = null;
        foreach (var row in CliRow.All(market).Where(row => only is null || row.Name.Contains(only, StringComparison.Ordinal)))
        {
            Console.Error.WriteLine(row.Name);
            var result = await Pairs.RunAsync(row, official, ours, pairs);
            table.Add(result);
            encrypted = row.Name == "wallet create" ? result.Ours : encrypted;
        }

        if (only is null || "dataset encrypt".Contains(only, StringComparison.Ordinal))
        {
            Console.Error.WriteLine("dataset encrypt");
            table.Add(await DatasetFigures.RunAsync(official, ours, DatasetRuns));
        }

        var text = $"{table}{(encrypted is null ? "" : Floor(encrypted))}\nMedians of {pairs} pairs on {Machine()}.{(table.IsAllMet ? "" : " Not every target is met.")}\n";
        Console.Write(text);
        return text;
    }

    /// <summary>What is not there yet: the program as <c>./iexec</c> publishes it, and the official client.</summary>
    private static async Task PrepareAsync()
    {
        foreach (var command in new[] { new[] { "eng/setup.sh", "--yes", "--official-clients" }, ["iexec", "--version"] })
        {
            using var process = Process.Start(new ProcessStartInfo("sh", command) { WorkingDirectory = Repository.Root })!;
            await process.WaitForExitAsync();
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"{string.Join(' ', command)} failed.");
            }
        }
    }

    // Nobody can be faster than the derivation of the key, which the file demands.
    private static string Floor(Measured create)
    {
        var word = new byte[32];
        var best = TimeSpan.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var begun = TimeProvider.System.GetTimestamp();
            Scrypt.DeriveKey(word, word, 131072, 8, 1, word);
            var took = TimeProvider.System.GetElapsedTime(begun);
            best = took < best ? took : best;
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"\nscrypt with n = 131072 alone takes {best.TotalMilliseconds:N0} ms in a warm process (best of 5): `wallet create` as a whole takes {create.Wall / best:0.0} times that.\n");
    }

    private static string Machine()
    {
        var model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "an unnamed processor";
        var load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
        return $"{Environment.ProcessorCount} cores of {model}; load average at the end {load}";
    }

    private static string? After(string[] args, string option) => Array.IndexOf(args, option) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
}
