using Iexec.Poco.Orders;
using Iexec.Testing.Contracts;

namespace Tests.Chain.Differential.Moves;

/// <summary>Orders signed and closed on the chain, by their owner or with the owner's signature.</summary>
internal sealed class OrderMoves(World world, OrderBook book)
{
    public IEnumerable<(int Weight, Func<Move?> Make)> All =>
    [
        (3, () => Manage(OrderSchemas.App, book.App())),
        (3, () => Manage(OrderSchemas.Dataset, book.Dataset())),
        (3, () => Manage(OrderSchemas.Workerpool, book.Pool())),
        (3, () => Manage(OrderSchemas.Request, world.RequestOrders.Count == 0 ? null : world.Dice.PickRecent(world.RequestOrders))),
        (1, () => Broadcast(OrderSchemas.App, book.App())),
        (1, () => Broadcast(OrderSchemas.Dataset, book.Dataset())),
        (1, () => Broadcast(OrderSchemas.Workerpool, book.Pool())),
        (1, () => Broadcast(OrderSchemas.Request, world.RequestOrders.Count == 0 ? null : world.Dice.PickRecent(world.RequestOrders))),
    ];

    private Move? Manage<TOrder>(OrderSchema<TOrder> schema, TwinOrder<TOrder>? order)
        where TOrder : Order
    {
        if (order is null)
        {
            return null;
        }

        // An order that was closed is of no more use to anybody; most are only signed.
        var operation = world.Dice.Chance(75) ? OrderCalls.Sign : OrderCalls.Close;
        var bySignature = world.Dice.Chance(40);
        var form = world.Dice.Below(100);
        byte[] Consent(Side side) => bySignature
            ? Signing.Form(form, order.Owner, schema.OperationDigest(order.Signed[side].Order, operation, world.Chain.Hubs[side].Domain))
            : [];
        var from = bySignature ? world.Dice.Pick(People.All) : world.Mostly(order.Owner);
        return new Move("manage" + schema.TypeName, from, world.Call(side => OrderCalls.Manage(schema, order.Signed[side], operation, Consent(side))))
        {
            Then = _ => order.Consumed = operation == OrderCalls.Close ? (ulong)order.Terms.Volume : order.Consumed,
            Views = AllViews.Order(world, Twin.Of(side => order.Hash[side].Value), order.Owner.Address),
        };
    }

    /// <summary>Nobody checks what is broadcast. The event repeats the signature, so both sides get the same.</summary>
    private Move? Broadcast<TOrder>(OrderSchema<TOrder> schema, TwinOrder<TOrder>? order)
        where TOrder : Order
    {
        var sign = world.Dice.Bytes(world.Dice.Below(70));
        return order is null ? null : new Move(
            "broadcast" + schema.TypeName, world.Dice.Pick(People.All), world.Call(side => OrderCalls.Broadcast(schema, order.Signed[side] with { Sign = sign })));
    }
}
