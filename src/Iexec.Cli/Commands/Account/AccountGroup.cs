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
        group.Add(AccountApprove.Create(frame));
        group.Add(AccountAllowance.Create(frame));
        group.Add(AccountRevoke.Create(frame));
        group.Add(Replaced.Create(
            frame, "login", "sign in to the servers of V2", "No server asks for a login any more: every request is signed by the wallet itself"));
    }
}
