using System.CommandLine;
using Iexec.Cli.Frame;
using Iexec.Sdk.Errors;

namespace Iexec.Cli.Commands.Wallet;

/// <summary>Moves of RLC between chains and into its enterprise form: known commands whose services are not there.</summary>
internal static class WalletBridges
{
    private const string NoBridge = MissingServices.NoBridge;
    private const string NoEnterprise = "eRLC was a token of the enterprise edition, which no longer exists; nothing was sent";

    public static void AddTo(Command group, CommandFrame frame)
    {
        group.Add(Replaced.Create(frame, "bridge-to-sidechain", "move RLC from the main chain to its side chain: <amount> [unit] (not on this network)", NoBridge));
        group.Add(Replaced.Create(frame, "bridge-to-mainchain", "move RLC from a side chain to its main chain: <amount> [unit] (not on this network)", NoBridge));
        group.Add(Replaced.Create(frame, "swap-RLC-for-eRLC", "turn RLC into eRLC: <amount> [unit] (not on this network)", NoEnterprise));
        group.Add(Replaced.Create(frame, "swap-eRLC-for-RLC", "turn eRLC into RLC: <amount> [unit] (not on this network)", NoEnterprise));
    }
}
