using Iexec.Poco.Contracts;

namespace Iexec.Poco.Deployment;

/// <summary>The five categories that every hub starts with. Descriptions are JSON, as clients expect.</summary>
internal static class StandardCategories
{
    public static IReadOnlyList<HubStructs.Category> All { get; } =
    [
        new("XS", "\"up to 5 minutes of execution\"", 300),
        new("S", "\"up to 20 minutes of execution\"", 1_200),
        new("M", "\"up to 1 hour of execution\"", 3_600),
        new("L", "\"up to 3 hours of execution\"", 10_800),
        new("XL", "\"up to 10 hours of execution\"", 36_000),
    ];

    /// <summary>Gas that creating one takes at most.</summary>
    public const ulong GasLimitEach = 200_000;
}
