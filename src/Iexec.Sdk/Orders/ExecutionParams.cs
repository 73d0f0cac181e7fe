using System.Text.Json;
using System.Text.Json.Nodes;
using Iexec.Poco.Deals;
using Iexec.Poco.Orders;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Project;

namespace Iexec.Sdk.Orders;

/// <summary>Makes the <c>params</c> of a request order.</summary>
public static class ExecutionParams
{
    /// <summary>
    /// <paramref name="given"/> alone is kept byte for byte. Arguments and input files are added to it; a text that is not JSON is the
    /// arguments.
    /// </summary>
    /// <exception cref="IexecException">ValidationError: not an http(s) URL.</exception>
    public static string Create(string? given, string? args, IReadOnlyList<string> inputFiles) => Create(given, args, inputFiles, new ExecutionExtras());

    /// <inheritdoc cref="Create(string?, string?, IReadOnlyList{string})"/>
    public static string Create(string? given, string? args, IReadOnlyList<string> inputFiles, ExecutionExtras extras)
    {
        if (given is not null && args is null && inputFiles.Count == 0 && extras.IsEmpty)
        {
            return given;
        }

        var members = Parse(given);
        if (args is not null)
        {
            members["iexec_args"] = args;
        }

        if (inputFiles.Count > 0)
        {
            members["iexec_input_files"] = new JsonArray([.. inputFiles.Select((url, index) => (JsonNode)CheckUrl(url, index))]);
        }

        extras.AddTo(members);
        return JsonText.ToLine(members);
    }

    /// <summary>What somebody types as params has to be JSON: a slip of a quote or bracket is no command line that is worth its price.</summary>
    /// <exception cref="IexecException">ValidationError in the official words.</exception>
    internal static string? RequireJson(string? given)
    {
        if (given is null)
        {
            return null;
        }

        try
        {
            using var read = JsonDocument.Parse(given, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return given;
        }
        catch (JsonException wrong)
        {
            throw new IexecException(ErrorCode.ValidationError, $"{given} is not a valid params, must be a json", "An object is meant, such as {\"iexec_args\":\"hello\"}, quoted for the shell.", wrong);
        }
    }

    /// <summary>Reads params and refuses what is known not to run. Old forms are taken: a plain command line, an entry for each task.</summary>
    /// <exception cref="IexecException">ValidationError in the official words.</exception>
    internal static DealParams Check(string given, Tag tag)
    {
        try
        {
            var parameters = DealParams.Parse(given);
            parameters.Check(tag);
            return parameters;
        }
        catch (FormatException wrong)
        {
            throw new IexecException(ErrorCode.ValidationError, wrong.Message, null, wrong);
        }
    }

    private static JsonObject Parse(string? given)
    {
        if (string.IsNullOrWhiteSpace(given))
        {
            return [];
        }

        try
        {
            if (JsonNode.Parse(given) is JsonObject members)
            {
                _ = members.Count; // a repeated name is found when the members are looked at
                return members;
            }
        }
        catch (Exception text) when (text is JsonException or ArgumentException)
        {
        }

        return new JsonObject { ["iexec_args"] = given };
    }

    private static string CheckUrl(string url, int index) =>
        Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https"
            ? url
            : throw new IexecException(ErrorCode.ValidationError, $"iexec_input_files[{index}] \"{url}\" is not a valid URL", new Advice("Store a local file first: that gives it a URL.", Remedy.StoreFile));
}
