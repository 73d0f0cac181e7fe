using System.Globalization;
using Iexec.Testing.Official;
using Xunit;
using Xunit.Abstractions;

namespace Tests.Chain.Differential;

/// <summary>Ours, deployed strict, against the official contracts 5.5.0.</summary>
public sealed class DifferentialTests(ITestOutputHelper output)
{
    /// <summary>Moves of the long run: how many, and with which seed it begins, e.g. <c>100000</c> or <c>100000:7</c>.</summary>
    private const string LongRun = "POCO_DIFFERENTIAL";

    private const int MovesPerChain = 1_000;
    private const int LeastSuccessPercent = 60;

    [Fact]
    public void What_the_test_lets_pass_is_what_the_table_allows() => Assert.Equal(LogRules.Ids, KnownDifferences.Load().Allowed);

    [OfficialTheory]
    [InlineData(EscrowMode.Token, MovesPerChain)]
    [InlineData(EscrowMode.Native, MovesPerChain / 2)]
    public async Task Whatever_people_do_both_contracts_answer_alike(EscrowMode mode, int moves)
    {
        var asked = (Environment.GetEnvironmentVariable(LongRun) ?? "").Split(':');
        moves = int.TryParse(asked[0], CultureInfo.InvariantCulture, out var count) ? count : moves;
        var seed = asked.Length > 1 ? int.Parse(asked[1], CultureInfo.InvariantCulture) : 1;
        var coverage = new Coverage();
        for (var left = moves; left > 0; left -= MovesPerChain, seed++)
        {
            await PlayAsync(mode, seed, Math.Min(left, MovesPerChain), coverage);
        }

        output.WriteLine($"{mode}: {coverage}");
        Assert.True(coverage.SuccessPercent >= LeastSuccessPercent, $"Only {coverage.SuccessPercent} % of the moves succeed, so little of the protocol is reached.");
        if (moves >= MovesPerChain)
        {
            Assert.Empty(coverage.Missing);
        }
    }

    private static async Task PlayAsync(EscrowMode mode, int seed, int moves, Coverage coverage)
    {
        await using var chain = await TwinChain.StartAsync(mode);
        var run = await TwinRun.StartAsync(chain, seed, KnownDifferences.Load(), coverage);

        await run.PlayAsync(moves);

        Assert.True(
            run.Differences.Count == 0,
            $"seed {seed}:\n" + string.Join('\n', run.Differences.Select(difference => $"{difference.Key}\n    ({difference.Value})")));
    }
}
