namespace Iexec.Sdk.Errors;

/// <summary>What to do about an error, in words that make sense to every program, and by name for one that has words of its own.</summary>
/// <param name="Text">A sentence.</param>
/// <param name="Remedy">What mends it; none where the sentence says all.</param>
/// <param name="About">What the remedy is about: an id, an amount, a kind of order.</param>
internal readonly record struct Advice(string? Text, Remedy Remedy = Remedy.None, string? About = null)
{
    /// <summary>What was found out, said before the sentence; null for nothing.</summary>
    public string? Findings { get; init; }

    /// <summary>A sentence that says all.</summary>
    public static implicit operator Advice(string? text) => new(text);

    /// <summary>The findings, then the sentence in the given words.</summary>
    public string? In(string? words) => Findings is null ? words : $"{Findings}\n{words}";
}
