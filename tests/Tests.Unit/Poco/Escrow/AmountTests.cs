using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Iexec.Ethereum;
using Iexec.Poco.Escrow;
using Tests.Unit.Poco.Vectors;
using Xunit;

namespace Tests.Unit.Poco.Escrow;

public sealed class AmountTests
{
    [Fact]
    public void Rlc_amounts_are_read_as_in_the_official_client()
    {
        foreach (var vector in SdkVectors.Root.GetProperty("nRLC").EnumerateObject())
        {
            using var input = JsonDocument.Parse(vector.Name);
            Check(vector.Value.GetString()!, () => input.RootElement.ValueKind == JsonValueKind.Array
                ? RlcAmount.Parse([.. input.RootElement.EnumerateArray().Select(word => word.GetString())])
                : RlcAmount.Parse(input.RootElement.GetString()!));
        }
    }

    [Fact]
    public void Wei_amounts_are_read_as_in_the_official_client()
    {
        foreach (var vector in SdkVectors.Root.GetProperty("wei").EnumerateObject())
        {
            Check(vector.Value.GetString()!, () => WeiAmount.Parse(vector.Name));
        }
    }

    [Fact]
    public void Amounts_beyond_256_bits_are_refused()
    {
        Assert.Equal(UInt256.MaxValue, RlcAmount.Parse(UInt256.MaxValue.ToString()));
        Assert.Throws<FormatException>(() => RlcAmount.Parse(UInt256.MaxValue + " RLC"));
        Assert.Throws<FormatException>(() => RlcAmount.Parse(new string('9', 200)));
        Assert.Throws<FormatException>(() => RlcAmount.Parse(". RLC"));
        Assert.Throws<FormatException>(() => RlcAmount.Parse("٣"));
    }

    [Fact]
    public void A_formatted_amount_reads_back() => Prop.ForAll(ArbMap.Default.ArbFor<ulong>(), amount =>
        RlcAmount.Parse($"{RlcAmount.FormatRlc(amount)} RLC") == amount && WeiAmount.Parse($"{WeiAmount.FormatEther(amount)} ether") == amount)
        .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0UL, "0")]
    [InlineData(1UL, "0.000000001")]
    [InlineData(500_000_000UL, "0.5")]
    [InlineData(87_000_000_000_000_000UL, "87000000")]
    public void Rlc_is_shown_without_trailing_zeros(ulong nrlc, string text) => Assert.Equal(text, RlcAmount.FormatRlc(nrlc));

    private static void Check(string expected, Func<UInt256> parse)
    {
        if (expected.StartsWith("ERR ", StringComparison.Ordinal))
        {
            Assert.Equal(expected[4..], Assert.Throws<FormatException>(() => parse()).Message);
        }
        else
        {
            Assert.Equal(expected, parse().ToString());
        }
    }
}
