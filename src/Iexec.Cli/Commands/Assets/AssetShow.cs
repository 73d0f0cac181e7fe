using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Ethereum;
using Iexec.Poco.Registries;
using Iexec.Sdk.Assets;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Project;

namespace Iexec.Cli.Commands.Assets;

internal static class AssetShow
{
    public static Command Create(CommandFrame frame, AssetKind kind)
    {
        var name = kind.JsonName();
        var which = new Argument<string?>("addressOrIndex") { Description = "the address, or the index among the owner's; else that of deployed.json", Arity = ArgumentArity.ZeroOrOne };
        var user = new Option<string?>("--user") { Description = "owner that an index refers to, else the wallet", HelpName = "address" };
        return frame.Bind(new Command("show", $"show {kind.WithArticle()}") { which, user }, OptionBlocks.Wallet | OptionBlocks.Chain, async context =>
        {
            var chain = await context.ConnectAsync();
            var address = await ResolveAsync(context, chain, kind, context.Get(which), context.Get(user));
            var asset = await AssetActions.ShowAsync(chain, kind, address, context.Cancellation);
            var fields = new JsonObject { ["address"] = address.ToString(), [name] = asset };
            if (kind == AssetKind.Workerpool && await chain.Workerpools.FindUrlAsync(address, context.Cancellation) is { } url)
            {
                fields["apiUrl"] = url.OriginalString;
            }

            context.Succeed(fields, $"{name} {address} details:", fields);
        });
    }

    private static async Task<Address> ResolveAsync(CommandContext context, ChainConnection chain, AssetKind kind, string? which, string? user)
    {
        if (which is null)
        {
            return context.Project.Deployed.Find(kind, chain.ChainId) ?? throw new IexecException(
                ErrorCode.ValidationError, $"No {kind.JsonName()} named, and none in \"deployed.json\" for chain {chain.ChainId}", $"Name an address or an index: iexec {kind.JsonName()} show <addressOrIndex>");
        }

        if (Address.TryParse(which, out var address))
        {
            return address;
        }

        var owner = user is null ? context.SelectWallet().Address : Address.Parse(user);
        return ulong.TryParse(which, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? await AssetActions.AtIndexAsync(chain, kind, owner, index, context.Cancellation)
            : throw new IexecException(ErrorCode.ValidationError, $"{which} is not a valid ethereum address or index");
    }
}
