using System.Text.Json.Nodes;
using Iexec.Cli.Output;
using Iexec.Sdk.Project;

namespace Iexec.Cli.Frame;

/// <summary>Tells a failure on standard error: one JSON line with <c>--raw</c>, else words.</summary>
internal static class ErrorReport
{
    public static int Write(CliEnvironment environment, string command, bool raw, Exception exception, IReadOnlyList<string>? failures = null)
    {
        var error = ExitCodes.ToIexecException(exception);
        var hint = RemedyText.HintOf(error);
        if (raw)
        {
            var body = new JsonObject { ["name"] = error.Code.ToString(), ["message"] = error.Message };
            if (hint is not null)
            {
                body["hint"] = hint;
            }

            var line = new JsonObject { ["ok"] = false, ["command"] = command, ["error"] = body };
            if (failures is { Count: > 0 })
            {
                line["fail"] = new JsonArray([.. failures.Select(failure => (JsonNode?)failure)]);
            }

            environment.Error.WriteLine(JsonText.ToLine(line));
        }
        else
        {
            var style = new Style(environment.IsErrorTerminal, environment.Variable);
            var (columns, beginning) = (environment.ErrorColumns(), $"✖ {command} failed: ");
            environment.Error.WriteLine(style.Error(beginning) + WordWrap.Of(Printable.Of(error.Message, keepLines: true), 2, columns, beginning.Length));
            if (hint is not null)
            {
                foreach (var line in hint.Split('\n'))
                {
                    environment.Error.WriteLine("  " + WordWrap.Of(Printable.Of(line), 2, columns, 2));
                }
            }
        }

        // As with the official client, DEBUG=iexec* shows what happened inside; it is for whoever mends it.
        if (environment.Variable("DEBUG")?.Contains("iexec", StringComparison.OrdinalIgnoreCase) == true)
        {
            environment.Error.WriteLine(exception);
        }

        return ExitCodes.Of(exception);
    }
}
