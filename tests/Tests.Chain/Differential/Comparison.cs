using Iexec.Ethereum;
using Iexec.Ethereum.JsonRpc;

namespace Tests.Chain.Differential;

/// <summary>Finds what differs between the two sides and is not in the table of known differences.</summary>
internal sealed class Comparison(Correspondence words, KnownDifferences known)
{
    public IEnumerable<string> Outcomes(string function, Twin<Outcome> outcome)
    {
        var (official, ours) = (outcome.Official, outcome.Ours);
        if (official.Succeeded != ours.Succeeded)
        {
            return [$"{function}: official {Describe(official)}, ours {Describe(ours)}"];
        }

        return official.Succeeded ? [.. Returned(function, outcome), .. Logs(function, outcome)] : Refused(function, official.Output, ours.Output);
    }

    public IEnumerable<string> Views(IReadOnlyList<View> views, Twin<CallReply[]> replies)
    {
        for (var i = 0; i < views.Count; i++)
        {
            var (official, ours) = (replies.Official[i], replies.Ours[i]);
            var differences = (official.Data, ours.Data) switch
            {
                ({ } theirs, { } own) when words.ToOurs(theirs).AsSpan().SequenceEqual(own) => [],
                ({ } theirs, { } own) => [$"view {views[i].Function}: official {Hex.Encode(words.ToOurs(theirs))}, ours {Hex.Encode(own)}"],
                (null, null) => Refused(views[i].Function, DataOf(official), DataOf(ours)),
                _ => (IEnumerable<string>)[$"view {views[i].Function}: official {official.Error?.Message ?? "answers"}, ours {ours.Error?.Message ?? "answers"}"],
            };
            foreach (var difference in differences)
            {
                yield return difference;
            }
        }
    }

    private IEnumerable<string> Returned(string function, Twin<Outcome> outcome)
    {
        var expected = words.ToOurs(outcome.Official.Output);
        return expected.AsSpan().SequenceEqual(outcome.Ours.Output)
            ? []
            : [$"{function} returns {Hex.Encode(expected)}, ours {Hex.Encode(outcome.Ours.Output)}"];
    }

    private IEnumerable<string> Logs(string function, Twin<Outcome> outcome)
    {
        string[] expected = [.. LogRules.Apply(function, outcome.Official.Logs, known)
            .Select(log => Show(words.ToOurs(log.Address), log.Topics.Select(words.ToOurs), words.ToOurs(log.Data)))];
        string[] actual = [.. outcome.Ours.Logs.Select(log => Show(log.Address, log.Topics, log.Data))];
        var same = 0;
        while (same < expected.Length && same < actual.Length && expected[same] == actual[same])
        {
            same++;
        }

        return same == expected.Length && same == actual.Length
            ? []
            : [$"{function}, log {same} of {expected.Length}: official {expected.ElementAtOrDefault(same) ?? "none"}, ours {actual.ElementAtOrDefault(same) ?? "none"}"];
    }

    private IEnumerable<string> Refused(string function, byte[] official, byte[] ours)
    {
        if (words.ToOurs(official).AsSpan().SequenceEqual(ours))
        {
            return [];
        }

        var (theirs, own) = (Refusal.Describe(official), Refusal.Describe(ours));
        return known.AllowsRefusal(function, theirs, own) ? [] : [$"refusal: | {function} | `{theirs}` | `{own}` |"];
    }

    private static byte[] DataOf(CallReply reply) => reply.Error?.ErrorData is { } data && Hex.TryDecode(data, out var bytes) ? bytes : [];

    private static string Describe(Outcome outcome) => outcome.Succeeded ? "succeeds" : $"refuses with {Refusal.Describe(outcome.Output)}";

    private static string Show(Address address, IEnumerable<Bytes32> topics, byte[] data) => $"{address} [{string.Join(' ', topics)}] {Hex.Encode(data)}";
}
