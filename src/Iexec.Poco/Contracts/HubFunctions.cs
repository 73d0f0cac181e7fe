using Iexec.Ethereum.Abi;
using Iexec.Poco.Orders;

namespace Iexec.Poco.Contracts;

/// <summary>Signatures of the hub's functions.</summary>
internal static class HubFunctions
{
    public static readonly AbiSignature Token = new("token()");
    public static readonly AbiSignature AppRegistry = new("appregistry()");
    public static readonly AbiSignature DatasetRegistry = new("datasetregistry()");
    public static readonly AbiSignature WorkerpoolRegistry = new("workerpoolregistry()");
    public static readonly AbiSignature Domain = new("domain()");
    public static readonly AbiSignature CallbackGas = new("callbackgas()");
    public static readonly AbiSignature ViewDeal = new("viewDeal(bytes32)");
    public static readonly AbiSignature ViewTask = new("viewTask(bytes32)");
    public static readonly AbiSignature ViewContribution = new("viewContribution(bytes32,address)");
    public static readonly AbiSignature ViewAccount = new("viewAccount(address)");
    public static readonly AbiSignature ViewScore = new("viewScore(address)");
    public static readonly AbiSignature ViewConsumed = new("viewConsumed(bytes32)");
    public static readonly AbiSignature ViewCategory = new("viewCategory(uint256)");
    public static readonly AbiSignature CountCategory = new("countCategory()");
    public static readonly AbiSignature VerifyPresignatureOrSignature = new("verifyPresignatureOrSignature(address,bytes32,bytes)");
    public static readonly AbiSignature Withdraw = new("withdraw(uint256)");
    public static readonly AbiSignature CreateCategory = new("createCategory(string,string,uint256)");
    public static readonly AbiSignature MatchOrders = new(
        $"matchOrders({OrderSchemas.App.AbiTuple},{OrderSchemas.Dataset.AbiTuple},{OrderSchemas.Workerpool.AbiTuple},{OrderSchemas.Request.AbiTuple})");
    public static readonly AbiSignature ManageAppOrder = Manage(OrderSchemas.App);
    public static readonly AbiSignature ManageDatasetOrder = Manage(OrderSchemas.Dataset);
    public static readonly AbiSignature ManageWorkerpoolOrder = Manage(OrderSchemas.Workerpool);
    public static readonly AbiSignature ManageRequestOrder = Manage(OrderSchemas.Request);
    public static readonly AbiSignature Initialize = new("initialize(bytes32,uint256)");
    public static readonly AbiSignature InitializeArray = new("initializeArray(bytes32[],uint256[])");
    public static readonly AbiSignature Contribute = new("contribute(bytes32,bytes32,bytes32,address,bytes,bytes)");
    public static readonly AbiSignature Reveal = new("reveal(bytes32,bytes32)");
    public static readonly AbiSignature FinalizeTask = new("finalize(bytes32,bytes,bytes)");
    public static readonly AbiSignature ContributeAndFinalize = new("contributeAndFinalize(bytes32,bytes32,bytes,bytes,address,bytes,bytes)");
    public static readonly AbiSignature Claim = new("claim(bytes32)");
    public static readonly AbiSignature ClaimArray = new("claimArray(bytes32[])");
    public static readonly AbiSignature InitializeAndClaimArray = new("initializeAndClaimArray(bytes32[],uint256[])");

    private static AbiSignature Manage<TOrder>(OrderSchema<TOrder> schema)
        where TOrder : Order => new($"manage{schema.TypeName}(({schema.AbiTuple},uint8,bytes))");
}
