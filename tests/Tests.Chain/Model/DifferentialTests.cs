using System.Globalization;
using Iexec.Testing.Model;
using Xunit;
using Xunit.Abstractions;

namespace Tests.Chain.Model;

/// <summary>
/// The model and the contracts are given the same random histories and must show the same. Longer: <c>IEXEC_MODEL_TRANSACTIONS</c> (how many for each setting) and
/// <c>IEXEC_MODEL_SEED</c>.
/// </summary>
public sealed class DifferentialTests(ITestOutputHelper output)
{
    private const int OrdinaryTransactions = 1_000;

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public async Task The_contracts_do_what_their_model_does(bool strict, bool ofCoins)
    {
        var (transactions, seed) = (Number("IEXEC_MODEL_TRANSACTIONS", OrdinaryTransactions), Number("IEXEC_MODEL_SEED", 1));
        await using var twins = await Twins.StartAsync(strict, ofCoins);
        try
        {
            await twins.LiveAsync(new RandomMarket(twins.Model, seed), transactions);
            await twins.CompareReadingAsync();
            CheckThatMuchHappened(twins.Coverage);
        }
        finally
        {
            output.WriteLine(twins.Coverage.ToString());
        }
    }

    /// <summary>A history in which everybody is refused proves nothing.</summary>
    private static void CheckThatMuchHappened(Coverage coverage)
    {
        Assert.True(coverage.Succeeded * 2 > coverage.Total);
        foreach (var transition in (string[])
        [
            "deal made", "boost deal made", "boost task Unset -> Completed", "task Unset -> Active", "task Active -> Revealing", "task Active -> Completed",
            "task Active -> Failed", "task Revealing -> Completed", "contribution Unset -> Contributed", "contribution Contributed -> Proved",
        ])
        {
            Assert.Contains(transition, coverage.Taken.Keys);
        }

        Assert.True(coverage.Refusals.Count > 20, "Few reasons of refusals were seen.");
    }

    private static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
