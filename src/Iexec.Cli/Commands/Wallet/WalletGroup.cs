using System.CommandLine;
using Iexec.Cli.Frame;
using Iexec.Sdk.Wire.Faucet;

namespace Iexec.Cli.Commands.Wallet;

internal static class WalletGroup
{
    public static void Fill(Command group, CommandFrame frame)
    {
        group.Add(WalletCreate.Create(frame));
        group.Add(WalletImport.Create(frame));
        group.Add(WalletShow.Create(frame));
        group.Add(WalletSend.CreateEther(frame));
        group.Add(WalletSend.CreateRlc(frame, "send-RLC", "RLC"));
        // V2 to V7 counted this command's amounts in nRLC.
        group.Add(WalletSend.CreateRlc(frame, "sendRLC", "nRLC"));
        group.Add(WalletSweepCommand.Create(frame));
        group.Add(WalletFaucet.Create(frame, FaucetCoin.Ether));
        group.Add(WalletFaucet.Create(frame, FaucetCoin.Rlc));
        group.Add(WalletEncrypt.Create(frame));
        group.Add(WalletDecrypt.Create(frame));
        WalletBridges.AddTo(group, frame);
    }
}
