using Iexec.Worker.Containers;
using Xunit;

namespace Tests.Unit.Worker;

public sealed class OutputQuotaTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iexec-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Within_its_limits_nothing_is_said()
    {
        File.WriteAllBytes(Path.Combine(_folder, "a"), new byte[100]);
        Assert.Null(OutputQuota.Exceeded(_folder, 100, 1));
    }

    [Fact]
    public void Bytes_are_summed_over_folders()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "b"));
        File.WriteAllBytes(Path.Combine(_folder, "a"), new byte[60]);
        File.WriteAllBytes(Path.Combine(_folder, "b", "c"), new byte[41]);
        Assert.Contains("bytes", OutputQuota.Exceeded(_folder, 100, 100)!, StringComparison.Ordinal);
    }

    [Fact]
    public void Folders_count_as_entries()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "a/b/c"));
        Assert.Null(OutputQuota.Exceeded(_folder, 0, 3));
        Assert.Contains("files", OutputQuota.Exceeded(_folder, 0, 2)!, StringComparison.Ordinal);
    }

    [Fact]
    public void Links_are_not_followed()
    {
        var outside = Directory.CreateTempSubdirectory("iexec-test-");
        File.WriteAllBytes(Path.Combine(outside.FullName, "large"), new byte[10_000]);
        Directory.CreateSymbolicLink(Path.Combine(_folder, "out"), outside.FullName);
        Assert.Null(OutputQuota.Exceeded(_folder, 1000, 10));
        outside.Delete(recursive: true);
    }

    [Fact]
    public void Endless_nesting_is_noticed()
    {
        Directory.CreateDirectory(Path.Combine([_folder, .. Enumerable.Repeat("d", 40)]));
        Assert.Contains("nested", OutputQuota.Exceeded(_folder, 1000, 1000)!, StringComparison.Ordinal);
    }
}
