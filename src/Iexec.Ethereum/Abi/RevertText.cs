namespace Iexec.Ethereum.Abi;

/// <summary>Text of a stranger's contract or node that will reach terminals and logs: no control characters, bounded length.</summary>
internal static class RevertText
{
    private const int MaxLength = 1000;

    public static string Printable(string text)
    {
        var shown = text.Length <= MaxLength ? text : string.Concat(text.AsSpan(0, MaxLength), "…");
        return string.Create(shown.Length, shown, static (target, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                target[i] = char.IsControl(source[i]) ? '\uFFFD' : source[i];
            }
        });
    }

    public static string Hexadecimal(byte[] data) =>
        data.Length <= MaxLength / 2 ? Hex.Encode(data) : string.Concat(Hex.Encode(data.AsSpan(0, MaxLength / 2)), "…");
}
