using Iexec.Sdk.Chains;
using Iexec.Sdk.Wire.Market;

namespace Iexec.Cli.Frame;

public sealed partial class CommandContext
{
    /// <summary>The network's order gateway.</summary>
    public MarketClient Market(ChainSettings chain) => new(Http.Quick, chain.RequireIexecGateway(), Time);
}
