using System.Text.Json.Nodes;
using Tests.Conformance.Clients;
using Xunit;

namespace Tests.Conformance.Validation;

/// <summary>
/// Every validation rule of the official client beside ours: the same values are taken, for the same thing, and the others are refused under the
/// same name and with the same words. Where we differ on purpose, the row says why.
/// </summary>
public sealed class RuleTests
{
    [Fact]
    public async Task Every_rule_takes_and_refuses_what_the_official_one_does()
    {
        var official = await AskAsync(RuleRows.All);
        var faults = RuleRows.All.Select((row, index) => (row, Theirs: official[index], Ours: OurRules.Ask(row.Rule, row.Json)))
            .Select(pair => Fault(pair.row, pair.Theirs, pair.Ours)).OfType<string>().ToList();
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        // Each rule is there with something it takes and something it refuses; a text is always a multiaddr.
        Assert.All(RuleRows.All.Index().GroupBy(row => row.Item.Rule), rule =>
        {
            Assert.Contains(rule, row => official[row.Index].Value is not null);
            Assert.True(rule.Key == "multiaddr" || rule.Any(row => official[row.Index].Value is null), rule.Key);
        });
    }

    private static string? Fault(RuleRow row, Answer theirs, Answer ours)
    {
        var isSame = theirs.Value is null || ours.Value is null || ours.Value == OurRules.Whole ? SameButForValues(theirs, ours) : theirs.Value == ours.Value;
        return isSame == row.Why is null ? null
            : $"{row.Rule} {row.Value}: official {theirs}; ours {ours}{(row.Why is null ? "" : $"; no longer differs: {row.Why}")}";
    }

    private static bool SameButForValues(Answer theirs, Answer ours) =>
        (theirs.Name, theirs.Message, theirs.Value is null) == (ours.Name, ours.Message, ours.Value is null);

    private static async Task<IReadOnlyList<Answer>> AskAsync(IReadOnlyList<RuleRow> rows)
    {
        var folder = Directory.CreateTempSubdirectory("iexec-rules-").FullName;
        try
        {
            var file = Path.Combine(folder, "rows.json");
            await File.WriteAllTextAsync(file, new JsonArray([.. rows.Select(row => new JsonArray(row.Rule, row.Json))]).ToJsonString());
            var answer = await OfficialClient.Nine.RunScriptAsync(folder, folder, "rules.mjs", file);
            Assert.True(answer.ExitCode == 0, answer.ToString());
            return [.. JsonNode.Parse(answer.Out)!.AsArray().Select(Read)];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Answer Read(JsonNode? answer) => answer!["name"] is { } name
        ? new Answer(null, (string)name!, (string)answer["message"]!)
        : Answer.Taken(answer["value"] is JsonValue value ? value.ToString() : OurRules.Whole);
}
