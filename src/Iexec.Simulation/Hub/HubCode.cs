using Iexec.Simulation.World;

namespace Iexec.Simulation.Hub;

/// <summary>The hub as a contract: its functions by selector.</summary>
internal sealed class HubCode : ISimulatedContract
{
    private static readonly FunctionTable Functions = new FunctionTable()
        .With(AccountFunctions.Table)
        .With(DealFunctions.Table)
        .With(BatchFunctions.Table)
        .With(BoostFunctions.Table)
        .With(RelayFunctions.Table)
        .With(OrderFunctions.Table)
        .With(AdministrationFunctions.Table)
        .With(ProtocolViews.Table)
        .With(AssetViews.Table);

    public static HubCode Instance { get; } = new();

    /// <summary>Selectors of what is modelled.</summary>
    public static IReadOnlyCollection<uint> Selectors => Functions.Selectors;

    public byte[] Invoke(Execution execution, Message message) => Functions.Run(execution, message, () => Refusal.Text("fallback-disabled"));
}
