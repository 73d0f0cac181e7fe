namespace Iexec.Host.Images;

/// <summary>A sample application: a folder with a Dockerfile, and how its base is made where Docker Hub does not answer.</summary>
/// <param name="Name">Name of the folder below <c>samples/</c> and of the repository.</param>
/// <param name="BaseImage">Base image on Docker Hub, repository and tag, as the Dockerfile's <c>BASE_IMAGE</c> says.</param>
/// <param name="Packages">Debian packages that take the place of the base image and of what the Dockerfile installs.</param>
public sealed record SampleImage(string Name, (string Repository, string Tag) BaseImage, IReadOnlyList<string> Packages)
{
    /// <summary>Ray-traces the scene file given as input file.</summary>
    public static SampleImage Povray { get; } = new("povray", ("docker.io/library/debian", "bookworm-slim"), ["povray", "dash", "coreutils"]);

    /// <summary>Says hello, and misbehaves on request.</summary>
    public static SampleImage Hello { get; } = new("hello", ("docker.io/library/busybox", "1.36.1-musl"), ["busybox-static"]);
}
