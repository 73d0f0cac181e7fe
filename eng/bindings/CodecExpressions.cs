namespace Iexec.Bindings;

/// <summary>Expressions that write a value to an <c>AbiWriter</c> and read it from an <c>AbiReader</c>.</summary>
internal static class CodecExpressions
{
    /// <summary>The chain of calls that writes all parameters, e.g. <c>.Address(owner).Uint(amount)</c>.</summary>
    public static string WriteAll(IEnumerable<(AbiType Type, string Value)> values) =>
        string.Concat(values.Select(item => Write(item.Type, item.Value, 0)));

    private static string Write(AbiType type, string value, int depth) => type switch
    {
        AbiType.Uint { Bits: 8 } => $".Uint((ulong){value})",
        AbiType.Uint => $".Uint({value})",
        AbiType.Simple simple => $".{simple.Method}({value})",
        AbiType.FixedBytes => $".FixedBytes({value})",
        AbiType.Tuple tuple => $".{Form(tuple)}Tuple({value}, {tuple.CSharp}.Write)",
        AbiType.Array { Element: AbiType.Tuple { IsDynamic: false } element } => $".StaticArray({value}, {element.CSharp}.Write)",
        AbiType.Array array =>
            $".{Form(array.Element)}Array({value}, static (w{depth}, item{depth}) => w{depth}{Write(array.Element, $"item{depth}", depth + 1)})",
        _ => throw new NotSupportedException(type.Canonical),
    };

    /// <summary>The expression that reads a value.</summary>
    public static string Read(AbiType type, string reader, int depth = 0) => type switch
    {
        AbiType.Uint { Bits: 8 } => $"{reader}.Byte()",
        AbiType.Uint => $"{reader}.Uint()",
        AbiType.Simple simple => $"{reader}.{simple.Method}()",
        AbiType.FixedBytes bytes => $"{reader}.FixedBytes({bytes.Size})",
        AbiType.Tuple tuple => $"{reader}.{Form(tuple)}Tuple({tuple.CSharp}.Read)",
        AbiType.Array { Element.IsDynamic: true } array =>
            $"{reader}.DynamicArray(static r{depth} => {Read(array.Element, $"r{depth}", depth + 1)})",
        AbiType.Array array =>
            $"{reader}.StaticArray({array.Element.HeadWords}, static r{depth} => {Read(array.Element, $"r{depth}", depth + 1)})",
        _ => throw new NotSupportedException(type.Canonical),
    };

    private static string Form(AbiType type) => type.IsDynamic ? "Dynamic" : "Static";
}
