using System.Text;
using System.Text.Json;
using Iexec.Ethereum.Crypto;

namespace Iexec.Ethereum.Eip712;

/// <summary>The struct types of a document, checked: every member's type is known and no struct contains itself.</summary>
internal sealed class StructTypes
{
    internal const string Domain = "EIP712Domain";

    private static readonly (string Name, string Type)[] DomainMembers =
    [
        ("name", "string"), ("version", "string"), ("chainId", "uint256"), ("verifyingContract", "address"), ("salt", "bytes32"),
    ];

    private readonly Dictionary<string, IReadOnlyList<StructMember>> _structs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Bytes32> _typeHashes = new(StringComparer.Ordinal);

    private StructTypes()
    {
    }

    /// <exception cref="FormatException">What is wrong, with the path.</exception>
    internal static StructTypes Parse(JsonElement types, JsonElement domain)
    {
        var parsed = new StructTypes();
        foreach (var type in types.EnumerateObject())
        {
            if (MemberType.Parse(type.Name) is not { Kind: MemberKind.Struct })
            {
                throw new FormatException($"types: '{type.Name}' cannot name a struct.");
            }

            parsed._structs[type.Name] = ParseMembers(type.Value, $"types.{type.Name}");
        }

        if (!parsed.Contains(Domain))
        {
            parsed._structs[Domain] = DeriveDomain(domain);
        }

        parsed.CheckReferences();
        return parsed;
    }

    internal bool Contains(string name) => _structs.ContainsKey(name);

    internal IReadOnlyList<StructMember> Members(string name) => _structs[name];

    internal Bytes32 TypeHash(string name)
    {
        if (!_typeHashes.TryGetValue(name, out var hash))
        {
            _typeHashes[name] = hash = Keccak256.Hash(Encode(name));
        }

        return hash;
    }

    /// <summary>encodeType.</summary>
    internal string Encode(string name)
    {
        var referred = new SortedSet<string>(StringComparer.Ordinal);
        Collect(name, referred);
        referred.Remove(name);
        var text = new StringBuilder();
        foreach (var type in referred.Prepend(name))
        {
            text.Append(type).Append('(').AppendJoin(',', _structs[type].Select(member => $"{member.Type.Name} {member.Name}")).Append(')');
        }

        return text.ToString();
    }

    private void Collect(string name, SortedSet<string> into)
    {
        if (into.Add(name))
        {
            foreach (var type in StructsWithin(name))
            {
                Collect(type, into);
            }
        }
    }

    private IEnumerable<string> StructsWithin(string name) =>
        _structs[name].Select(member => member.Type.Innermost).Where(type => type.Kind == MemberKind.Struct).Select(type => type.Name);

    private void CheckReferences()
    {
        foreach (var (name, members) in _structs)
        {
            var unknown = members.FirstOrDefault(member => member.Type.Innermost is { Kind: MemberKind.Struct } type && !Contains(type.Name));
            if (unknown is not null)
            {
                throw new FormatException($"types.{name}.{unknown.Name}: there is no type '{unknown.Type.Innermost.Name}'.");
            }
        }

        var acyclic = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in _structs.Keys)
        {
            CheckCycle(name, [], acyclic);
        }
    }

    private void CheckCycle(string name, List<string> path, HashSet<string> acyclic)
    {
        if (acyclic.Contains(name))
        {
            return;
        }

        if (path.Contains(name) || path.Count == 64)
        {
            throw new FormatException($"types.{name}: the type contains itself, or structs nest deeper than 64 levels.");
        }

        path.Add(name);
        foreach (var type in StructsWithin(name))
        {
            CheckCycle(type, path, acyclic);
        }

        path.RemoveAt(path.Count - 1);
        acyclic.Add(name);
    }

    private static List<StructMember> ParseMembers(JsonElement list, string path)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException($"{path}: expected a list of {{name, type}}.");
        }

        var members = new List<StructMember>();
        foreach (var entry in list.EnumerateArray())
        {
            var name = Text(entry, "name", path);
            var type = Text(entry, "type", path);
            if (!MemberType.IsIdentifier(name) || members.Any(member => member.Name == name))
            {
                throw new FormatException($"{path}: '{name}' is not a name or is there twice.");
            }

            members.Add(new(name, MemberType.Parse(type) is { } parsed && type is not ("uint" or "int" or "byte")
                ? parsed
                : throw new FormatException($"{path}.{name}: '{type}' is not a type. Integers carry their size, such as uint256.")));
        }

        return members;
    }

    private static string Text(JsonElement entry, string member, string path) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new FormatException($"{path}: expected a list of {{name, type}}.");

    private static List<StructMember> DeriveDomain(JsonElement domain)
    {
        var present = domain.EnumerateObject().Select(property => property.Name).ToHashSet(StringComparer.Ordinal);
        var unknown = present.FirstOrDefault(name => DomainMembers.All(member => member.Name != name));
        return unknown is null
            ? [.. DomainMembers.Where(member => present.Contains(member.Name)).Select(member => new StructMember(member.Name, MemberType.Parse(member.Type)!))]
            : throw new FormatException($"domain.{unknown}: not a member of an EIP-712 domain, and no {Domain} type says otherwise.");
    }
}

internal sealed record StructMember(string Name, MemberType Type);
