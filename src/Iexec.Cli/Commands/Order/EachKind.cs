using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Poco.Orders;
using Iexec.Sdk.Project;

namespace Iexec.Cli.Commands.Order;

/// <summary>Does something with several orders; one that fails does not keep the others from being done.</summary>
internal static class EachKind
{
    public static async Task RunAsync(
        CommandContext context, IReadOnlyList<OrderKind> kinds, Func<OrderKind, Task<JsonObject>> act, Func<OrderKind, JsonObject, string> sentence, Func<JsonObject, JsonObject>? details = null)
    {
        var fields = new JsonObject();
        var failures = new List<string>();
        foreach (var kind in kinds)
        {
            try
            {
                fields[kind.JsonName()] = await act(kind);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                var error = ExitCodes.ToIexecException(failure);
                failures.Add($"{kind.JsonName()}: {RemedyText.InOneLine(error)}");
                if (kinds.Count == 1)
                {
                    // Scripts of the official client look for a failure in "fail", ours for its name in "error": one gets both.
                    context.Failures = failures;
                    throw;
                }
            }
        }

        context.Report(fields, failures, output =>
        {
            foreach (var (name, value) in fields)
            {
                context.Tick(output, sentence(kinds.First(kind => kind.JsonName() == name), value!.AsObject()));
                if (details is not null)
                {
                    context.Show(output, details(value!.AsObject()));
                }
            }
        });
    }
}
