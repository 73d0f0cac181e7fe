using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Xunit;

namespace Tests.Unit.Ethereum.Abi;

public sealed class NestedValuesTests
{
    private sealed record Inner(Address Owner, string Name);

    private sealed record Outer(Inner Inner, UInt256 Amount, byte[][] Blobs);

    private static readonly Address Owner = Address.Parse("0x00000000000000000000000000000000000000aa");

    private static AbiWriter Write(AbiWriter writer, Inner value) => writer.Address(value.Owner).String(value.Name);

    private static AbiWriter Write(AbiWriter writer, Outer value) => writer
        .DynamicTuple(w => Write(w, value.Inner))
        .Uint(value.Amount)
        .DynamicArray(value.Blobs, (w, blob) => w.Bytes(blob));

    private static Outer ReadOuter(AbiReader reader) => new(
        reader.DynamicTuple(r => new Inner(r.Address(), r.String())), reader.Uint(), reader.DynamicArray(r => r.Bytes()));

    [Fact]
    public void Dynamic_array_of_tuples_round_trips()
    {
        Outer[] items = [new(new(Owner, "a"), 1, []), new(new(Address.Zero, new string('x', 33)), UInt256.MaxValue, [[], [1, 2, 3], new byte[32]])];
        var data = new AbiWriter().DynamicArray(items, (w, item) => w.DynamicTuple(x => Write(x, item))).ToArray();
        var read = new AbiReader(data).DynamicArray(r => r.DynamicTuple(ReadOuter));
        Assert.Equal(items.Select(item => (item.Inner, item.Amount)), read.Select(item => (item.Inner, item.Amount)));
        Assert.Equal(items.Select(item => item.Blobs), read.Select(item => item.Blobs));
    }

    [Fact]
    public void Tuple_offsets_count_from_the_start_of_the_tuple_they_are_in()
    {
        var data = new AbiWriter().Uint(7).DynamicTuple(w => Write(w, new Inner(Owner, "n"))).ToArray();
        Assert.Equal(AbiWords.Of("7", "40", "aa", "40", "1", ">6e"), data);
    }

    [Fact]
    public void Static_tuples_lie_in_the_head_one_after_the_other()
    {
        var data = new AbiWriter().StaticTuple(w => w.Uint(1).Uint(2)).String("x").StaticTuple(w => w.Bool(true)).ToArray();
        Assert.Equal(AbiWords.Of("1", "2", "80", "1", "1", ">78"), data);
        var reader = new AbiReader(data);
        Assert.Equal((1, 2), reader.StaticTuple(r => ((int)r.Uint(), (int)r.Uint())));
        Assert.Equal("x", reader.String());
        Assert.True(reader.StaticTuple(r => r.Bool()));
    }

    [Fact]
    public void Array_of_static_tuples_needs_no_offsets()
    {
        (UInt256 A, bool B)[] pairs = [(1, true), (2, false)];
        var data = new AbiWriter().StaticArray(pairs, (w, pair) => w.Uint(pair.A).Bool(pair.B)).ToArray();
        Assert.Equal(AbiWords.Of("20", "2", "1", "1", "2", "0"), data);
        Assert.Equal(pairs, new AbiReader(data).StaticArray(2, r => (r.Uint(), r.Bool())));
    }

    [Fact]
    public void Empty_values_are_an_offset_and_a_zero_length() =>
        Assert.Equal(AbiWords.Of("40", "60", "0", "0"), new AbiWriter().Bytes([]).StaticArray(Array.Empty<UInt256>(), (w, n) => w.Uint(n)).ToArray());

    [Fact]
    public void Dynamic_value_in_a_static_form_is_refused()
    {
        Assert.Throws<InvalidOperationException>(() => new AbiWriter().StaticTuple(w => w.String("x")));
        Assert.Throws<InvalidOperationException>(() => new AbiWriter().StaticArray(["x"], (w, text) => w.String(text)));
    }

    [Fact]
    public void Text_that_has_no_utf8_form_is_refused_by_the_writer() =>
        Assert.ThrowsAny<ArgumentException>(() => new AbiWriter().String("\ud800"));

    [Fact]
    public void Text_that_is_not_utf8_is_read_with_replacement_characters() =>
        Assert.Equal("a\ufffdb", new AbiReader(new AbiWriter().Bytes([0x61, 0xff, 0x62]).ToArray()).String());
}
