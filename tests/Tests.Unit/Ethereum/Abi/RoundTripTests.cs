using FsCheck;
using FsCheck.Fluent;
using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Xunit;

namespace Tests.Unit.Ethereum.Abi;

public sealed class RoundTripTests
{
    private static readonly Gen<byte> Byte = Gen.Choose(0, 255).Select(value => (byte)value);
    private static readonly Gen<byte[]> Blob = Byte.ArrayOf();
    private static readonly Gen<UInt256> Number = Byte.ArrayOf(32).Select(bytes => UInt256.FromBigEndian(bytes));

    [Fact]
    public void Blobs_in_lists_in_tuples_come_back_as_they_were() =>
        Prop.ForAll(Blob.ArrayOf().ArrayOf().ToArbitrary(), lists =>
        {
            var data = new AbiWriter()
                .DynamicArray(lists, (w, list) => w.DynamicTuple(t => t.DynamicArray(list, (x, blob) => x.Bytes(blob)).Uint(list.Length)))
                .ToArray();
            var read = new AbiReader(data).DynamicArray(r => r.DynamicTuple(t => (Blobs: t.DynamicArray(x => x.Bytes()), Count: t.Ulong())));
            Assert.Equal(0, data.Length % 32);
            Assert.Equal(lists, read.Select(item => item.Blobs));
            Assert.Equal(lists.Select(list => (ulong)list.Length), read.Select(item => item.Count));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Numbers_come_back_as_they_were() =>
        Prop.ForAll(Number.ArrayOf().ToArbitrary(), numbers =>
            Assert.Equal(numbers, new AbiReader(new AbiWriter().StaticArray(numbers, (w, n) => w.Uint(n)).ToArray()).StaticArray(1, r => r.Uint())))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Any_bytes_are_read_or_refused_but_nothing_else() =>
        Prop.ForAll(Gen.OneOf(Blob, SmallWords()).ToArbitrary(), data =>
        {
            try
            {
                new AbiReader(data).DynamicArray(r => r.DynamicTuple(t => (t.String(), t.DynamicArray(x => x.Bytes()), t.Bool(), t.Address())));
            }
            catch (AbiException)
            {
            }
        }).QuickCheckThrowOnFailure();

    /// <summary>Words that look like offsets and lengths reach deeper than noise does.</summary>
    private static Gen<byte[]> SmallWords() =>
        Gen.Choose(0, 8).Select(n => AbiWords.Of((n * 32 / (n % 2 + 1)).ToString("x"))).ArrayOf().Select(words => words.SelectMany(word => word).ToArray());
}
