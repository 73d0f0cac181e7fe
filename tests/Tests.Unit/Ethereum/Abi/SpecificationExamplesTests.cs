using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Xunit;

namespace Tests.Unit.Ethereum.Abi;

/// <summary>The examples that the Solidity documentation prints under "Contract ABI Specification".</summary>
public sealed class SpecificationExamplesTests
{
    [Fact]
    public void Baz_of_69_and_true() =>
        Assert.Equal(AbiWords.Of("45", "1"), new AbiWriter().Uint(69).Bool(true).ToArray());

    [Fact]
    public void Bar_of_two_bytes3_stays_in_place() =>
        Assert.Equal(AbiWords.Of(">616263", ">646566"), new AbiWriter().FixedBytes("abc"u8).FixedBytes("def"u8).ToArray());

    [Fact]
    public void Sam_of_dave_true_and_three_numbers()
    {
        UInt256[] numbers = [1, 2, 3];
        var data = new AbiWriter().Bytes("dave"u8).Bool(true).StaticArray(numbers, (w, n) => w.Uint(n)).ToArray();
        Assert.Equal(AbiWords.Of("60", "1", "a0", "4", ">64617665", "3", "1", "2", "3"), data);
    }

    [Fact]
    public void F_of_number_numbers_ten_bytes_and_text()
    {
        UInt256[] numbers = [0x456, 0x789];
        var data = new AbiWriter().Uint(0x123).StaticArray(numbers, (w, n) => w.Uint(n)).FixedBytes("1234567890"u8).Bytes("Hello, world!"u8)
            .ToArray();
        Assert.Equal(
            AbiWords.Of("123", "80", ">31323334353637383930", "e0", "2", "456", "789", "d", ">48656c6c6f2c20776f726c6421"), data);
    }

    [Fact]
    public void G_of_nested_numbers_and_texts()
    {
        UInt256[][] numbers = [[1, 2], [3]];
        string[] texts = ["one", "two", "three"];
        var data = new AbiWriter()
            .DynamicArray(numbers, (w, inner) => w.StaticArray(inner, (x, n) => x.Uint(n)))
            .DynamicArray(texts, (w, text) => w.String(text))
            .ToArray();
        Assert.Equal(
            AbiWords.Of(
                "40", "140",
                "2", "40", "a0", "2", "1", "2", "1", "3",
                "3", "60", "a0", "e0", "3", ">6f6e65", "3", ">74776f", "5", ">7468726565"),
            data);

        var reader = new AbiReader(data);
        Assert.Equal(numbers, reader.DynamicArray(r => r.StaticArray(1, x => x.Uint())));
        Assert.Equal(texts, reader.DynamicArray(r => r.String()));
    }

    [Fact]
    public void Call_data_is_the_selector_and_then_the_tuple() =>
        Assert.Equal([0xcd, 0xcd, 0x77, 0xc0, .. AbiWords.Of("45", "1")], new AbiWriter().Uint(69).Bool(true).ToCallData([0xcd, 0xcd, 0x77, 0xc0]));
}
