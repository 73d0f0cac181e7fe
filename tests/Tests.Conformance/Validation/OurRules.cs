using System.Text.Json;
using System.Text.Json.Nodes;
using Iexec.Ethereum;
using Iexec.Poco.Deals;
using Iexec.Poco.Escrow;
using Iexec.Poco.Orders;
using Iexec.Poco.Registries;
using Iexec.Sdk.Assets;
using Iexec.Sdk.Categories;
using Iexec.Sdk.Datasets;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Multiaddrs;
using Iexec.Sdk.Orders;
using Iexec.Sdk.Project;
using Iexec.Sdk.Secrets;

namespace Tests.Conformance.Validation;

/// <summary>Our answer to a value: what it is taken for, or the name and the words of the refusal.</summary>
internal sealed record Answer(string? Value, string? Name, string? Message)
{
    public static Answer Taken(string value) => new(value, null, null);

    public override string ToString() => Value is null ? $"{Name}: {Message}" : $"taken as {Value}";
}

/// <summary>The rules of ours that stand for those of the official client, each under the same name as in <c>rules.mjs</c>.</summary>
internal static class OurRules
{
    // Where a rule takes a whole object, what it makes of each member is compared by the rule of the member.
    public const string Whole = "an object";

    public static Answer Ask(string rule, JsonNode value)
    {
        try
        {
            return Answer.Taken(Read(rule, value));
        }
        catch (FormatException wrong)
        {
            return new Answer(null, nameof(ErrorCode.ValidationError), wrong.Message);
        }
        catch (IexecException wrong)
        {
            // A file adds where the member is.
            return new Answer(null, wrong.Code.ToString(), wrong.Message.Split(" in iexec.json")[0]);
        }
    }

    private static string Read(string rule, JsonNode value)
    {
        var json = JsonSerializer.SerializeToElement(value);
        return rule switch
        {
            "nRlc" => RlcAmount.Parse(Words(value)).ToString(),
            "rlc" => RlcAmount.Parse(Words(value), "RLC").ToString(),
            "wei" => WeiAmount.Parse(Words(value)).ToString(),
            "ether" => WeiAmount.Parse(Words(value), "ether").ToString(),
            "address" => Address.Parse((string)value!).ToString(),
            "bytes32" => Bytes32.Parse((string)value!).ToString(),
            "uint256" => Volume(value).ToString(),
            "datasetTag" => TagNames.Read(json, TagPolicy.AnyFramework).ToString(),
            "tag" => TagNames.Read(json, TagPolicy.Tdx).ToString(),
            "datasetKey" => DatasetKey.Parse((string)value!).ExportText(),
            "multiaddr" => Hex.Encode(Multiaddr.Encode((string)value!)),
            "app" => Section(value, AssetKind.App),
            "dataset" => Section(value, AssetKind.Dataset),
            "workerpool" => Section(value, AssetKind.Workerpool),
            "category" => InFile("category", value, file => CategorySection.Read(file)),
            "apporder" => Done(OrderSchemas.App.ReadJson(json)),
            "datasetorder" => Done(OrderSchemas.Dataset.ReadJson(json)),
            "workerpoolorder" => Done(OrderSchemas.Workerpool.ReadJson(json)),
            "requestorder" => Done(OrderSchemas.Request.ReadJson(json)),
            "signedApporder" => Done(OrderSchemas.App.ReadSignedJson(json)),
            "signedDatasetorder" => Done(OrderSchemas.Dataset.ReadSignedJson(json)),
            "signedWorkerpoolorder" => Done(OrderSchemas.Workerpool.ReadSignedJson(json)),
            "signedRequestorder" => Done(OrderSchemas.Request.ReadSignedJson(json)),
            "bulk" => Bulk(json),
            "maxDatasetPerTask" => Most((int)value),
            "storageProvider" => Provider((string)value!),
            "paramsText" => ExecutionParams.RequireJson((string)value!)!,
            "params" => Check(value, Tag.None),
            "teeParams" => Check(value, Tag.Of(Tag.TeeBit, Tag.TdxBit)),
            _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "There is no such rule."),
        };
    }

    private static UInt256 Volume(JsonNode value)
    {
        var order = JsonNode.Parse(RuleRows.AppOrder)!.AsObject();
        order["volume"] = value.DeepClone();
        return OrderSchemas.App.ReadJson(JsonSerializer.SerializeToElement(order)).Volume;
    }

    private static string[] Words(JsonNode value) => value is JsonArray words ? [.. words.Select(word => (string)word!)] : ((string)value!).Split(' ');

    private static string Bulk(JsonElement json)
    {
        DatasetBulk.Check([.. json.EnumerateArray().Select(order => OrderSchemas.Dataset.ReadSignedJson(order))]);
        return Whole;
    }

    private static string Most(int most)
    {
        DatasetBulk.Check(most);
        return most.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private static string Provider(string provider)
    {
        _ = WalletSecretNames.StorageToken(provider);
        return provider;
    }

    private static string Done(object read) => read is null ? "" : Whole;

    private static string Check(JsonNode value, Tag tag)
    {
        DealParams.Parse(value.ToJsonString()).Check(tag);
        return Whole;
    }

    private static string Section(JsonNode value, AssetKind kind) => InFile(kind.JsonName(), value, file => AssetSection.Read(file, kind).Describe(kind));

    private static string InFile(string section, JsonNode value, Func<JsonFile, object> read)
    {
        var folder = Directory.CreateTempSubdirectory("iexec-rules-").FullName;
        try
        {
            var file = new JsonFile(Path.Combine(folder, "iexec.json"));
            file.Write(new JsonObject { [section] = value.DeepClone() });
            return Done(read(file));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
