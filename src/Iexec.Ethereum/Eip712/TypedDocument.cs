using System.Text;
using System.Text.Json;

namespace Iexec.Ethereum.Eip712;

/// <summary>
/// A document of one flat type that its author can both hash and write out. The digest is all that a key needs; the JSON form, made only when
/// it is asked for, is for a wallet that shows what it signs.
/// </summary>
/// <param name="domain">Who it is for.</param>
/// <param name="primaryType">The name of its type.</param>
/// <param name="members">Names and ABI types of its members, in order. None of them a struct.</param>
/// <param name="structHash">hashStruct of the message.</param>
/// <param name="writeMembers">Writes every member of the message into the open object.</param>
public sealed class TypedDocument(
    Eip712Domain domain, string primaryType, IReadOnlyList<(string Name, string Type)> members, Bytes32 structHash, Action<Utf8JsonWriter> writeMembers)
{
    private static readonly (string Name, string Type)[] DomainMembers =
        [("name", "string"), ("version", "string"), ("chainId", "uint256"), ("verifyingContract", "address")];

    /// <summary>The name of its type, e.g. <c>AppOrder</c>.</summary>
    public string PrimaryType => primaryType;

    /// <summary>Who it is for.</summary>
    public Eip712Domain Domain => domain;

    /// <summary>keccak-256(0x1901 ‖ domain separator ‖ hashStruct(message)).</summary>
    public Bytes32 Digest => domain.Digest(structHash);

    /// <summary>What <c>eth_signTypedData_v4</c> takes: <c>{types, domain, primaryType, message}</c>.</summary>
    public string ToJson()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("types");
            WriteType(writer, StructTypes.Domain, domain.VerifyingContract is null ? DomainMembers[..3] : DomainMembers);
            WriteType(writer, primaryType, members);
            writer.WriteEndObject();
            WriteDomain(writer);
            writer.WriteString("primaryType", primaryType);
            writer.WriteStartObject("message");
            writeMembers(writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary><see cref="ToJson"/>.</summary>
    public override string ToString() => ToJson();

    private void WriteDomain(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("domain");
        writer.WriteString("name", domain.Name);
        writer.WriteString("version", domain.Version);
        // As text: a chain id may have more bits than the numbers of JavaScript hold.
        writer.WriteString("chainId", domain.ChainId.ToString());
        if (domain.VerifyingContract is { } contract)
        {
            writer.WriteString("verifyingContract", contract.ToString());
        }

        writer.WriteEndObject();
    }

    private static void WriteType(Utf8JsonWriter writer, string name, IEnumerable<(string Name, string Type)> members)
    {
        writer.WriteStartArray(name);
        foreach (var member in members)
        {
            writer.WriteStartObject();
            writer.WriteString("name", member.Name);
            writer.WriteString("type", member.Type);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
