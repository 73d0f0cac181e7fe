using System.Globalization;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Poco.Tasks;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Deals;
using Iexec.Sdk.Tasks;

namespace Iexec.Cli.Commands.Deal;

/// <summary>Follows a deal until all its tasks are over.</summary>
internal static class DealWatch
{
    /// <summary>Adds the counts and the tasks to <paramref name="fields"/>; the failures are what did not end with a result.</summary>
    public static async Task<List<string>> RunAsync(CommandContext context, ChainConnection chain, Poco.Deals.Deal deal, JsonObject fields)
    {
        DealProgress? last = null;
        await foreach (var progress in DealProgress.WatchAsync(chain, deal, context.Time, context.Cancellation))
        {
            last = progress;
            if (!progress.IsOver)
            {
                var change = new JsonObject { ["message"] = progress.Message, ["dealid"] = deal.Id.ToString() };
                progress.AddCountsTo(change);
                change["statuses"] = Statuses(progress);
                context.Tell(change, $"Deal {deal.Id}: {InWords(progress)}");
            }
        }

        // The pool knows why a completed task has no result of the app: it is asked once, at the end.
        var views = await Task.WhenAll(last!.Tasks.Select(view => view.Task.Status == ChainTaskStatus.Completed
            ? TaskActions.GetAsync(chain, view.Task.Id, context.Cancellation) : Task.FromResult(view)));
        last.AddCountsTo(fields);
        fields["tasks"] = Json(views.Where(view => view.IsSuccess));
        fields["failedTasks"] = Json(views.Where(view => !view.IsSuccess));
        return [.. views.Where(view => !view.IsSuccess).Select(view => $"Task {view.Task.Id} {view.StatusName}{(view.Reason is null ? "" : $": {view.Reason}")}")];
    }

    private static JsonArray Json(IEnumerable<TaskView> views) => [.. views.Select(view => view.ToJson())];

    private static JsonObject Statuses(DealProgress progress) =>
        new(progress.Tasks.Select(view => KeyValuePair.Create(view.Task.Index.ToString(CultureInfo.InvariantCulture), (JsonNode?)view.StatusName)));

    private static string InWords(DealProgress progress) =>
        string.Join(", ", progress.Tasks.GroupBy(view => view.StatusName).Select(group => $"{group.Count()} {group.Key}"));
}
