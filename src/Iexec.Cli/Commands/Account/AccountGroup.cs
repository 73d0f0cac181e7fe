using System.CommandLine;
using Iexec.Cli.Frame;

namespace Iexec.Cli.Commands.Account;

internal static class AccountGroup
{
    public static void Fill(Command group, CommandFrame frame)
    {
        group.Add(AccountShow.Create(frame));
        group.Add(AccountDeposit.Create(frame));
        group.Add(AccountWithdraw.Create(frame));
    }
}
