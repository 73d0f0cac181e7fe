namespace Iexec.Testing.Official;

/// <summary>What the escrow holds: an ERC-20 token, or the chain's own coin at 1 nRLC = 10⁹ wei.</summary>
public enum EscrowMode
{
    Token,
    Native,
}

/// <summary>The modules that stand behind the official proxy, in the order in which they are linked. Where two have a function, the later answers.</summary>
internal static class OfficialModules
{
    public const string OrdersLibrary = "IexecLibOrders_v5";
    public const string Update = "ERC1538UpdateDelegate";
    public const string Proxy = "ERC1538Proxy";

    public static IReadOnlyList<string> Of(EscrowMode mode) =>
    [
        "ERC1538QueryDelegate",
        "IexecAccessorsDelegate",
        "IexecAccessorsABILegacyDelegate",
        "IexecCategoryManagerDelegate",
        "IexecERC20Delegate",
        mode == EscrowMode.Token ? "IexecEscrowTokenDelegate" : "IexecEscrowNativeDelegate",
        "IexecMaintenanceDelegate",
        "IexecMaintenanceExtraDelegate",
        "IexecOrderManagementDelegate",
        "IexecPoco1Delegate",
        "IexecPoco2Delegate",
        "IexecPocoAccessorsDelegate",
        "IexecPocoBoostDelegate",
        "IexecPocoBoostAccessorsDelegate",
        "IexecRelayDelegate",
        "ENSIntegrationDelegate",
    ];
}
