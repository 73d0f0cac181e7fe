using System.Text.Json.Nodes;
using Iexec.Ethereum;
using Iexec.Poco.Orders;
using Iexec.Poco.Registries;

namespace Iexec.Sdk.Project;

/// <summary>What the init commands write: complete, safe defaults to edit.</summary>
internal static class ProjectTemplates
{
    private static readonly string NoAddress = Address.Zero.ToString();
    private static readonly string NoTag = Bytes32.Zero.ToString();

    /// <summary>A new <c>iexec.json</c>.</summary>
    public static JsonObject Iexec() => new()
    {
        ["description"] = "My iExec resource description, must be at least 150 chars long in order to pass the validation checks. Describe your application, dataset or workerpool to your users",
        ["license"] = "MIT",
        ["author"] = "?",
        ["social"] = new JsonObject { ["website"] = "?", ["github"] = "?" },
        ["logo"] = "logo.png",
    };

    /// <summary>A new <c>chain.json</c>. Its default is the local network, whose entry <c>iexec up</c> writes.</summary>
    public static JsonObject Chain() => new()
    {
        ["default"] = "dev",
        ["chains"] = new JsonObject { ["arbitrum-mainnet"] = new JsonObject(), ["arbitrum-sepolia-testnet"] = new JsonObject() },
    };

    /// <summary>The section of an asset.</summary>
    public static JsonObject Asset(AssetKind kind, Address owner) => kind switch
    {
        AssetKind.App => new()
        {
            ["owner"] = owner.ToString(),
            ["name"] = "hello-world",
            ["type"] = "DOCKER",
            ["multiaddr"] = "iexechub/python-hello-world:8.0.4",
            ["checksum"] = "0xb0b664b7a6d249f81c067a9262b1763144eeb3ca63e553567f71673442ce9e84",
        },
        AssetKind.Dataset => new()
        {
            ["owner"] = owner.ToString(),
            ["name"] = "my-dataset",
            ["multiaddr"] = "/ipfs/QmW2WQi7j6c7UgJTarActp7tDNikE4B2qXtFCfLPdsgaTQ",
            ["checksum"] = NoTag,
        },
        _ => new() { ["owner"] = owner.ToString(), ["description"] = "my-workerpool" },
    };

    /// <summary>The section of an order. Trust is 0: more needs several workers of the pool, which the signer has to know of.</summary>
    public static JsonObject Order(OrderKind kind, Func<AssetKind, Address?> deployed, Address wallet)
    {
        string Deployed(AssetKind asset) => (deployed(asset) ?? Address.Zero).ToString();

        return kind switch
        {
            OrderKind.App => new()
            {
                ["app"] = Deployed(AssetKind.App), ["appprice"] = "0", ["volume"] = "1000000", ["tag"] = NoTag,
                ["datasetrestrict"] = NoAddress, ["workerpoolrestrict"] = NoAddress, ["requesterrestrict"] = NoAddress,
            },
            OrderKind.Dataset => new()
            {
                ["dataset"] = Deployed(AssetKind.Dataset), ["datasetprice"] = "0", ["volume"] = "1000000", ["tag"] = NoTag,
                ["apprestrict"] = NoAddress, ["workerpoolrestrict"] = NoAddress, ["requesterrestrict"] = NoAddress,
            },
            OrderKind.Workerpool => new()
            {
                ["workerpool"] = Deployed(AssetKind.Workerpool), ["workerpoolprice"] = "0", ["volume"] = "1", ["category"] = "0", ["trust"] = "0", ["tag"] = NoTag,
                ["apprestrict"] = NoAddress, ["datasetrestrict"] = NoAddress, ["requesterrestrict"] = NoAddress,
            },
            _ => new()
            {
                ["app"] = Deployed(AssetKind.App), ["appmaxprice"] = "0", ["dataset"] = NoAddress, ["datasetmaxprice"] = "0",
                ["workerpool"] = NoAddress, ["workerpoolmaxprice"] = "0", ["volume"] = "1", ["category"] = "0", ["trust"] = "0", ["tag"] = NoTag,
                ["beneficiary"] = wallet.ToString(), ["callback"] = NoAddress, ["params"] = "{}", ["requester"] = wallet.ToString(),
            },
        };
    }
}
