using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Ethereum;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Groups;

namespace Iexec.Cli.Commands.Group;

/// <summary>Groups of accounts, which the restriction fields of orders take in the place of one account.</summary>
internal static class GroupGroup
{
    public static void Fill(Command group, CommandFrame frame)
    {
        group.Add(GroupCreate.Create(frame));
        group.Add(Change(frame, "add", "make accounts members", GroupActions.PlanAddAsync, (count, address) => $"{count} accounts are members of group {address}"));
        group.Add(Change(frame, "remove", "end memberships", GroupActions.PlanRemoveAsync, (count, address) => $"{count} accounts are no members of group {address}"));
        group.Add(GroupShow.Create(frame));
    }

    public static Argument<string[]> Accounts(ArgumentArity arity, string description) => new("accounts") { Description = description, Arity = arity };

    public static IReadOnlyList<Address> Parse(string[]? accounts) =>
        [.. (accounts ?? []).SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Select(Address.Parse).Distinct()];

    private static Command Change(
        CommandFrame frame,
        string name,
        string description,
        Func<ChainConnection, Address, Address, IReadOnlyList<Address>, CancellationToken, Task<PlannedTransaction>> plan,
        Func<int, Address, string> tell)
    {
        var group = new Argument<string>("groupAddress");
        var accounts = Accounts(ArgumentArity.OneOrMore, "addresses");
        return frame.Bind(
            new Command(name, description) { group, accounts },
            OptionBlocks.Wallet | OptionBlocks.Chain | OptionBlocks.Confirms | OptionBlocks.DryRun,
            async context =>
            {
                var address = Address.Parse(context.Get(group)!);
                var wanted = Parse(context.Get(accounts));
                if (wanted.Count == 0)
                {
                    throw new IexecException(ErrorCode.ValidationError, "missing required argument 'accounts'");
                }

                var chain = await context.ConnectAsync();
                await context.TransactAsync(chain, await plan(chain, context.SelectWallet().Address, address, wanted, context.Cancellation), null, receipt => context.Succeed(
                    new JsonObject { ["group"] = address.ToString(), ["txHash"] = receipt.TransactionHash.ToString() }, tell(wanted.Count, address)));
            });
    }
}
