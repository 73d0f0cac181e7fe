using Iexec.Ethereum.Abi;
using Iexec.Poco.Orders;

namespace Iexec.Testing.Contracts;

/// <summary>Call data of the functions that take one order, for any of the four kinds.</summary>
public static class OrderCalls
{
    /// <summary>Operation of <c>manage…Order</c> that signs.</summary>
    public const byte Sign = 0;

    /// <summary>Operation of <c>manage…Order</c> that closes.</summary>
    public const byte Close = 1;

    /// <summary><c>manage…Order((order, operation, sign))</c>; an empty signature when the owner itself sends it.</summary>
    public static byte[] Manage<TOrder>(OrderSchema<TOrder> schema, Signed<TOrder> order, byte operation, ReadOnlyMemory<byte> sign = default)
        where TOrder : Order =>
        new AbiWriter().DynamicTuple(tuple =>
        {
            schema.WriteAbi(tuple, order);
            tuple.Uint((ulong)operation).Bytes(sign.Span);
        }).ToCallData(new AbiSignature($"manage{schema.TypeName}(({schema.AbiTuple},uint8,bytes))").Selector);

    /// <summary><c>broadcast…Order(order)</c>.</summary>
    public static byte[] Broadcast<TOrder>(OrderSchema<TOrder> schema, Signed<TOrder> order)
        where TOrder : Order
    {
        var call = new AbiWriter();
        schema.WriteAbi(call, order);
        return call.ToCallData(new AbiSignature($"broadcast{schema.TypeName}({schema.AbiTuple})").Selector);
    }
}
