using System.Text.Json.Nodes;
using Iexec.Cli.Output;
using Xunit;

namespace Tests.Unit.Cli;

public sealed class ObjectViewTests
{
    private const string Hash = "0x9e702eb3b160fca98872b139fc25da507dff39cdd5ad057555b1af007d0560d3";

    [Fact]
    public void Values_of_one_level_are_aligned() =>
        Assert.Equal("name:  x\nowner: y\ndeal:\n  tag: (none)\n", Write("{\"name\":\"x\",\"owner\":\"y\",\"deal\":{\"tag\":\"\"}}", 80));

    [Fact]
    public void Hash_that_has_no_room_gets_a_line_of_its_own() =>
        Assert.Equal($"id:\n  {Hash}\nidOfTheSigner: 5\n", Write($"{{\"id\":\"{Hash}\",\"idOfTheSigner\":5}}", 80));

    [Fact]
    public void Nothing_is_broken_where_no_terminal_is() =>
        Assert.Equal($"id:            {Hash}\nidOfTheSigner: 5\n", Write($"{{\"id\":\"{Hash}\",\"idOfTheSigner\":5}}", int.MaxValue));

    [Fact]
    public void Like_objects_are_a_table() => Assert.Equal(
        "history:\n  status  date\n  BEGUN   1970-01-01 00:00:01Z (now)\n  OVER    1970-01-01 00:00:00Z (1 second ago)\n",
        Write("{\"history\":[{\"status\":\"BEGUN\",\"date\":\"1970-01-01T00:00:01Z\"},{\"status\":\"OVER\",\"date\":\"1970-01-01T00:00:00Z\"}]}", 80));

    [Fact]
    public void Objects_with_parts_are_blocks() =>
        Assert.Equal("all:\n  -\n    a:\n      b: 1\n  -\n    a:\n      b: 2\n", Write("{\"all\":[{\"a\":{\"b\":1}},{\"a\":{\"b\":2}}]}", 80));

    [Theory]
    [InlineData("\"0x0000000000000000000000000000000000000000\"")]
    [InlineData("\"0x0000000000000000000000000000000000000000000000000000000000000000\"")]
    [InlineData("\"\"")]
    [InlineData("[]")]
    [InlineData("{}")]
    public void What_says_nothing_is_told_in_a_word(string value) => Assert.Equal("x: (none)\n", Write($"{{\"x\":{value}}}", 80));

    private static string Write(string json, int columns)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        new ObjectView(writer, new Style(false, static _ => null), DateTimeOffset.FromUnixTimeSeconds(1), columns).Write(JsonNode.Parse(json)!.AsObject());
        return writer.ToString();
    }
}
