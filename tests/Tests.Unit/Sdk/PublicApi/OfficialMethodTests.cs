using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.Signing;
using Iexec.Poco.Escrow;
using Iexec.Poco.Orders;
using Iexec.Sdk;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Modules;
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
    public void Every_utility_is_there()
    {
        Assert.Equal((UInt256)500_000_000, RlcAmount.Parse("0.5", "RLC"));
        Assert.Equal("0.5", RlcAmount.FormatRlc(500_000_000));
        Assert.Equal((UInt256)5_000_000_000, WeiAmount.Parse("5 gwei", "ether"));
        Assert.Equal("0.000000005", WeiAmount.FormatEther(5_000_000_000));
        var tag = TagNames.Encode(["tee", "tdx"], TagPolicy.Tdx) | TagNames.Parse("gpu", TagPolicy.Tdx);
        Assert.Equal(["tee", "tdx", "gpu"], TagNames.Of(tag));
        Assert.Equal("0x0000000000000000000000000000000000000000", Address.Zero.ToString());
        Assert.Equal("0x" + new string('0', 64), Bytes32.Zero.ToString());
        Assert.Equal((1UL << 53) - 1, OrderModule.InfiniteVolume);
        using var key = PrivateKey.Parse(new string('1', 64));
        Assert.Equal("0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A", ((ISigner)key).Address.ToString());
    }

    [Theory]
    [InlineData("ValidationError", false, false)]
    [InlineData("ConfigurationError", false, false)]
    [InlineData("ObjectNotFoundError", false, false)]
    [InlineData("Web3ProviderError", false, true)]
    [InlineData("Web3ProviderCallError", false, true)]
    [InlineData("Web3ProviderSendError", false, true)]
    [InlineData("Web3ProviderSignMessageError", false, true)]
    [InlineData("SmsCallError", true, false)]
    [InlineData("MarketCallError", true, false)]
    [InlineData("IpfsGatewayCallError", true, false)]
    [InlineData("CompassCallError", true, false)]
    [InlineData("WorkerpoolCallError", true, false)]
    public void Every_error_has_its_name_and_its_base(string name, bool isApiCall, bool isWeb3Provider)
    {
        var error = new IexecException(Enum.Parse<ErrorCode>(name), "x");
        Assert.Equal((name, isApiCall, isWeb3Provider), (error.Code.ToString(), error.IsApiCallError, error.IsWeb3ProviderError));
    }

    [Fact]
    public void What_is_not_found_is_named_by_kind_id_and_chain()
    {
        var error = IexecException.NotFound("deal", "0x12", 134);
        Assert.Equal((ErrorCode.ObjectNotFoundError, "No deal found for id 0x12 on chain 134"), (error.Code, error.Message));
        Assert.Equal(new MissingObject("deal", "0x12", 134), error.Missing);
        Assert.Null(new IexecException(ErrorCode.ObjectNotFoundError, "x").Missing);
    }

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
