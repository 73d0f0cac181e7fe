namespace Iexec.Bindings;

/// <summary>The names of the tuples, from <c>structs.txt</c>: our artifacts carry no compiler-internal names.</summary>
internal sealed class StructNames
{
    private readonly Dictionary<string, string> _nameByMembers = [];
    private readonly List<AbiStruct> _used = [];

    public StructNames()
    {
        using var reader = new StreamReader(typeof(StructNames).Assembly.GetManifestResourceStream("structs.txt")!);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                var open = line.IndexOf('(', StringComparison.Ordinal);
                _nameByMembers.Add(line[(open + 1)..^1], line[..open]);
            }
        }
    }

    /// <summary>Every struct that was asked for, once, by name.</summary>
    public IEnumerable<AbiStruct> Used => _used.OrderBy(item => item.Name, StringComparer.Ordinal);

    public AbiStruct Resolve(IReadOnlyList<AbiParameter> members)
    {
        var key = string.Join(", ", members.Select(member => $"{Spelling(member.Type)} {member.Name}"));
        if (!_nameByMembers.TryGetValue(key, out var name))
        {
            throw new NotSupportedException($"Give this tuple a name in eng/bindings/structs.txt: ({key})");
        }

        if (_used.Find(item => item.Name == name) is { } known)
        {
            return known;
        }

        var added = new AbiStruct(name, members);
        _used.Add(added);
        return added;
    }

    /// <summary>A type with its structs by name.</summary>
    public static string Spelling(AbiType type) => type switch
    {
        AbiType.Tuple tuple => tuple.Struct.Name,
        AbiType.Array array => $"{Spelling(array.Element)}[]",
        _ => type.Canonical,
    };
}
