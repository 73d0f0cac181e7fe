using Iexec.Cli.Output;
using Xunit;

namespace Tests.Unit.Cli;

public sealed class TextTableTests
{
    private const string Hash = "0x9e702eb3b160fca98872b139fc25da507dff39cdd5ad057555b1af007d0560d3";
    private static readonly string[] Headers = ["orderHash", "remaining", "tag"];
    private static readonly string[][] Rows = [[Hash, "7", "-"], [Hash, "100", "-"]];

    [Fact]
    public void Columns_are_aligned_and_numbers_stand_at_the_right() => Assert.Equal(
        $"{"orderHash",-66}  remaining  tag\n{Hash}          7  -\n{Hash}        100  -\n", Write(int.MaxValue));

    [Fact]
    public void Columns_that_hold_nothing_make_room_first() => Assert.Equal(
        $"{"orderHash",-66}  remaining\n{Hash}          7\n{Hash}        100\n", Write(80));

    [Fact]
    public void Too_narrow_for_columns_each_row_is_a_block_and_nothing_is_cut() => Assert.Equal(
        $"orderHash: {Hash}\nremaining: 7\n\norderHash: {Hash}\nremaining: 100\n\n", Write(76));

    [Fact]
    public void What_stands_in_parentheses_goes_below_before_the_columns_are_given_up()
    {
        string[] headers = ["id", "price"];
        string[][] rows = [["e551", "100 nRLC (0.0000001 RLC)"], ["1c49", "7 nRLC (0.000000007 RLC)"]];

        Assert.Equal("id    price\ne551  100 nRLC (0.0000001 RLC)\n1c49  7 nRLC (0.000000007 RLC)\n", Write(30, headers, rows));
        Assert.Equal("id    price\ne551  100 nRLC\n      (0.0000001 RLC)\n1c49  7 nRLC\n      (0.000000007 RLC)\n", Write(29, headers, rows));
        Assert.StartsWith("id:    e551\nprice: 100 nRLC (0.0000001 RLC)\n\n", Write(20, headers, rows), StringComparison.Ordinal);
    }

    private static string Write(int columns) => Write(columns, Headers, Rows);

    private static string Write(int columns, string[] headers, string[][] rows)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        TextTable.Write(writer, new Style(false, static _ => null), columns, headers, rows);
        return writer.ToString();
    }
}
