namespace Iexec.Bindings;

/// <summary>Writes the record of an event with its decoder.</summary>
internal static class EventEmitter
{
    public static string Emit(AbiItem item)
    {
        var topic = string.Join(", ", item.Signature.Topic.ToArray().Select(value => $"0x{value:x2}"));
        var members = string.Join(", ", item.Inputs.Select((input, i) => $"{TypeOf(input)} {NameOf(input, i)}"));
        var reader = item.Inputs.Any(input => !input.Indexed) ? "                var reader = new AbiReader(log.Data);\n" : "";
        return $$"""
                /// <summary>The event <c>{{item.Display}}</c>.</summary>
                public sealed record {{item.Name}}({{members}})
                {
                    /// <summary>Topic 0.</summary>
                    public static Bytes32 Topic { get; } = new([{{topic}}]);

                    /// <summary>False for another event and for data that does not fit. Says nothing about who emitted the log: check its address.</summary>
                    public static bool TryDecode(EventLog log, [NotNullWhen(true)] out {{item.Name}}? value)
                    {
                        value = null;
                        if (log.Topics.Length != {{item.Inputs.Count(input => input.Indexed) + 1}} || log.Topics[0] != Topic)
                        {
                            return false;
                        }

                        try
                        {
            {{reader}}                value = new({{Reads(item)}});
                            return true;
                        }
                        catch (AbiException)
                        {
                            return false;
                        }
                    }
                }

            """;
    }

    private static string Reads(AbiItem item)
    {
        var topic = 0;
        return string.Join(", ", item.Inputs.Select(input => input switch
        {
            { Indexed: false } => CodecExpressions.Read(input.Type, "reader"),
            _ when IsHashed(input.Type) => $"log.Topics[{++topic}]",
            _ => CodecExpressions.Read(input.Type, $"new AbiReader(log.Topics[{++topic}].ToArray())"),
        }));
    }

    private static string TypeOf(AbiParameter input) => input.Indexed && IsHashed(input.Type) ? "Bytes32" : input.Type.CSharp;

    // What does not fit a word is indexed by its hash, and so is a tuple.
    private static bool IsHashed(AbiType type) => type.IsDynamic || type is AbiType.Tuple;

    private static string NameOf(AbiParameter input, int position) =>
        input.Name.Length == 0 ? $"Arg{position}" : CSharpNames.Pascal(input.Name);
}
