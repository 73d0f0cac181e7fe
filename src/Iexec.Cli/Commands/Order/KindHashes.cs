using System.CommandLine;
using Iexec.Cli.Frame;
using Iexec.Poco;
using Iexec.Poco.Orders;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Project;

namespace Iexec.Cli.Commands.Order;

/// <summary>The options <c>--app [orderHash] …</c>.</summary>
internal sealed class KindHashes
{
    private readonly Dictionary<OrderKind, Option<string?>> _options;

    public KindHashes(bool hashRequired) => _options = JsonNames.AllOrders.ToDictionary(kind => kind, kind => new Option<string?>($"--{kind.OptionName()}")
    {
        Description = hashRequired ? $"a published {kind.JsonName()}, else the one of orders.json" : $"the {kind.JsonName()} with this hash, else the one of orders.json",
        HelpName = "orderHash",
        Arity = hashRequired ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne,
    });

    public void AddTo(Command command)
    {
        foreach (var option in _options.Values)
        {
            command.Add(option);
        }
    }

    public IReadOnlyList<OrderKind> Of(CommandContext context)
    {
        var named = JsonNames.AllOrders.Where(kind => context.Has(_options[kind])).ToArray();
        return named.Length > 0 ? named : throw KindFlags.Missing();
    }

    public OrderHash? Hash(CommandContext context, OrderKind kind) => context.Get(_options[kind]) switch
    {
        null => null,
        var text when OrderHash.TryParse(text, out var hash) => hash,
        var text => throw new IexecException(ErrorCode.ValidationError, $"{text} is not a bytes32 hexstring", "An orderHash is 0x and 64 hexadecimal digits: see \"iexec orderbook\"."),
    };
}
