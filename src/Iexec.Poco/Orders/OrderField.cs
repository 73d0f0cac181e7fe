using System.Text.Json;
using Iexec.Ethereum;
using Iexec.Ethereum.Abi;

namespace Iexec.Poco.Orders;

/// <summary>A member of an order with the access to its value.</summary>
internal abstract class OrderField<TOrder>(string name, string abiType)
    where TOrder : Order
{
    public OrderMember Member { get; } = new(name, abiType);

    /// <summary>EIP-712 encodeData of the value: one word.</summary>
    public abstract Bytes32 EncodeWord(TOrder order);

    public abstract void WriteAbi(AbiWriter writer, TOrder order);

    public abstract TOrder ReadAbi(TOrder order, AbiReader reader);

    public abstract void WriteJson(Utf8JsonWriter writer, TOrder order);

    public abstract TOrder ReadJson(TOrder order, JsonElement json, OrderForm form);
}

/// <summary>A member by its name, its type, how to get it and how to copy the order with another value of it.</summary>
internal sealed class OrderField<TOrder, TValue>(
    string name, OrderFieldType<TValue> type, Func<TOrder, TValue> get, Func<TOrder, TValue, TOrder> with)
    : OrderField<TOrder>(name, type.AbiType)
    where TOrder : Order
{
    public override Bytes32 EncodeWord(TOrder order) => type.EncodeWord(get(order));

    public override void WriteAbi(AbiWriter writer, TOrder order) => type.WriteAbi(writer, get(order));

    public override TOrder ReadAbi(TOrder order, AbiReader reader) => with(order, type.ReadAbi(reader));

    public override void WriteJson(Utf8JsonWriter writer, TOrder order) => writer.WriteString(Member.Name, type.ToText(get(order)));

    public override TOrder ReadJson(TOrder order, JsonElement json, OrderForm form) =>
        with(order, type.Read(OrderJson.Required(json, Member.Name), Member.Name, form));
}
