using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Project;

namespace Iexec.Sdk.Categories;

/// <summary>The section <c>category</c> of <c>iexec.json</c>; the time may be a number or a text.</summary>
internal sealed record CategorySection(string Name, string Description, ulong WorkClockTimeRefSeconds)
{
    private const string Key = "category";
    private const string TimeKey = "workClockTimeRef";

    /// <summary>What somebody else than the file says.</summary>
    /// <exception cref="IexecException">ValidationError: a text is empty.</exception>
    public static CategorySection Of(string name, string description, ulong workClockTimeRefSeconds) => new(
        Required(name, nameof(name)), Required(description, nameof(description)), workClockTimeRefSeconds);

    private static string Required(string text, string name) => text switch
    {
        null => throw new ArgumentNullException(name),
        "" => throw new IexecException(ErrorCode.ValidationError, $"{name} is a required field"),
        _ => text,
    };

    /// <summary>A fresh one, to edit.</summary>
    public static JsonObject Template() => new() { ["name"] = "XXL", ["description"] = "new hub category", [TimeKey] = "100" };

    /// <summary>Reads the section.</summary>
    /// <exception cref="IexecException">ConfigurationError: missing; ValidationError with the line.</exception>
    public static CategorySection Read(JsonFile file)
    {
        var content = file.Read();
        var section = content.Section(Key) ?? throw new IexecException(
            ErrorCode.ConfigurationError, $"Missing \"{Key}\" in \"{file.Name}\"", new Advice($"Describe it in {file.Name} first.", Remedy.DescribeSection, Key));

        string Text(string name) => section[name] switch
        {
            null => throw content.Wrong([Key, name], $"{name} is a required field"),
            var value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>() is { Length: > 0 } text
                ? text
                : throw content.Wrong([Key, name], $"{name} is a required field"),
            var value when name == TimeKey && value.GetValueKind() == JsonValueKind.Number => value.ToJsonString(),
            _ => throw content.Wrong([Key, name], $"{name} must be a text"),
        };

        var time = Text(TimeKey);
        return ulong.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? new CategorySection(Text("name"), Text("description"), seconds)
            : throw content.Wrong([Key, TimeKey], $"{time} is not a valid uint256");
    }
}
