using System.Text;

namespace Iexec.Bindings;

/// <summary>Writes the structs that the contracts share, each once.</summary>
internal static class StructsEmitter
{
    public const string ClassName = "HubStructs";

    public static string Emit(IEnumerable<AbiStruct> structs)
    {
        var code = new StringBuilder();
        code.Append($$"""
            /// <summary>The structs of the contracts' ABI. Their members have the types and the order of the ABI.</summary>
            public static class {{ClassName}}
            {

            """);
        code.AppendJoin("\n", structs.Select(Emit));
        code.Append("}\n");
        return code.ToString();
    }

    private static string Emit(AbiStruct item)
    {
        var members = string.Join(", ", item.Members.Select(member => $"{member.Type.CSharp} {CSharpNames.Pascal(member.Name)}"));
        var write = CodecExpressions.WriteAll(item.Members.Select(member => (member.Type, $"value.{CSharpNames.Pascal(member.Name)}")));
        var read = string.Join(", ", item.Members.Select(member => CodecExpressions.Read(member.Type, "reader")));
        return $$"""
                /// <summary><c>{{item.Name}}</c>.</summary>
                public sealed record {{item.Name}}({{members}})
                {
                    internal static void Write(AbiWriter writer, {{item.Name}} value) => writer{{write}};

                    internal static {{item.Name}} Read(AbiReader reader) => new({{read}});
                }

            """;
    }
}
