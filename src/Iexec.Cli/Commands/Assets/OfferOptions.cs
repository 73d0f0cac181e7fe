using System.CommandLine;
using Iexec.Cli.Frame;
using Iexec.Ethereum;
using Iexec.Poco.Orders;
using Iexec.Poco.Registries;

namespace Iexec.Cli.Commands.Assets;

/// <summary>What an offer says besides its asset; every kind has its own restrictions.</summary>
internal sealed class OfferOptions
{
    private readonly AssetKind _kind;
    private readonly Option<string[]> _price = AmountOption("--price", "price of one task, nothing if not given");
    private readonly Option<string?> _volume;
    private readonly Option<string?> _tag = Text("--tag", "what the execution needs: tee and one of tdx, scone, gramine; gpu", "tag,…");
    private readonly Option<string?> _app = Restriction("app");
    private readonly Option<string?> _dataset = Restriction("dataset");
    private readonly Option<string?> _workerpool = Restriction("workerpool");
    private readonly Option<string?> _requester = Restriction("requester");
    private readonly Option<string?> _category = Text("--category", "the class of execution time, 0 if not given", "id");
    private readonly Option<string?> _trust = Text("--trust", "highest trust offered, 0 if not given", "number");

    public OfferOptions(AssetKind kind)
    {
        _kind = kind;
        _volume = Text("--volume", $"number of tasks, {DefaultVolume} if not given", "number");
    }

    private string DefaultVolume => _kind == AssetKind.Workerpool ? "1" : "1000000";

    public void AddTo(Command command)
    {
        Option[] own = _kind switch
        {
            AssetKind.App => [_dataset, _workerpool, _requester],
            AssetKind.Dataset => [_app, _workerpool, _requester],
            _ => [_category, _trust, _app, _dataset, _requester],
        };
        foreach (var option in (Option[])[_price, _volume, _tag, .. own])
        {
            command.Add(option);
        }
    }

    public Poco.Orders.Order Read(CommandContext context, Address asset)
    {
        var price = Amount(context, _price);
        var volume = UInt256.Parse(context.Get(_volume) ?? DefaultVolume);
        var tag = TagNames.Parse(context.Get(_tag) ?? "", TagPolicy.AnyFramework);
        Address Restrict(Option<string?> option) => context.Get(option) is { } text ? Address.Parse(text) : Address.Zero;

        return _kind switch
        {
            AssetKind.App => new AppOrder
            {
                App = asset, AppPrice = price, Volume = volume, Tag = tag,
                DatasetRestrict = Restrict(_dataset), WorkerpoolRestrict = Restrict(_workerpool), RequesterRestrict = Restrict(_requester),
            },
            AssetKind.Dataset => new DatasetOrder
            {
                Dataset = asset, DatasetPrice = price, Volume = volume, Tag = tag,
                AppRestrict = Restrict(_app), WorkerpoolRestrict = Restrict(_workerpool), RequesterRestrict = Restrict(_requester),
            },
            _ => new WorkerpoolOrder
            {
                Workerpool = asset, WorkerpoolPrice = price, Volume = volume, Tag = tag,
                Category = UInt256.Parse(context.Get(_category) ?? "0"), Trust = UInt256.Parse(context.Get(_trust) ?? "0"),
                AppRestrict = Restrict(_app), DatasetRestrict = Restrict(_dataset), RequesterRestrict = Restrict(_requester),
            },
        };
    }

    /// <summary><c>--price 5 RLC</c> and <c>--price "5 RLC"</c>.</summary>
    public static Option<string[]> AmountOption(string name, string description) => new(name)
    {
        Description = description, HelpName = "amount [unit]", Arity = new ArgumentArity(1, 2), AllowMultipleArgumentsPerToken = true,
    };

    public static UInt256 Amount(CommandContext context, Option<string[]> option) => AmountInput.Rlc(string.Join(' ', context.Get(option) ?? []));

    private static Option<string?> Restriction(string name) => Text($"--{name}-restrict", $"only for this {name}, or group", "address");

    private static Option<string?> Text(string name, string description, string helpName) => new(name) { Description = description, HelpName = helpName };
}
