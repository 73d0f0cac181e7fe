namespace Iexec.Testing.Model;

/// <summary>Chance that a seed reproduces.</summary>
internal sealed class Dice(int seed)
{
    private readonly Random _random = new(seed);

    public bool Chance(int percent) => _random.Next(100) < percent;

    public int Below(int bound) => _random.Next(bound);

    public T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    public T? PickOrDefault<T>(IReadOnlyList<T> items)
        where T : class => items.Count == 0 ? null : Pick(items);

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }
}
