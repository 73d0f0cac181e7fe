using Iexec.Ethereum;
using Iexec.Poco.Escrow;

namespace Iexec.Cli.Output;

/// <summary>Amounts as people read them, in both units of RLC.</summary>
internal static class AmountText
{
    public static string Rlc(UInt256 nrlc) => $"{nrlc} nRLC ({RlcAmount.FormatRlc(nrlc)} RLC)";

    public static string Ether(UInt256 wei) => $"{WeiAmount.FormatEther(wei)} ether";
}
