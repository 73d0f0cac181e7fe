namespace Tests.Chain.Differential;

/// <summary>Choices that a seed reproduces.</summary>
internal sealed class Dice(int seed)
{
    // Not a secret: the same seed has to give the same run.
    private readonly Random _random = new(seed);

    public int Below(int limit) => _random.Next(limit);

    /// <summary>True in <paramref name="percent"/> of cases.</summary>
    public bool Chance(int percent) => _random.Next(100) < percent;

    public T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    /// <summary>One of them, the later the likelier: recent things matter most.</summary>
    public T PickRecent<T>(IReadOnlyList<T> from) => from[from.Count - 1 - Math.Min(from.Count - 1, (int)(-Math.Log(1 - _random.NextDouble()) * 6))];

    public byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }
}
