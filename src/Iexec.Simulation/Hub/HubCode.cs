using Iexec.Simulation.World;

namespace Iexec.Simulation.Hub;

/// <summary>The hub as a contract: its functions by selector.</summary>
internal sealed class HubCode : ISimulatedContract
{
    private readonly FunctionTable _functions;
    private readonly bool _ofCoins;

    private HubCode(FunctionTable money, bool ofCoins)
    {
        _ofCoins = ofCoins;
        _functions = new FunctionTable()
            .With(money)
            .With(AccountFunctions.Table)
            .With(DealFunctions.Table)
            .With(BatchFunctions.Table)
            .With(BoostFunctions.Table)
            .With(RelayFunctions.Table)
            .With(OrderFunctions.Table)
            .With(AdministrationFunctions.Table)
            .With(ProtocolViews.Table)
            .With(AssetViews.Table);
    }

    /// <summary>Of a hub that stakes a token.</summary>
    public static HubCode OfTokens { get; } = new(TokenFunctions.Table, ofCoins: false);

    /// <summary>Of a hub that stakes the chain's coin.</summary>
    public static HubCode OfCoins { get; } = new(CoinFunctions.Table, ofCoins: true);

    /// <summary>Selectors of what is modelled.</summary>
    public IReadOnlyCollection<uint> Selectors => _functions.Selectors;

    public byte[] Invoke(Execution execution, Message message) => _functions.RunOr(execution, message, () =>
    {
        Refusal.Unless(_ofCoins, "fallback-disabled");
        execution.DepositCoins(message, message.Sender);
        return [];
    });
}
