namespace Tests.Unit.Ethereum.Abi;

/// <summary>ABI data written one word per line, as specifications print it.</summary>
internal static class AbiWords
{
    /// <summary>Each text is one word: hexadecimal, padded with zeros on the left; a text that starts with <c>&gt;</c> is padded on the right.</summary>
    public static byte[] Of(params string[] words) => Convert.FromHexString(string.Concat(words.Select(word =>
        word.StartsWith('>') ? word[1..].PadRight(64, '0') : word.PadLeft(64, '0'))));
}
