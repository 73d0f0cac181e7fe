using Iexec.Bindings;
using Xunit;

namespace Tests.Unit.Poco.Contracts;

public sealed class BindingsFreshnessTests
{
    [Fact]
    public void Checked_in_bindings_are_what_the_artifacts_give()
    {
        var root = Iexec.Testing.Repository.Root;
        var folder = Path.Combine(root, BindingsGenerator.OutputFolder);
        var expected = BindingsGenerator.Generate(Path.Combine(root, BindingsGenerator.ArtifactsFolder));
        var actual = Directory.EnumerateFiles(folder, "*.g.cs").ToDictionary(file => Path.GetFileName(file), File.ReadAllText);

        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        Assert.All(expected, file => Assert.True(
            file.Value == actual[file.Key], $"{file.Key} is stale; run: dotnet run --project eng/bindings"));
    }
}
