using System.Text;

namespace Iexec.Bindings;

/// <summary>Writes the static class of a contract.</summary>
internal static class ContractEmitter
{
    public static string Emit(Artifact artifact)
    {
        var code = new StringBuilder();
        code.Append($$"""
            /// <summary>The contract <c>{{artifact.Name}}</c>: call data, results, events, errors and creation code.</summary>
            public static class {{CSharpNames.ContractClass(artifact.Name)}}
            {
            {{EmitDeployment(artifact)}}
            {{EmitErrors(artifact)}}
            """);
        foreach (var (function, name) in Named(artifact.Items.Where(item => item.Kind == AbiKind.Function)))
        {
            code.Append('\n').Append(FunctionEmitter.Emit(function, name));
        }

        foreach (var item in artifact.Items.Where(item => item.Kind == AbiKind.Event))
        {
            code.Append('\n').Append(EventEmitter.Emit(item));
        }

        return code.Append("}\n").ToString();
    }

    private static string EmitDeployment(Artifact artifact)
    {
        var inputs = artifact.Items.FirstOrDefault(item => item.Kind == AbiKind.Constructor)?.Inputs ?? [];
        var named = inputs.Select((input, i) => (input.Type, Name: CSharpNames.Camel(input, i))).ToArray();
        var parameters = string.Join(", ", named.Select(input => $"{input.Type.CSharp} {input.Name}"));
        var arguments = named.Length == 0 ? "Bytecode" : $"new AbiWriter(){CodecExpressions.WriteAll(named)}.ToCallData(Bytecode)";
        return $$"""
                /// <summary>Creation code without constructor arguments.</summary>
                public static byte[] Bytecode => ContractBytecode.Load("{{artifact.Name}}");

                /// <summary>Creation code with constructor arguments.</summary>
                public static byte[] EncodeDeployment({{parameters}}) => {{arguments}};

            """;
    }

    private static string EmitErrors(Artifact artifact)
    {
        var errors = artifact.Items.Where(item => item.Kind == AbiKind.Error).Select(item => $"\"{item.Signature}\"");
        return $$"""
                /// <summary>Signatures of the custom errors, for a revert decoder.</summary>
                public static IReadOnlyList<string> Errors { get; } = [{{string.Join(", ", errors)}}];

            """;
    }

    /// <summary>
    /// Of functions with one name, the one with the fewest parameters keeps it; the others add what they take beyond that,
    /// e.g. <c>SafeTransferFromWithData</c>.
    /// </summary>
    private static IEnumerable<(AbiItem Function, string Name)> Named(IEnumerable<AbiItem> functions)
    {
        var taken = new HashSet<string>();
        foreach (var overloads in functions.GroupBy(item => CSharpNames.Pascal(item.Name)))
        {
            var shortest = overloads.MinBy(item => item.Inputs.Count)!;
            foreach (var function in overloads)
            {
                var extra = function.Inputs.Skip(shortest.Inputs.Count).Select(input => CSharpNames.Pascal(input.Name));
                var name = function == shortest ? overloads.Key : $"{overloads.Key}With{string.Join("And", extra)}";
                yield return taken.Add(name) ? (function, name) : throw new NotSupportedException($"Two functions would be named {name}.");
            }
        }
    }
}
