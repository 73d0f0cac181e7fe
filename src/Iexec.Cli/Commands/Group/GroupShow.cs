using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Ethereum;
using Iexec.Sdk.Groups;

namespace Iexec.Cli.Commands.Group;

internal static class GroupShow
{
    public static Command Create(CommandFrame frame)
    {
        var group = new Argument<string>("groupAddress");
        var accounts = GroupGroup.Accounts(ArgumentArity.ZeroOrMore, "tell whether these are members");
        return frame.Bind(new Command("show", "show a group's owner and members") { group, accounts }, OptionBlocks.Chain, async context =>
        {
            var address = Address.Parse(context.Get(group)!);
            var asked = GroupGroup.Parse(context.Get(accounts));
            var chain = await context.ConnectAsync();
            var found = await GroupActions.GetAsync(chain, address, context.Cancellation);
            var shown = new JsonObject { ["address"] = address.ToString(), ["owner"] = found.Owner.ToString() };
            if (!found.PendingOwner.IsZero)
            {
                shown["offeredTo"] = found.PendingOwner.ToString();
            }

            if (found.Members is { } members)
            {
                shown["members"] = new JsonArray([.. members.Select(member => (JsonNode)member.ToString())]);
            }
            else
            {
                context.Warn("This node does not list the members; name accounts to ask for them one by one");
            }

            if (asked.Count > 0)
            {
                var answers = await GroupActions.AreMembersAsync(chain, address, asked, context.Cancellation);
                shown["isMember"] = new JsonObject(asked.Select((account, i) => KeyValuePair.Create(account.ToString(), (JsonNode?)answers[i])));
            }

            var fields = new JsonObject { ["group"] = shown };
            context.Succeed(fields, $"Group {address}:", fields);
        });
    }
}
