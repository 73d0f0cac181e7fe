using Iexec.Sdk.Chains;
using Iexec.Sdk.Wire.Market;
using Iexec.Sdk.Wire.Sms;

namespace Iexec.Cli.Frame;

internal sealed partial class CommandContext
{
    /// <summary>The network's order gateway.</summary>
    public MarketClient Market(ChainSettings chain) => new(Http.Quick, chain.RequireIexecGateway(), Time);

    /// <summary>The network's secret service.</summary>
    public SmsClient Sms(ChainSettings chain) => new(Http.At(chain.RequireSms()));
}
