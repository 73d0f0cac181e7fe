using System.Text.Json.Nodes;
using Iexec.Ethereum;
using Iexec.Poco.Orders;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Project;

namespace Iexec.Sdk.Orders;

/// <summary>The section <c>order</c> of <c>iexec.json</c>: orders before their signature.</summary>
internal static class OrderDrafts
{
    /// <summary>Writes a fresh draft in place of the former one.</summary>
    public static JsonObject Init(ProjectFolder project, OrderKind kind, ulong chainId, Address wallet)
    {
        var draft = ProjectTemplates.Order(kind, asset => project.Deployed.Find(asset, chainId), wallet);
        _ = project.Iexec.Read();
        project.Iexec.UpdateSection(["order"], orders => orders[kind.JsonName()] = draft);
        return draft.DeepClone().AsObject();
    }

    /// <summary>Reads a draft. A request that names no requester is the wallet's; its params are kept byte for byte.</summary>
    /// <exception cref="IexecException">ValidationError with the line.</exception>
    public static TOrder Read<TOrder>(JsonFile file, OrderSchema<TOrder> schema, OrderKind kind, Address wallet)
        where TOrder : Order
    {
        var content = file.Read();
        string[] path = ["order", kind.JsonName()];
        var draft = content.Section(path)?.DeepClone().AsObject() ?? throw new IexecException(
            ErrorCode.ConfigurationError, $"Missing \"{kind.JsonName()}\" in \"{file.Name}\"", new Advice($"Draft the order in {file.Name} first.", Remedy.DraftOrder, kind.OptionName()));
        if (kind == OrderKind.Request && draft["requester"] is null)
        {
            draft["requester"] = wallet.ToString();
        }

        try
        {
            return schema.ReadJson(JsonText.ToElement(draft));
        }
        catch (FormatException wrong)
        {
            throw content.Wrong([.. path, Member(draft, wrong.Message)], wrong.Message);
        }
    }

    // The protocol names the member first ("app is a required field"), or the value; a value is looked up.
    private static string Member(JsonObject draft, string message)
    {
        var word = message.Split(' ')[0];
        return draft.ContainsKey(word) ? word
            : draft.FirstOrDefault(member => member.Value is JsonValue value && value.ToString() == word).Key ?? word;
    }
}
