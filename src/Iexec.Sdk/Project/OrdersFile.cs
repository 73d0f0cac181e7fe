using System.Globalization;
using System.Text.Json.Nodes;
using Iexec.Poco.Orders;
using Iexec.Sdk.Errors;

namespace Iexec.Sdk.Project;

/// <summary><c>orders.json</c>: <c>{chainId: {apporder, datasetorder, workerpoolorder, requestorder}}</c>, the latest signed order of each kind.</summary>
internal sealed class OrdersFile(JsonFile file)
{
    /// <summary>The signed order; null when none was signed on this chain.</summary>
    /// <exception cref="IexecException">ValidationError with the line: the entry is not a signed order.</exception>
    public Signed<TOrder>? Find<TOrder>(OrderSchema<TOrder> schema, OrderKind kind, ulong chainId)
        where TOrder : Order
    {
        if (file.TryRead() is not { } content)
        {
            return null;
        }

        string[] path = [Key(chainId), kind.JsonName()];
        if (content.Section(path) is not { } json)
        {
            return null;
        }

        try
        {
            return schema.ReadSignedJson(JsonText.ToElement(json));
        }
        catch (FormatException wrong)
        {
            throw content.Wrong(path, wrong.Message, new Advice("Sign it again.", Remedy.SignAgain, kind.OptionName()));
        }
    }

    /// <summary>Remembers a signed order in place of the former one of its kind.</summary>
    public void Save(OrderKind kind, ulong chainId, JsonObject signedOrder) => file.UpdateSection([Key(chainId)], orders => orders[kind.JsonName()] = signedOrder);

    private static string Key(ulong chainId) => chainId.ToString(CultureInfo.InvariantCulture);
}
