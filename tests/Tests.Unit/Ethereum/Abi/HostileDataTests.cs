using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Xunit;

namespace Tests.Unit.Ethereum.Abi;

public sealed class HostileDataTests
{
    private const string Max = "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff";

    [Fact]
    public void Missing_word() => Assert.Throws<AbiException>(() => new AbiReader(new byte[31]).Uint());

    [Theory]
    [InlineData("21")]
    [InlineData("7fffffff")]
    [InlineData("80000000")]
    [InlineData("ffffffffffffffff")]
    [InlineData(Max)]
    public void Offset_past_the_end(string offset)
    {
        var data = AbiWords.Of(offset);
        Assert.Throws<AbiException>(() => new AbiReader(data).Bytes());
        Assert.Throws<AbiException>(() => new AbiReader(data).DynamicTuple(r => r.Uint()));
        Assert.Throws<AbiException>(() => new AbiReader(data).DynamicArray(r => r.Bytes()));
    }

    [Theory]
    [InlineData("21")]
    [InlineData("7fffffff")]
    [InlineData("80000000")]
    [InlineData(Max)]
    public void Length_past_the_end(string length)
    {
        var data = AbiWords.Of("20", length, "0");
        Assert.Throws<AbiException>(() => new AbiReader(data).Bytes());
        Assert.Throws<AbiException>(() => new AbiReader(data).String());
        Assert.Throws<AbiException>(() => new AbiReader(data).StaticArray(1, r => r.Uint()));
        Assert.Throws<AbiException>(() => new AbiReader(data).DynamicArray(r => r.Bytes()));
    }

    [Fact]
    public void Huge_array_length_allocates_nothing()
    {
        var data = AbiWords.Of("20", "7fffffff", "0");
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<AbiException>(() => new AbiReader(data).StaticArray(1, r => r.Uint()));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void Words_per_item_count_against_the_data() =>
        Assert.Throws<AbiException>(() => new AbiReader(AbiWords.Of("20", "2", "0", "0", "0")).StaticArray(2, r => (r.Uint(), r.Uint())));

    [Fact]
    public void Offset_that_points_to_itself_ends()
    {
        // A list of lists of lists …, each of which is the whole data again.
        var data = AbiWords.Of("0", "0");
        Assert.Empty(new AbiReader(data).DynamicArray(r => r.Bytes()));
        Assert.Throws<AbiException>(() => ReadDeep(new AbiReader(AbiWords.Of("0")), 10_000));
    }

    [Fact]
    public void Overlapping_offsets_cannot_multiply_the_work()
    {
        // 500 inner arrays, all of them the same 500 words: 250,000 numbers described by 32 kB.
        var inner = new byte[(1 + 500) * 32];
        AbiWords.Of("1f4").CopyTo(inner, 0);
        var offsets = Enumerable.Repeat(AbiWords.Of((500 * 32).ToString("x")), 500).SelectMany(word => word);
        byte[] data = [.. AbiWords.Of("20", "1f4"), .. offsets, .. inner];
        Assert.Throws<AbiException>(() => new AbiReader(data).DynamicArray(r => r.StaticArray(1, x => x.Uint())));
    }

    [Fact]
    public void Values_outside_their_type()
    {
        Assert.Throws<AbiException>(() => new AbiReader(AbiWords.Of("2")).Bool());
        Assert.Throws<AbiException>(() => new AbiReader(AbiWords.Of(Max)).Bool());
        Assert.Throws<AbiException>(() => new AbiReader(AbiWords.Of("010000000000000000000000000000000000000000")).Address());
        Assert.Throws<AbiException>(() => new AbiReader(AbiWords.Of("010000000000000000")).Ulong());
        Assert.Throws<AbiException>(() => new AbiReader(AbiWords.Of("100")).Byte());
        Assert.Throws<AbiException>(() => new AbiReader(AbiWords.Of(">0102030405")).FixedBytes(4));
        Assert.Equal(ulong.MaxValue, new AbiReader(AbiWords.Of("ffffffffffffffff")).Ulong());
    }

    private static UInt256 ReadDeep(AbiReader reader, int depth) =>
        depth == 0 ? reader.Uint() : reader.DynamicTuple(r => ReadDeep(r, depth - 1));
}
