using Iexec.Ethereum;
using Iexec.Ethereum.Rlp;
using Xunit;

namespace Tests.Unit.Ethereum.Rlp;

/// <summary>Examples of the yellow paper (appendix B) and of <c>RLPTests/rlptest.json</c> in ethereum/tests (MIT licence).</summary>
public sealed class RlpVectorsTests
{
    private const string Lorem = "Lorem ipsum dolor sit amet, consectetur adipisicing elit";

    [Theory]
    [InlineData("", "80")]
    [InlineData("00", "00")]
    [InlineData("01", "01")]
    [InlineData("7f", "7f")]
    [InlineData("80", "8180")]
    [InlineData("646f67", "83646f67")]
    public void Byte_strings(string bytes, string rlp)
    {
        Assert.Equal(rlp, Written(w => w.Bytes(Convert.FromHexString(bytes))));
        Assert.Equal(bytes, Convert.ToHexStringLower(new RlpReader(Convert.FromHexString(rlp)).Bytes().Span));
    }

    [Theory]
    [InlineData("0", "80")]
    [InlineData("1", "01")]
    [InlineData("16", "10")]
    [InlineData("79", "4f")]
    [InlineData("127", "7f")]
    [InlineData("128", "8180")]
    [InlineData("1000", "8203e8")]
    [InlineData("100000", "830186a0")]
    [InlineData("83729609699884896815286331701780722", "8f102030405060708090a0b0c0d0e0f2")]
    [InlineData("105315505618206987246253880190783558935785933862974822347068935681", "9c0100020003000400050006000700080009000a000b000c000d000e01")]
    public void Scalars(string number, string rlp)
    {
        Assert.Equal(rlp, Written(w => w.Scalar(UInt256.Parse(number))));
        Assert.Equal(UInt256.Parse(number), new RlpReader(Convert.FromHexString(rlp)).Scalar());
    }

    [Fact]
    public void A_string_of_56_bytes_has_its_length_in_a_byte_of_its_own() =>
        Assert.Equal("b838" + Convert.ToHexStringLower(System.Text.Encoding.ASCII.GetBytes(Lorem)), Written(w => w.Bytes(System.Text.Encoding.ASCII.GetBytes(Lorem))));

    [Fact]
    public void Lengths_take_as_many_bytes_as_they_need()
    {
        Assert.Equal("b90400", Written(w => w.Bytes(new byte[1024]))[..6]);
        Assert.Equal("ba010000", Written(w => w.Bytes(new byte[65536]))[..8]);
        Assert.Equal("f90400", Written(w => w.List(list => Repeat(list, 1024)))[..6]);
    }

    [Fact]
    public void Empty_list() => Assert.Equal("c0", Written(w => w.List(_ => { })));

    [Fact]
    public void List_of_words() => Assert.Equal(
        "cc83646f6783676f6483636174", Written(w => w.List(list => list.Bytes("dog"u8).Bytes("god"u8).Bytes("cat"u8))));

    [Fact]
    public void Set_theoretical_representation_of_three() => Assert.Equal(
        "c7c0c1c0c3c0c1c0",
        Written(w => w.List(three => three
            .List(_ => { })
            .List(one => one.List(_ => { }))
            .List(two => two.List(_ => { }).List(one => one.List(_ => { }))))));

    private static string Written(Action<RlpWriter> write)
    {
        var writer = new RlpWriter();
        write(writer);
        return Convert.ToHexStringLower(writer.ToArray());
    }

    private static void Repeat(RlpWriter list, int count)
    {
        for (var i = 0; i < count; i++)
        {
            list.Bytes([1]);
        }
    }
}
