namespace Iexec.Bindings;

/// <summary>Writes selector, encoder and result decoder of a function.</summary>
internal static class FunctionEmitter
{
    public static string Emit(AbiItem function, string name)
    {
        var signature = function.Signature;
        var inputs = function.Inputs.Select((input, i) => (Parameter: input, Name: CSharpNames.Camel(input, i))).ToArray();
        var parameters = string.Join(", ", inputs.Select(input => $"{input.Parameter.Type.CSharp} {input.Name}"));
        var writes = CodecExpressions.WriteAll(inputs.Select(input => (input.Parameter.Type, input.Name)));
        var selector = string.Join(", ", signature.Selector.ToArray().Select(value => $"0x{value:x2}"));
        return $$"""
                /// <summary>Selector of <c>{{function.Display}}</c>.</summary>
                public static ReadOnlySpan<byte> {{name}}Selector => [{{selector}}];

                /// <summary>Call data of <c>{{function.Display}}</c>.</summary>
                public static byte[] Encode{{name}}({{parameters}}) => new AbiWriter(){{writes}}.ToCallData({{name}}Selector);

            """ + EmitDecoder(function, name);
    }

    private static string EmitDecoder(AbiItem function, string name)
    {
        var outputs = function.Outputs;
        if (outputs.Count == 0)
        {
            return "";
        }

        var documentation = $"""

                /// <summary>Result of <c>{function.Display}</c>.</summary>
                /// <exception cref="AbiException">The bytes are something else.</exception>

            """;
        if (outputs.Count == 1)
        {
            return documentation + $$"""
                    public static {{outputs[0].Type.CSharp}} Decode{{name}}(ReadOnlyMemory<byte> data) => {{CodecExpressions.Read(outputs[0].Type, "new AbiReader(data)")}};

                """;
        }

        var types = string.Join(", ", outputs.Select(output => $"{output.Type.CSharp} {CSharpNames.Pascal(output.Name)}".TrimEnd()));
        var reads = string.Join(", ", outputs.Select(output => CodecExpressions.Read(output.Type, "reader")));
        return documentation + $$"""
                public static ({{types}}) Decode{{name}}(ReadOnlyMemory<byte> data)
                {
                    var reader = new AbiReader(data);
                    return ({{reads}});
                }

            """;
    }
}
