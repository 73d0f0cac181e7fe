using System.CommandLine;
using Iexec.Cli.Frame;
using Iexec.Sdk.Accounts;

namespace Iexec.Cli.Commands.Account;

internal static class AccountWithdraw
{
    public static Command Create(CommandFrame frame) =>
        AccountMovement.Create(frame, "withdraw", "move free RLC from the account to the wallet", "Withdrew {0} from your account", AccountActions.PlanWithdrawAsync);
}
