using System.Globalization;
using System.Text.Json;
using Iexec.Poco.Orders;

namespace Iexec.Poco.Deals;

/// <summary>
/// What the params text of a request says. The text itself is signed byte for byte and never written again from this.
/// Three forms are in use: an object of <c>iexec_*</c> members, the index-command map of V3 (<c>{"0": "--help"}</c>: task i runs entry i),
/// and a plain command line.
/// </summary>
public sealed record DealParams
{
    private const string Prefix = "params: ";

    /// <summary>Command line of every task; null when there is none.</summary>
    public string? Args { get; init; }

    /// <summary>Command lines by the index of the task (the V3 form); empty otherwise.</summary>
    public IReadOnlyDictionary<ulong, string> Commands { get; init; } = new Dictionary<ulong, string>();

    /// <summary>URLs of input files.</summary>
    public IReadOnlyList<string> InputFiles { get; init; } = [];

    /// <summary>Names of the requester's secrets by the number under which the application sees them.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the result is encrypted for its beneficiary.</summary>
    public bool ResultEncryption { get; init; }

    /// <summary><c>ipfs</c> or <c>dropbox</c>; null when the text names none.</summary>
    public string? ResultStorageProvider { get; init; }

    /// <summary>URL of a result proxy; null for the pool's own.</summary>
    public string? ResultStorageProxy { get; init; }

    /// <summary>CID of the list of datasets of a bulk request.</summary>
    public string? BulkCid { get; init; }

    /// <summary>Members that this version does not know, as they stand in the text.</summary>
    public IReadOnlyDictionary<string, JsonElement> Unknown { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>
    /// The command line of a task: its own entry, else the one of all tasks. Null when the map has no entry for it, which is no
    /// error: the task runs without arguments.
    /// </summary>
    public string? ArgsFor(ulong taskIndex) => Commands.GetValueOrDefault(taskIndex) ?? Args;

    /// <summary>Reads a params text. What is not a JSON object is a plain command line.</summary>
    /// <exception cref="FormatException">A known member has a value of another kind; says which.</exception>
    public static DealParams Parse(string text)
    {
        JsonElement root;
        try
        {
            using var document = JsonDocument.Parse(text);
            root = document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return Plain(text);
        }

        return root.ValueKind == JsonValueKind.Object ? Read(root) : Plain(text);
    }

    private static DealParams Plain(string text) => new() { Args = string.IsNullOrWhiteSpace(text) ? null : text };

    private static DealParams Read(JsonElement root)
    {
        var result = new DealParams();
        var commands = new SortedDictionary<ulong, string>();
        var unknown = new Dictionary<string, JsonElement>();
        foreach (var member in root.EnumerateObject())
        {
            switch (member.Name)
            {
                case "iexec_args":
                    result = result with { Args = Text(member) };
                    break;
                case "iexec_input_files":
                    result = result with { InputFiles = Texts(member) };
                    break;
                case "iexec_secrets":
                    result = result with { Secrets = Map(member) };
                    break;
                case "iexec_result_encryption":
                    result = result with { ResultEncryption = Flag(member) };
                    break;
                case "iexec_result_storage_provider":
                    result = result with { ResultStorageProvider = Text(member) };
                    break;
                case "iexec_result_storage_proxy":
                    result = result with { ResultStorageProxy = Text(member) };
                    break;
                case "bulk_cid":
                    result = result with { BulkCid = Text(member) };
                    break;
                case var name when ulong.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index):
                    commands[index] = Text(member);
                    break;
                default:
                    unknown[member.Name] = member.Value;
                    break;
            }
        }

        return result with { Commands = commands, Unknown = unknown };
    }

    private static string Text(JsonProperty member) =>
        member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()! : throw new FormatException($"{Prefix}{member.Name} must be a string");

    private static bool Flag(JsonProperty member) => member.Value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw new FormatException($"{Prefix}{member.Name} must be true or false"),
    };

    private static string[] Texts(JsonProperty member) => member.Value.ValueKind switch
    {
        JsonValueKind.String => member.Value.GetString()!.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        JsonValueKind.Array when member.Value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) =>
            [.. member.Value.EnumerateArray().Select(item => item.GetString()!)],
        _ => throw new FormatException($"{Prefix}{member.Name} must be a list of URLs"),
    };

    private static Dictionary<string, string> Map(JsonProperty member)
    {
        if (member.Value.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"{Prefix}{member.Name} must map numbers to names of secrets");
        }

        var map = new Dictionary<string, string>();
        foreach (var entry in member.Value.EnumerateObject())
        {
            map[entry.Name] = Text(entry);
        }

        return map;
    }

    /// <summary>Checks what a requester is about to sign, so that it does not pay for a task that cannot run.</summary>
    /// <exception cref="FormatException">In the official words, e.g. <c>iexec_secrets is not supported for non TEE tasks</c>.</exception>
    public void Check(Tag dealTag) => DealParamsCheck.Check(this, dealTag);
}
