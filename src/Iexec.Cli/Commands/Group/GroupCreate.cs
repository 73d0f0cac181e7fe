using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Ethereum;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Groups;

namespace Iexec.Cli.Commands.Group;

internal static class GroupCreate
{
    public static Command Create(CommandFrame frame)
    {
        var accounts = GroupGroup.Accounts(ArgumentArity.ZeroOrMore, "the first members");
        var salt = new Option<string?>("--salt") { Description = "fixes the group's address for this wallet, else a random one", HelpName = "bytes32" };
        return frame.Bind(
            new Command("create", "make a group of accounts") { accounts, salt },
            OptionBlocks.Wallet | OptionBlocks.Chain | OptionBlocks.Confirms | OptionBlocks.DryRun,
            async context =>
            {
                var members = GroupGroup.Parse(context.Get(accounts));
                var number = Salt(context, context.Get(salt));
                var chain = await context.ConnectAsync();
                var (group, planned) = await GroupActions.PlanCreateAsync(chain, context.SelectWallet().Address, number, members, context.Cancellation);
                await context.TransactAsync(chain, planned, null, receipt => context.Succeed(
                    new JsonObject { ["group"] = group.ToString(), ["txHash"] = receipt.TransactionHash.ToString() },
                    output =>
                    {
                        context.Tick(output, $"Made group {group} with {members.Count} member{(members.Count == 1 ? "" : "s")}");
                        output.WriteLine($"  Offer to its members alone: iexec app publish --requester-restrict {group}");
                    }));
            });
    }

    private static Bytes32 Salt(CommandContext context, string? text)
    {
        if (text is not null)
        {
            return Bytes32.TryParse(text, out var given) ? given : throw new IexecException(ErrorCode.ValidationError, $"{text} is not a bytes32 hexstring");
        }

        Span<byte> random = stackalloc byte[32];
        context.Entropy.Fill(random);
        return new Bytes32(random);
    }
}
