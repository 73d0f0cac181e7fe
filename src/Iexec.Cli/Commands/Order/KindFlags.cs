using System.CommandLine;
using Iexec.Cli.Frame;
using Iexec.Poco.Orders;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Project;

namespace Iexec.Cli.Commands.Order;

/// <summary>The flags <c>--app --dataset --workerpool --request</c>.</summary>
internal sealed class KindFlags
{
    private readonly (OrderKind Kind, Option<bool> Option)[] _flags =
        [.. JsonNames.AllOrders.Select(kind => (kind, new Option<bool>($"--{kind.OptionName()}") { Description = $"the {kind.JsonName()}" }))];

    public void AddTo(Command command)
    {
        foreach (var (_, option) in _flags)
        {
            command.Add(option);
        }
    }

    /// <summary>The kinds that were named; all when none was and <paramref name="noneIsAll"/>.</summary>
    public IReadOnlyList<OrderKind> Of(CommandContext context, bool noneIsAll)
    {
        var named = _flags.Where(flag => context.Get(flag.Option)).Select(flag => flag.Kind).ToArray();
        return named.Length > 0 ? named : noneIsAll ? JsonNames.AllOrders : throw Missing();
    }

    public static IexecException Missing() => new(
        ErrorCode.ValidationError,
        "No option specified, you should choose one (--app | --dataset | --workerpool | --request)");
}
