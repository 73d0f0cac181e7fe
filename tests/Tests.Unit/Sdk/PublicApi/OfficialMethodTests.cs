using Iexec.Sdk;
using Tests.Unit.SourceTree;
using Xunit;

namespace Tests.Unit.Sdk.PublicApi;

/// <summary>Whoever knows the official library, version 9.0.1, finds every method of its modules.</summary>
public sealed class OfficialMethodTests
{
    private static readonly Dictionary<string, string> Modules = new()
    {
        ["wallet"] = "getAddress checkBalances sendETH sendRLC sweep checkBridgedBalances bridgeToSidechain bridgeToMainchain",
        ["account"] = "checkBalance deposit withdraw approve checkAllowance revokeApproval",
        ["app"] = "deployApp showApp showUserApp countUserApps checkAppSecretExists pushAppSecret predictAppAddress checkDeployedApp transferApp",
        ["dataset"] = "generateEncryptionKey encrypt computeEncryptedFileChecksum deployDataset showDataset showUserDataset countUserDatasets "
            + "checkDatasetSecretExists pushDatasetSecret predictDatasetAddress checkDeployedDataset transferDataset",
        ["workerpool"] = "deployWorkerpool showWorkerpool showUserWorkerpool countUserWorkerpools getWorkerpoolApiUrl setWorkerpoolApiUrl "
            + "predictWorkerpoolAddress checkDeployedWorkerpool transferWorkerpool",
        ["hub"] = "createCategory showCategory countCategory getTimeoutRatio",
        ["deal"] = "show obsDeal computeTaskId fetchRequesterDeals claim "
            + "fetchDealsByApporder fetchDealsByDatasetorder fetchDealsByWorkerpoolorder fetchDealsByRequestorder",
        ["order"] = string.Join(' ', new[] { "App", "Dataset", "Workerpool", "Request" }.SelectMany(kind => new[]
        {
            $"create{kind}order", $"hash{kind}order", $"sign{kind}order", $"cancel{kind}order", $"publish{kind}order", $"unpublish{kind}order",
            $"unpublishLast{kind}order", $"unpublishAll{kind}orders",
        })) + " matchOrders estimateMatchOrders prepareDatasetBulk",
        ["orderbook"] = "fetchApporder fetchDatasetorder fetchWorkerpoolorder fetchRequestorder "
            + "fetchAppOrderbook fetchDatasetOrderbook fetchWorkerpoolOrderbook fetchRequestOrderbook",
        ["task"] = "show obsTask claim fetchResults fetchLogs fetchOffchainInfo",
        ["result"] = "checkResultEncryptionKeyExists pushResultEncryptionKey",
        ["secrets"] = "checkRequesterSecretExists pushRequesterSecret",
        ["storage"] = "checkStorageTokenExists pushStorageToken",
        ["network"] = "getNetwork",
    };

    // What all kinds of orders have in common is one method here, and what is observed is watched.
    private static readonly Dictionary<string, string> Renamed = new(StringComparer.OrdinalIgnoreCase)
    {
        ["obsDeal"] = "Watch", ["obsTask"] = "Watch",
    };

    [Fact]
    public void Every_method_of_every_module_is_there()
    {
        Assert.Equal(14, Modules.Count);
        Faults.None(
            from module in Modules
            let type = typeof(IexecClient).GetProperties().Single(property => property.Name.Equals(module.Key, StringComparison.OrdinalIgnoreCase)).PropertyType
            let methods = type.GetMethods().Select(method => method.Name).ToHashSet(StringComparer.OrdinalIgnoreCase)
            from method in module.Value.Split(' ')
            where !Names(module.Key, method).Any(methods.Contains)
            select $"{module.Key}.{method} has nothing like it in {type.Name}.");
    }

    private static IEnumerable<string> Names(string module, string method)
    {
        var name = Renamed.GetValueOrDefault(method) ?? method;
        yield return name;
        yield return name + "Async";
        if (module == "order" && !name.StartsWith("create", StringComparison.Ordinal))
        {
            foreach (var kind in new[] { "Apporder", "Datasetorder", "Workerpoolorder", "Requestorder" })
            {
                yield return name.Replace(kind + "s", "", StringComparison.Ordinal).Replace(kind, "", StringComparison.Ordinal) + "Async";
            }
        }
    }
}
