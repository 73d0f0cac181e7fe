using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Iexec.Cli.Output;

/// <summary>Times as people read them: when it is or was, and how far that is from now.</summary>
internal static class TimeText
{
    private static readonly (TimeSpan Length, string Name)[] Units =
    [
        (TimeSpan.FromDays(365), "year"), (TimeSpan.FromDays(30), "month"), (TimeSpan.FromDays(1), "day"), (TimeSpan.FromHours(1), "hour"), (TimeSpan.FromMinutes(1), "minute"), (TimeSpan.FromSeconds(1), "second"),
    ];

    // Members that hold a time in the objects of the official client: seconds since 1970, or a text of ISO 8601.
    private static readonly HashSet<string> Names =
    [
        "startTime", "finalTime", "contributionDeadline", "revealDeadline", "finalDeadline", "resultsTimestamp", "publicationTimestamp", "blockTimestamp", "timestamp", "date",
    ];

    /// <summary>The time that a member holds; null for what is none, a time of 0 among it: that is one not set.</summary>
    public static string? Of(string name, JsonNode? value, DateTimeOffset now) => !Names.Contains(name) ? null : value?.GetValueKind() switch
    {
        JsonValueKind.Number or JsonValueKind.String when long.TryParse(value.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) =>
            seconds > 0 && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? Of(DateTimeOffset.FromUnixTimeSeconds(seconds), now) : null,
        JsonValueKind.String when DateTimeOffset.TryParse(value.GetValue<string>(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => Of(time, now),
        _ => null,
    };

    /// <summary>e.g. <c>2019-03-06 10:05:00Z (5 minutes ago)</c>.</summary>
    public static string Of(DateTimeOffset time, DateTimeOffset now) =>
        $"{time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)} ({Distance(time - now)})";

    private static string Distance(TimeSpan distance)
    {
        var length = distance.Duration();
        foreach (var (unit, name) in Units)
        {
            if (length >= unit)
            {
                var count = (long)(length / unit);
                var words = $"{count.ToString(CultureInfo.InvariantCulture)} {name}{(count == 1 ? "" : "s")}";
                return distance > TimeSpan.Zero ? $"in {words}" : $"{words} ago";
            }
        }

        return "now";
    }
}
