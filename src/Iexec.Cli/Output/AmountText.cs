using System.Text.Json.Nodes;
using Iexec.Ethereum;
using Iexec.Poco.Escrow;

namespace Iexec.Cli.Output;

/// <summary>Amounts as people read them, in both units of RLC.</summary>
internal static class AmountText
{
    // Members that hold nRLC in the objects of the official client.
    private static readonly HashSet<string> Names =
        ["price", "appprice", "datasetprice", "workerpoolprice", "appmaxprice", "datasetmaxprice", "workerpoolmaxprice", "workerStake"];

    public static string Rlc(UInt256 nrlc) => $"{nrlc} nRLC ({RlcAmount.FormatRlc(nrlc)} RLC)";

    public static string Ether(UInt256 wei) => $"{WeiAmount.FormatEther(wei)} ether";

    /// <summary>The amount that a member holds; null for what is none.</summary>
    public static string? Of(string name, JsonNode? value) =>
        Names.Contains(name) && value is JsonValue && UInt256.TryParse(value.ToString(), out var nrlc) ? Rlc(nrlc) : null;
}
