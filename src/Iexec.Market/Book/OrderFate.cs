using Iexec.Ethereum;
using Iexec.Sdk.Wire.Market;

namespace Iexec.Market.Book;

/// <summary>Where an order stands, from what the chain says about it alone.</summary>
internal readonly record struct OrderFate(OrderStatus Status, UInt256 Remaining)
{
    /// <param name="order">As the book has it.</param>
    /// <param name="consumed">Volume used on the chain; closing an order uses all of it.</param>
    /// <param name="isClosed">True if the chain has the event of its closing.</param>
    /// <param name="owner">Owner of the asset, if asked; null keeps it as it is.</param>
    /// <param name="canRevive">True when blocks were taken back: what they killed may live again. Otherwise the dead stay dead until published again.</param>
    public static OrderFate Of(BookOrder order, UInt256 consumed, bool isClosed, Address? owner, bool canRevive)
    {
        var remaining = consumed >= order.Volume ? UInt256.Zero : order.Volume - consumed;
        if (isClosed)
        {
            return new OrderFate(OrderStatus.Canceled, UInt256.Zero);
        }

        if (remaining.IsZero)
        {
            return new OrderFate(OrderStatus.Filled, remaining);
        }

        var isDead = (order.Status == OrderStatus.Dead && !canRevive) || (owner is { } current && current != order.Signer);
        return new OrderFate(isDead ? OrderStatus.Dead : OrderStatus.Open, remaining);
    }
}
