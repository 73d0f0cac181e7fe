namespace Iexec.Worker.Containers.Images;

/// <summary>What the engine knows of a local image.</summary>
/// <param name="Id">Digest of its configuration, <c>sha256:…</c>.</param>
/// <param name="RepoDigests">Names by digest under which it was pulled or pushed.</param>
/// <param name="User">The user it wants; empty is root.</param>
/// <param name="Entrypoint">Its entrypoint.</param>
/// <param name="Volumes">Paths it declares as volumes.</param>
/// <param name="SizeBytes">Unpacked size.</param>
public sealed record ImageDescription(
    string Id,
    IReadOnlyList<string> RepoDigests,
    string User,
    IReadOnlyList<string> Entrypoint,
    IReadOnlyList<string> Volumes,
    long SizeBytes)
{
    /// <summary>It wants to run as root.</summary>
    public bool WantsRoot => User.Split(':')[0] is "" or "0" or "root";
}
