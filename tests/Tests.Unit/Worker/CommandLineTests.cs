using FsCheck;
using FsCheck.Fluent;
using Iexec.Worker.Containers;
using Xunit;

namespace Tests.Unit.Worker;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("   ", new string[0])]
    [InlineData("--help", new[] { "--help" })]
    [InlineData("  a  b ", new[] { "a", "b" })]
    [InlineData("'a b' \"c d\"", new[] { "a b", "c d" })]
    [InlineData("\"\" ''", new[] { "", "" })]
    [InlineData("x\"y z\"'w v'", new[] { "xy zw v" })]
    [InlineData("'say \"hi\"' \"it's\"", new[] { "say \"hi\"", "it's" })]
    [InlineData(@"a\ b \""c d\""", new[] { @"a\", "b", @"\c d\" })]
    [InlineData("a\tb\nc", new[] { "a\tb\nc" })]
    public void Splits_as_the_official_worker_does(string arguments, string[] expected) =>
        Assert.Equal(expected, CommandLine.Split(arguments));

    [Fact]
    public void No_arguments_at_all_are_none() => Assert.Empty(CommandLine.Split(null));

    [Theory]
    [InlineData("'open")]
    [InlineData("a \"b' c")]
    public void Open_quote_is_refused(string arguments) => Assert.Throws<FormatException>(() => CommandLine.Split(arguments));

    [Fact]
    public void Quoting_each_argument_gives_them_back() => Prop.ForAll(
        ArbMap.Default.GeneratorFor<string[]>().Select(words => words.Select(word => (word ?? "").Replace('\'', '"')).ToArray()).ToArbitrary(),
        words => CommandLine.Split(string.Join(' ', words.Select(word => $"'{word}'"))).SequenceEqual(words)).QuickCheckThrowOnFailure();
}
