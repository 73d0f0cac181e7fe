using System.CommandLine;
using Iexec.Cli.Frame;
using Iexec.Ethereum;
using Iexec.Poco.Orders;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Market;

namespace Iexec.Cli.Commands.Orderbook;

/// <summary>The filters that the books have in common. Each option is made by the first command that adds it.</summary>
internal sealed class BookFilters(Command command)
{
    private readonly Dictionary<string, Option<string?>> _texts = [];
    private readonly Dictionary<string, Option<bool>> _flags = [];

    public BookFilters Tags()
    {
        Text("tag", "exactly these tags", "tag,…");
        Text("require-tag", "at least these tags", "tag,…");
        Text("max-tag", "at most these tags", "tag,…");
        return Text("min-volume", "at least so many tasks remain", "number");
    }

    public BookFilters Owner(string sold) => Text("owner", $"only offers of this owner of {sold}s", "address");

    public BookFilters Restriction(string name)
    {
        Text(name, $"orders restricted to this {name} too", "address|any");
        return Strict(name);
    }

    public BookFilters Strict(string name)
    {
        var option = new Option<bool>($"--{name}-strict") { Description = $"only orders restricted to that {name}" };
        _flags[name] = option;
        command.Add(option);
        return this;
    }

    public BookFilters Text(string name, string description, string helpName)
    {
        var option = new Option<string?>($"--{name}") { Description = description, HelpName = helpName };
        _texts[name] = option;
        command.Add(option);
        return this;
    }

    public AddressFilter Address(CommandContext context, string name) => AddressFilterOf(context.Get(_texts[name]));

    public Ethereum.Address? OwnerOf(CommandContext context) => context.Get(_texts["owner"]) is { } text ? Ethereum.Address.Parse(text) : null;

    public bool IsStrict(CommandContext context, string name) => context.Get(_flags[name]);

    public UInt256? Number(CommandContext context, string name) => context.Get(_texts[name]) is { } text ? UInt256.Parse(text) : null;

    public Tag? MinTag(CommandContext context) => TagOf(context, "require-tag") ?? TagOf(context, "tag");

    public Tag? MaxTag(CommandContext context) => TagOf(context, "max-tag") ?? TagOf(context, "tag");

    public static AddressFilter AddressFilterOf(string? text) => text switch
    {
        null => AddressFilter.Unrestricted,
        "any" => AddressFilter.Any,
        _ when Ethereum.Address.TryParse(text, out var address) => address,
        _ => throw new IexecException(ErrorCode.ValidationError, $"{text} is not a valid ethereum address"),
    };

    private Tag? TagOf(CommandContext context, string name) => context.Get(_texts[name]) is { } text ? TagNames.Parse(text, TagPolicy.AnyFramework) : null;
}
