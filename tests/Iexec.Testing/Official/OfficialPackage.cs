using Xunit;

namespace Iexec.Testing.Official;

/// <summary>
/// The npm package @iexec/poco 5.5.0, compiled contracts of the original, as <c>eng/official-contracts</c> fetched it. It is read at run
/// time and never part of this source tree.
/// </summary>
public static class OfficialPackage
{
    /// <summary>Whose behaviour and gas are compared.</summary>
    public const string Version = "5.5.0";

    private static string Folder { get; } = Path.Combine(Repository.Root, "eng", "tools", "official", "node_modules", "@iexec", "poco-" + Version);

    /// <summary>True when it was fetched.</summary>
    public static bool IsInstalled => Directory.Exists(Folder);

    /// <summary>Why a test cannot run; null when it can.</summary>
    internal static string? Absent => IsInstalled ? null : "The official contracts are not here (run eng/official-contracts).";

    /// <summary>The file of a contract: of the newer build (<c>artifacts</c>), else of the older (<c>build</c>).</summary>
    /// <exception cref="FileNotFoundException">The package was not fetched or has no such contract.</exception>
    internal static string FileOf(string contract)
    {
        if (!IsInstalled)
        {
            throw new FileNotFoundException("The official contracts are missing. Run eng/official-contracts, which fetches them from the npm registry.");
        }

        // Two sources of one name (an interface and its copy for a newer compiler) differ in their folder's name.
        var artifacts = Directory.GetFiles(Path.Combine(Folder, "artifacts"), contract + ".json", SearchOption.AllDirectories);
        var old = Path.Combine(Folder, "build", "contracts", contract + ".json");
        return artifacts.SingleOrDefault(file => Path.GetFileName(Path.GetDirectoryName(file)) == contract + ".sol")
            ?? (File.Exists(old) ? old : throw new FileNotFoundException($"The package has no contract {contract}."));
    }
}

/// <summary>A test against the official contracts; skipped by name where they were not fetched.</summary>
public sealed class OfficialFactAttribute : FactAttribute
{
    public OfficialFactAttribute() => Skip = OfficialPackage.Absent;
}

/// <summary>As <see cref="OfficialFactAttribute"/>, for several cases.</summary>
public sealed class OfficialTheoryAttribute : TheoryAttribute
{
    public OfficialTheoryAttribute() => Skip = OfficialPackage.Absent;
}
