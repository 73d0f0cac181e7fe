using System.Text.Json;
using Iexec.Ethereum;

namespace Iexec.Poco.Orders;

/// <summary>
/// Which tags somebody may sign. The official client admits TDX alone (<see cref="Tdx"/>); earlier generations had SCONE and Gramine, and
/// V3 the plain <c>tee</c> (<see cref="AnyFramework"/>).
/// </summary>
public sealed record TagPolicy(bool AllowLegacyFrameworks, bool AllowAgnosticTee)
{
    /// <summary>As the official client: <c>tee</c> only with <c>tdx</c>.</summary>
    public static TagPolicy Tdx { get; } = new(AllowLegacyFrameworks: false, AllowAgnosticTee: false);

    /// <summary>Every consistent tag of every generation.</summary>
    public static TagPolicy AnyFramework { get; } = new(AllowLegacyFrameworks: true, AllowAgnosticTee: true);
}

/// <summary>The names of tag bits, as in <c>tee,tdx,gpu</c>.</summary>
public static class TagNames
{
    private static readonly (string Name, int Bit)[] Known =
    [
        ("tee", Tag.TeeBit), ("scone", Tag.SconeBit), ("gramine", Tag.GramineBit), ("tdx", Tag.TdxBit), ("gpu", Tag.GpuBit),
    ];

    private static readonly (string Name, int Bit)[] LegacyFrameworks = [Known[1], Known[2]];

    private static readonly (string Name, int Bit)[] Frameworks = [Known[1], Known[2], Known[3]];

    /// <summary>The names of the bits, lowest first; a bit without name as <c>bit 12</c>.</summary>
    public static IReadOnlyList<string> Of(Tag tag) =>
        [.. Bits(tag).Select(bit => Known.FirstOrDefault(known => known.Bit == bit).Name ?? $"bit {bit}")];

    /// <summary>Reads a comma list of names, 32 bytes as hexadecimal, or nothing (no condition).</summary>
    /// <exception cref="FormatException">An unknown name or bit, or a combination that the policy forbids.</exception>
    public static Tag Parse(string text, TagPolicy policy)
    {
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            return Bytes32.TryParse(text, out var value) ? Check(new Tag(value), policy) : throw new FormatException("tag must be bytes32 hex string");
        }

        return Encode(text.Length == 0 ? [] : text.Split(',', StringSplitOptions.TrimEntries), policy);
    }

    /// <summary>The tag with these names.</summary>
    /// <exception cref="FormatException">As <see cref="Parse"/>.</exception>
    public static Tag Encode(IReadOnlyList<string> names, TagPolicy policy)
    {
        var bits = new int[names.Count];
        for (var i = 0; i < bits.Length; i++)
        {
            var index = Array.FindIndex(Known, known => known.Name == names[i]);
            bits[i] = index >= 0 ? Known[index].Bit : throw new FormatException($"{string.Join(',', names)} is not a valid tag. Unknown tag {names[i]}");
        }

        return Check(Tag.Of(bits), policy);
    }

    /// <summary>Reads a JSON string as <see cref="Parse"/> does, or an array of names.</summary>
    /// <exception cref="FormatException">As <see cref="Parse"/>, or another kind of JSON.</exception>
    public static Tag Read(JsonElement json, TagPolicy policy) => json.ValueKind switch
    {
        JsonValueKind.String => Parse(json.GetString()!, policy),
        JsonValueKind.Array when json.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) =>
            Encode([.. json.EnumerateArray().Select(item => item.GetString()!)], policy),
        _ => throw new FormatException("tag must be bytes32 hex string"),
    };

    /// <summary>Returns the tag if the policy admits it.</summary>
    /// <exception cref="FormatException">As <see cref="Parse"/>.</exception>
    public static Tag Check(Tag tag, TagPolicy policy)
    {
        foreach (var bit in Bits(tag))
        {
            if (!Known.Any(known => known.Bit == bit))
            {
                throw new FormatException($"Unknown bit {bit} in tag");
            }
        }

        if (!policy.AllowLegacyFrameworks && LegacyFrameworks.FirstOrDefault(framework => tag.Has(framework.Bit)).Name is { } legacy)
        {
            throw new FormatException($"Unsupported legacy TEE framework tag ('{legacy}')");
        }

        CheckFrameworks(tag, policy);
        return tag;
    }

    private static void CheckFrameworks(Tag tag, TagPolicy policy)
    {
        string Quote(IEnumerable<(string Name, int Bit)> tags) => string.Join('|', tags.Select(known => $"'{known.Name}'"));

        var frameworks = Frameworks.Where(framework => tag.Has(framework.Bit)).ToArray();
        if (frameworks.Length > 1)
        {
            throw new FormatException($"tee framework tags are exclusive ({Quote(Frameworks)})");
        }

        if (frameworks.Length == 1 && !tag.Has(Tag.TeeBit))
        {
            throw new FormatException($"{Quote(frameworks)} tag must be used with 'tee' tag");
        }

        if (frameworks.Length == 0 && tag.Has(Tag.TeeBit) && !policy.AllowAgnosticTee)
        {
            var allowed = policy.AllowLegacyFrameworks ? Frameworks : Frameworks.Except(LegacyFrameworks);
            throw new FormatException($"'tee' tag must be used with a tee framework ({Quote(allowed)})");
        }
    }

    private static IEnumerable<int> Bits(Tag tag) => Enumerable.Range(0, 256).Where(tag.Has);
}
