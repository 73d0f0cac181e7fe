using Iexec.Ethereum.Transactions;
using Xunit;

namespace Tests.Unit.Ethereum.Transactions;

public sealed class FeePolicyTests
{
    [Fact]
    public void Chain_with_a_base_fee() =>
        Assert.Equal(new TransactionFees.DynamicFee(2010, 10), FeePolicy.Suggest(baseFee: 1000, gasPrice: 1010, tip: 10));

    [Fact]
    public void Chain_without_a_base_fee() =>
        Assert.Equal(new TransactionFees.Legacy(0), FeePolicy.Suggest(baseFee: null, gasPrice: 0, tip: null));

    [Theory]
    [InlineData(1300, 300)]
    [InlineData(900, 0)]
    public void Tip_of_a_node_that_suggests_none(int gasPrice, int tip) =>
        Assert.Equal(new TransactionFees.DynamicFee(2000 + tip, tip), FeePolicy.Suggest(1000, gasPrice, tip: null));

    [Fact]
    public void Replacement_pays_an_eighth_more_rounded_up() =>
        Assert.Equal(new TransactionFees.DynamicFee(1136, 12), FeePolicy.Bump(new TransactionFees.DynamicFee(1009, 10), new TransactionFees.DynamicFee(1, 1)));

    [Fact]
    public void Replacement_is_not_below_the_market() =>
        Assert.Equal(new TransactionFees.DynamicFee(5000, 70), FeePolicy.Bump(new TransactionFees.DynamicFee(1000, 10), new TransactionFees.DynamicFee(5000, 70)));

    [Fact]
    public void Legacy_replacement() =>
        Assert.Equal(new TransactionFees.Legacy(113), FeePolicy.Bump(new TransactionFees.Legacy(100), new TransactionFees.Legacy(90)));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Even_the_smallest_price_rises(int price)
    {
        var bumped = (TransactionFees.DynamicFee)FeePolicy.Bump(new TransactionFees.DynamicFee(price, price), new TransactionFees.DynamicFee(0, 0));
        Assert.True(bumped.MaxFeePerGas > price && bumped.MaxPriorityFeePerGas > price);
        Assert.True(bumped.MaxFeePerGas >= bumped.MaxPriorityFeePerGas);
    }
}
