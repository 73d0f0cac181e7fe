using System.CommandLine;
using Iexec.Cli.Frame;
using Iexec.Sdk.Accounts;

namespace Iexec.Cli.Commands.Account;

internal static class AccountDeposit
{
    public static Command Create(CommandFrame frame) =>
        AccountMovement.Create(frame, "deposit", "move RLC from the wallet to the account", "Deposited {0} to your account", AccountActions.PlanDepositAsync);
}
