using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Poco.Orders;
using Iexec.Simulation.World;

namespace Iexec.Testing.Model;

/// <summary>Orders are signed, closed, matched and asked about; a part of the matches breaks one condition or another.</summary>
internal sealed class OrderMoves(Market market, OrderBook book)
{
    /// <summary>The types of four orders in the signature of a function.</summary>
    public static readonly string Orders =
        $"{OrderSchemas.App.AbiTuple},{OrderSchemas.Dataset.AbiTuple},{OrderSchemas.Workerpool.AbiTuple},{OrderSchemas.Request.AbiTuple}";

    private Dice Dice => market.Dice;

    public IReadOnlyList<Move> All =>
    [
        new("match", 18, () => Match("matchOrders", 0)),
        new("match, broken", 4, () => Match("matchOrders", 1)),
        new("sponsored match", 5, () => Match("sponsorMatchOrders", 0)),
        new("boost match", 6, () => MatchBoost("matchOrdersBoost", Dice.Chance(15) ? 1 : 0)),
        new("boost sponsored match", 2, () => MatchBoost("sponsorMatchOrdersBoost", 0)),
        new("match and initialize", 3, MatchAndInitialize),
        new("deposit and match", 2, DepositAndMatch),
        new("deposit and match by permit", 2, DepositAndMatchByPermit),
        new("broadcast", 1, Broadcast),
        new("sign order", 4, () => Manage(0)),
        new("close order", 2, () => Manage(1)),
        new("ask about orders", 2, Ask),
    ];

    private Message? Match(string function, int faults)
    {
        if (book.Fitting() is not { } orders)
        {
            return null;
        }

        for (var i = 0; i < faults; i++)
        {
            orders = Broken(orders);
        }

        var sender = function == "matchOrders" ? market.Anybody.Address : Dice.Pick(market.Actors.Requesters).Address;
        return market.ToHub(sender, $"{function}({Orders})", call => Write(call, orders));
    }

    private Message? DepositAndMatch()
    {
        if (market.IsOfCoins || book.Fitting() is not { } orders)
        {
            return null;
        }

        var sender = market.Usually(orders.Request.Order.Requester);
        var call = new AbiWriter();
        Write(call, orders);
        var data = call.ToCallData(new AbiSignature($"{(Dice.Chance(90) ? "matchOrders" : "sponsorMatchOrders")}({Orders})").Selector);
        return Market.To(sender, market.Hub.Token, "approveAndCall(address,uint256,bytes)", arguments =>
            arguments.Address(market.Hub.Hub).Uint(market.State.Token.BalanceOf(sender) / 10).Bytes(data));
    }

    /// <summary>Mostly with a request that asks for no replication.</summary>
    private Message? MatchBoost(string function, int faults)
    {
        if (book.Fitting() is not { } orders)
        {
            return null;
        }

        if (orders.Request.Order.Trust > UInt256.One && Dice.Chance(90))
        {
            orders = Sign(orders, orders.Request.Order with { Trust = (ulong)Dice.Below(2) });
        }

        orders = faults == 0 ? orders : Broken(orders);
        return market.ToHub(Dice.Pick(market.Actors.Requesters).Address, $"{function}({Orders})", call => Write(call, orders));
    }

    private Message? MatchAndInitialize() => book.Fitting() is not { } orders ? null
        : market.ToHub(market.Anybody.Address, $"matchOrdersAndInitialize({Orders},uint256)", call =>
        {
            Write(call, orders);
            call.Uint(Dice.Chance(10) ? UInt256.MaxValue : Dice.Below(4));
        });

    private Message? DepositAndMatchByPermit()
    {
        if (book.Fitting() is not { } orders)
        {
            return null;
        }

        var sender = market.Usually(orders.Request.Order.Requester);
        return market.ToHub(sender, $"depositAndMatchOrdersWithPermit(uint256,uint256,uint8,bytes32,bytes32,{Orders})", call =>
        {
            Permits.Write(market, call, sender, market.State.Token.BalanceOf(sender) / 10);
            Write(call, orders);
        });
    }

    private Message? Broadcast()
    {
        if (book.Fitting() is not { } orders)
        {
            return null;
        }

        Message Of<TOrder>(OrderSchema<TOrder> schema, Signed<TOrder> order)
            where TOrder : Order => market.ToHub(market.Anybody.Address, $"broadcast{schema.TypeName}({schema.AbiTuple})", call => schema.WriteAbi(call, order));

        return Dice.Below(4) switch
        {
            0 => Of(OrderSchemas.App, orders.App),
            1 => Of(OrderSchemas.Dataset, orders.Dataset),
            2 => Of(OrderSchemas.Workerpool, orders.Workerpool),
            _ => Of(OrderSchemas.Request, orders.Request),
        };
    }

    private static void Write(AbiWriter call, FourOrders orders)
    {
        OrderSchemas.App.WriteAbi(call, orders.App);
        OrderSchemas.Dataset.WriteAbi(call, orders.Dataset);
        OrderSchemas.Workerpool.WriteAbi(call, orders.Workerpool);
        OrderSchemas.Request.WriteAbi(call, orders.Request);
    }

    /// <summary>The same orders with one fault. Orders that were changed are signed again, so that the fault itself is what is refused.</summary>
    private FourOrders Broken(FourOrders orders)
    {
        var (app, dataset, pool, request) = (orders.App.Order, orders.Dataset.Order, orders.Workerpool.Order, orders.Request.Order);
        return Dice.Below(22) switch
        {
            0 => Sign(orders, request with { Category = Market.OneMore(request.Category) }),
            1 => Sign(orders, request with { Category = 1000 }) with { Workerpool = Sign(pool with { Category = 1000 }) },
            2 => Sign(orders, request with { Trust = Market.OneMore(pool.Trust) }),
            3 => orders with { App = Sign(app with { AppPrice = Market.OneMore(request.AppMaxPrice) }) },
            4 => Sign(orders, request with { DatasetMaxPrice = 0 }),
            5 => orders with { Workerpool = Sign(pool with { WorkerpoolPrice = Market.OneMore(request.WorkerpoolMaxPrice) }) },
            6 => Sign(orders, request with { Tag = Tag.Of(200) }),
            7 => Sign(orders, request with { Tag = Tag.Of(Tag.TeeBit) }),
            8 => Sign(orders, request with { App = market.Hub.Hub }),
            9 => Sign(orders, request with { Dataset = market.Hub.Hub }),
            10 => Sign(orders, request with { Workerpool = Dice.Pick(Actors.ContractAddresses) }),
            11 => orders with { App = Sign(app with { DatasetRestrict = Dice.Pick(Actors.ContractAddresses) }) },
            12 => orders with { App = Sign(app with { WorkerpoolRestrict = market.AnyAddress, RequesterRestrict = Dice.Pick(Actors.ContractAddresses) }) },
            13 => orders with { Dataset = orders.Dataset with { Order = dataset with { AppRestrict = market.AnyAddress, WorkerpoolRestrict = market.AnyAddress } } },
            14 => orders with { Workerpool = Sign(pool with { AppRestrict = market.AnyAddress, DatasetRestrict = market.AnyAddress, RequesterRestrict = market.AnyAddress }) },
            15 => Sign(orders with { App = orders.App with { Order = app with { App = market.Workerpools.All[0] } } }, request with { App = market.Workerpools.All[0] }),
            16 => Sign(orders with { App = orders.App with { Order = app with { App = market.Anybody.Address } } }, request with { App = app.App }),
            17 => orders with { Workerpool = orders.Workerpool with { Order = pool with { Workerpool = market.Apps.All[0] } } },
            18 => orders with { App = orders.App with { Sign = Spoilt(orders.App.Sign) } },
            19 => orders with { Workerpool = orders.Workerpool with { Sign = Spoilt(orders.Workerpool.Sign) } },
            20 => orders with { Request = orders.Request with { Sign = Spoilt(orders.Request.Sign) } },
            _ => Sign(orders, request with { Volume = 0 }),
        };
    }

    private ReadOnlyMemory<byte> Spoilt(ReadOnlyMemory<byte> sign)
    {
        var bytes = sign.ToArray();
        switch (Dice.Below(5))
        {
            case 0:
                return bytes.Take(Dice.Below(64)).ToArray();
            case 1 when bytes.Length == 65:
                // EIP-2098: good, but shorter.
                bytes[32] |= (byte)(bytes[64] == 28 ? 0x80 : 0);
                return bytes[..64];
            case 2 when bytes.Length == 65:
                bytes[64] -= 27;
                return bytes;
            case 3 when bytes.Length == 65:
                bytes[32] |= 0x80;
                return bytes;
            default:
                return Dice.Bytes(65);
        }
    }

    private FourOrders Sign(FourOrders orders, RequestOrder request) => orders with { Request = book.Sign(OrderSchemas.Request, request, request.Requester) };

    private Signed<AppOrder> Sign(AppOrder order) => book.Sign(OrderSchemas.App, order, market.Apps.Owners.GetValueOrDefault(order.App));

    private Signed<WorkerpoolOrder> Sign(WorkerpoolOrder order) =>
        book.Sign(OrderSchemas.Workerpool, order, market.Workerpools.Owners.GetValueOrDefault(order.Workerpool));

    /// <summary>SIGN (0) of a new order, or CLOSE (1) of one that may be sold, by transaction or by signature.</summary>
    private Message? Manage(byte operation)
    {
        if (market.Apps.All.IsEmpty || market.Workerpools.All.IsEmpty || market.Datasets.All.IsEmpty)
        {
            return null;
        }

        var order = operation == 1 ? Dice.PickOrDefault(book.Open) : Dice.Below(4) switch
        {
            0 => book.NewApp(),
            1 => book.NewDataset(),
            2 => book.NewWorkerpool(),
            _ => book.RequestFor(book.NewApp(), DatasetOrder.None, book.NewWorkerpool()),
        };
        return order switch
        {
            AppOrder app => Manage(OrderSchemas.App, app, market.Apps.Owners[app.App], operation),
            DatasetOrder dataset => Manage(OrderSchemas.Dataset, dataset, market.Datasets.Owners[dataset.Dataset], operation),
            WorkerpoolOrder pool => Manage(OrderSchemas.Workerpool, pool, market.Workerpools.Owners[pool.Workerpool], operation),
            RequestOrder request => Manage(OrderSchemas.Request, request, request.Requester, operation),
            _ => null,
        };
    }

    private Message Manage<TOrder>(OrderSchema<TOrder> schema, TOrder order, Address owner, byte operation)
        where TOrder : Order
    {
        var bySignature = Dice.Chance(40);
        var sender = bySignature ? market.Anybody.Address : market.Usually(owner);
        var sign = bySignature ? market.Actors.Sign(market.Usually(owner), schema.OperationDigest(order, operation, market.Hub.Domain)) : Dice.Chance(80) ? [] : new byte[65];
        if (operation == 0)
        {
            book.AddPresigned(order);
        }

        return market.ToHub(sender, $"manage{order.Kind}Order(({schema.AbiTuple},uint8,bytes))", call => call.DynamicTuple(tuple =>
        {
            schema.WriteAbi(tuple, new Signed<TOrder>(order, ReadOnlyMemory<byte>.Empty));
            tuple.Uint((ulong)operation).Bytes(sign);
        }));
    }

    private Message? Ask()
    {
        if (book.Fitting() is not { } orders)
        {
            return null;
        }

        var owner = market.Apps.Owners[orders.App.Order.App];
        var hash = OrderSchemas.App.Hash(orders.App.Order, market.Hub.Domain).Value;
        var sign = Dice.Chance(50) ? Spoilt(orders.App.Sign).ToArray() : orders.App.Sign.ToArray();
        var deals = market.State.Hub.Deals.Keys.OrderBy(deal => deal.Value).ToArray();
        return Dice.Below(5) switch
        {
            0 => market.ToHub(owner, $"computeDealVolume({Orders})", call => Write(call, orders)),
            1 => market.ToHub(owner, "verifySignature(address,bytes32,bytes)", call => call.Address(market.Usually(owner)).Bytes32(hash).Bytes(sign)),
            2 => market.ToHub(owner, "verifyPresignature(address,bytes32)", call => call.Address(owner).Bytes32(hash)),
            3 => market.ToHub(owner, "verifyPresignatureOrSignature(address,bytes32,bytes)", call => call.Address(owner).Bytes32(hash).Bytes(sign)),
            _ => market.ToHub(owner, $"assertDatasetDealCompatibility({OrderSchemas.Dataset.AbiTuple},bytes32)", call =>
            {
                OrderSchemas.Dataset.WriteAbi(call, orders.Dataset);
                call.Bytes32(deals.Length == 0 ? default : Dice.Pick(deals).Value);
            }),
        };
    }
}
