using Iexec.Ethereum;
using Iexec.Poco.Escrow;
using Iexec.Sdk.Errors;

namespace Iexec.Cli.Frame;

/// <summary>Amounts as they are typed: a number, and perhaps a unit after a space.</summary>
internal static class AmountInput
{
    /// <exception cref="IexecException">ValidationError: not an amount; the hint shows one.</exception>
    public static UInt256 Rlc(string text, string defaultUnit = "nRLC") =>
        Parse(() => RlcAmount.Parse(text, defaultUnit), $"Write a whole number of nRLC, or RLC with up to nine decimals: 200 nRLC, 0.2 RLC. Without a unit it is {defaultUnit}.");

    /// <exception cref="IexecException">As <see cref="Rlc"/>.</exception>
    public static UInt256 Ether(string text) => Parse(() => WeiAmount.Parse(text, "ether"), "Write a number and perhaps a unit: 0.1, 0.1 ether, 2 gwei. Without a unit it is ether.");

    private static UInt256 Parse(Func<UInt256> parse, string hint)
    {
        try
        {
            return parse();
        }
        catch (FormatException wrong)
        {
            throw new IexecException(ErrorCode.ValidationError, wrong.Message, hint, wrong);
        }
    }
}
