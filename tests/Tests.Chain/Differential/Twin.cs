namespace Tests.Chain.Differential;

/// <summary>The two deployments that are compared.</summary>
internal enum Side
{
    Official,
    Ours,
}

/// <summary>One thing as it is on either side.</summary>
internal sealed record Twin<T>(T Official, T Ours)
{
    public T this[Side side] => side == Side.Official ? Official : Ours;
}

internal static class Twin
{
    public static IReadOnlyList<Side> Sides { get; } = [Side.Official, Side.Ours];

    public static Twin<T> Of<T>(Func<Side, T> make) => new(make(Side.Official), make(Side.Ours));

    public static async Task<Twin<T>> OfAsync<T>(Func<Side, Task<T>> make)
    {
        var official = make(Side.Official);
        var ours = make(Side.Ours);
        return new(await official, await ours);
    }
}
