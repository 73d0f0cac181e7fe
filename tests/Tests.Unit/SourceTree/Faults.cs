using Xunit;

namespace Tests.Unit.SourceTree;

internal static class Faults
{
    /// <summary>Fails with every fault, one per line: whoever tidies wants the whole list.</summary>
    public static void None(IEnumerable<string> faults)
    {
        var found = faults.ToList();
        Assert.True(found.Count == 0, string.Join(Environment.NewLine, found));
    }
}
