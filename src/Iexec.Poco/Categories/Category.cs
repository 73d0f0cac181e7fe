using Iexec.Ethereum;

namespace Iexec.Poco.Categories;

/// <summary>
/// A class of execution time. <paramref name="WorkClockTimeRefSeconds"/> is the longest execution; a task's deadlines are multiples of it
/// (contribution 7, reveal 2, final 10).
/// </summary>
public sealed record Category(UInt256 Id, string Name, string Description, ulong WorkClockTimeRefSeconds);
