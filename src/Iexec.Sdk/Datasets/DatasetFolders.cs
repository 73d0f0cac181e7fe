using Iexec.Sdk.Project;

namespace Iexec.Sdk.Datasets;

/// <summary>Where a project keeps datasets before and after their encryption, and the keys.</summary>
/// <param name="Original">Files to encrypt.</param>
/// <param name="Encrypted">Gets <c>{name}.enc</c>.</param>
/// <param name="Keys">Gets <c>{name}.key</c>, and the newest again as <c>dataset.key</c>.</param>
internal sealed record DatasetFolders(string Original, string Encrypted, SecretFolder Keys)
{
    /// <summary>Name of the newest key.</summary>
    public const string NewestKey = "dataset.key";

    /// <summary>The folders of a project; null takes the usual place.</summary>
    public static DatasetFolders Of(ProjectFolder project, TimeProvider time, string? original, string? encrypted, string? keys) => new(
        System.IO.Path.GetFullPath(original ?? System.IO.Path.Combine("datasets", "original"), project.Path),
        System.IO.Path.GetFullPath(encrypted ?? System.IO.Path.Combine("datasets", "encrypted"), project.Path),
        new SecretFolder(System.IO.Path.GetFullPath(keys ?? System.IO.Path.Combine(".secrets", "datasets"), project.Path), time));

    /// <summary>Makes them.</summary>
    public void Create()
    {
        Directory.CreateDirectory(Original);
        Directory.CreateDirectory(Encrypted);
        Keys.Create();
    }
}
