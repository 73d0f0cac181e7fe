using System.CommandLine;
using Iexec.Cli.Frame;

namespace Iexec.Cli.Commands.Wallet;

internal static class WalletGroup
{
    public static void Fill(Command group, CommandFrame frame)
    {
        group.Add(WalletCreate.Create(frame));
        group.Add(WalletImport.Create(frame));
        group.Add(WalletShow.Create(frame));
    }
}
