using System.CommandLine;
using Iexec.Cli.Frame;

namespace Iexec.Cli.Commands.Former;

/// <summary>Vouchers of version 8: executions that a sponsor pays.</summary>
internal static class VoucherGroup
{
    private const string NoVouchers = "This network has no vouchers yet; somebody else can pay by an allowance: iexec account approve <amount> <spender>";

    public static void Fill(Command group, CommandFrame frame)
    {
        group.Add(Replaced.Create(frame, "show", "show a voucher: [--user <address>] (not on this network)", NoVouchers));
        group.Add(Replaced.Create(frame, "authorize", "let a requester use the voucher: <requester> (not on this network)", NoVouchers));
        group.Add(Replaced.Create(frame, "revoke", "take that back: <requester> (not on this network)", NoVouchers));
    }
}
