namespace Iexec.Ethereum.Abi;

/// <summary>A Solidity custom error with the types of its parameters.</summary>
internal sealed record CustomError(string Name, string[] ParameterTypes)
{
    public static CustomError Parse(string signature)
    {
        var open = signature.IndexOf('(', StringComparison.Ordinal);
        if (open <= 0 || signature[^1] != ')')
        {
            throw new ArgumentException($"'{signature}' is not a signature such as Name(uint256,string).", nameof(signature));
        }

        return new CustomError(signature[..open], SplitTopLevel(signature[(open + 1)..^1]));
    }

    /// <summary><c>Name(1, "text")</c>. From the first parameter on that is a tuple or an array, the rest is an ellipsis.</summary>
    public string Describe(AbiReader reader)
    {
        var values = new List<string>(ParameterTypes.Length);
        foreach (var type in ParameterTypes)
        {
            if (Value(type, reader) is not { } value)
            {
                values.Add("…");
                break;
            }

            values.Add(value);
        }

        return $"{Name}({string.Join(", ", values)})";
    }

    private static string? Value(string type, AbiReader reader) => type switch
    {
        _ when type.EndsWith(']') || type.StartsWith('(') => null,
        "string" => $"\"{RevertText.Printable(reader.String())}\"",
        "bytes" => RevertText.Hexadecimal(reader.Bytes()),
        "address" => reader.Address().ToString(),
        "bool" => reader.Bool() ? "true" : "false",
        _ when type.StartsWith("uint", StringComparison.Ordinal) => reader.Uint().ToString(),
        _ when type.StartsWith("bytes", StringComparison.Ordinal) && int.TryParse(type.AsSpan(5), out var size) && size is > 0 and <= 32
            => Hex.Encode(reader.FixedBytes(size)),
        _ => null,
    };

    private static string[] SplitTopLevel(string list)
    {
        var parts = new List<string>();
        var (depth, start) = (0, 0);
        for (var i = 0; i < list.Length; i++)
        {
            depth += list[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (list[i] == ',' && depth == 0)
            {
                parts.Add(list[start..i]);
                start = i + 1;
            }
        }

        return list.Length == 0 ? [] : [.. parts, list[start..]];
    }
}
