using FsCheck;
using FsCheck.Fluent;
using Iexec.Ethereum.Rlp;
using Xunit;

namespace Tests.Unit.Ethereum.Rlp;

public sealed class RlpReaderTests
{
    [Theory]
    [InlineData("")]
    [InlineData("81")]
    [InlineData("83646f")]
    [InlineData("b8")]
    [InlineData("b838")]
    [InlineData("bfffffffffffffffff")]
    [InlineData("bf0fffffffffffffff")]
    public void Truncated_strings(string rlp) => Assert.Throws<RlpException>(() => Reader(rlp).Bytes());

    [Theory]
    [InlineData("8100")]
    [InlineData("817f")]
    [InlineData("b800")]
    [InlineData("b801ff")]
    [InlineData("b90001ff")]
    public void Strings_in_a_longer_form_than_needed(string rlp) => Assert.Throws<RlpException>(() => Reader(rlp).Bytes());

    [Theory]
    [InlineData("f800")]
    [InlineData("f90000")]
    [InlineData("ff0fffffffffffffff")]
    [InlineData("c2c0")]
    [InlineData("80")]
    public void Malformed_lists(string rlp) => Assert.Throws<RlpException>(() => Reader(rlp).List());

    [Theory]
    [InlineData("00")]
    [InlineData("820001")]
    [InlineData("a1010000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("c0")]
    public void Scalars_with_leading_zeros_or_above_256_bits(string rlp) => Assert.Throws<RlpException>(() => Reader(rlp).Scalar());

    [Fact]
    public void Trailing_bytes()
    {
        var reader = Reader("0102");
        reader.Bytes();
        Assert.Throws<RlpException>(reader.End);
    }

    [Fact]
    public void Lists_of_strings_round_trip() =>
        Prop.ForAll(Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf().ArrayOf().ToArbitrary(), items =>
        {
            var writer = new RlpWriter().List(list => Array.ForEach(items, item => list.Bytes(item)));
            var reader = new RlpReader(writer.ToArray());
            var list = reader.List();
            reader.End();
            Assert.Equal(items, items.Select(_ => list.Bytes().ToArray()));
            list.End();
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_the_reader_accepts_is_what_the_writer_writes() =>
        Prop.ForAll(Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf().ToArbitrary(), data =>
        {
            try
            {
                var reader = new RlpReader(data);
                var bytes = reader.Bytes();
                reader.End();
                Assert.Equal(data, new RlpWriter().Bytes(bytes.Span).ToArray());
            }
            catch (RlpException)
            {
            }
        }).QuickCheckThrowOnFailure();

    private static RlpReader Reader(string rlp) => new(Convert.FromHexString(rlp));
}
