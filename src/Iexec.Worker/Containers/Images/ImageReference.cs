using System.Text.RegularExpressions;

namespace Iexec.Worker.Containers.Images;

/// <summary>An image named by what it contains: <c>registry/repository@sha256:…</c>. A tag cannot move it.</summary>
public sealed partial record ImageReference
{
    private ImageReference(string registry, string repository, string digest) =>
        (Registry, Repository, Digest) = (registry, repository, digest);

    /// <summary>Host and port of the registry, e.g. <c>docker.io</c> or <c>127.0.0.1:5000</c>.</summary>
    public string Registry { get; }

    /// <summary>Path in the registry, e.g. <c>library/debian</c>.</summary>
    public string Repository { get; }

    /// <summary><c>sha256:</c> and 64 lower-case digits: the digest of the image's manifest.</summary>
    public string Digest { get; }

    /// <summary>Registry and repository, without digest.</summary>
    public string Name => $"{Registry}/{Repository}";

    /// <inheritdoc/>
    public override string ToString() => $"{Name}@{Digest}";

    /// <summary>
    /// An app's image: the repository from its multiaddr, the content from its checksum. A tag in the multiaddr is ignored;
    /// a digest in it must be the checksum's.
    /// </summary>
    /// <param name="multiaddr">E.g. <c>docker.io/library/debian:12</c> or <c>127.0.0.1:5000/povray@sha256:…</c>.</param>
    /// <param name="checksum">64 hexadecimal digits, with or without <c>0x</c> or <c>sha256:</c>.</param>
    /// <exception cref="EngineException"><see cref="EngineFault.Refused"/> for a malformed name, <see cref="EngineFault.DigestMismatch"/> when both name a digest and they differ.</exception>
    public static ImageReference OfApp(string multiaddr, string checksum)
    {
        var (name, inner) = SplitDigest(multiaddr.Trim());
        var digest = NormaliseDigest(checksum)
            ?? throw new EngineException(
                EngineFault.Refused,
                $"The app's checksum '{Shorten(checksum)}' is not a SHA-256 digest.",
                "Deploy the app with the digest that the registry answered when the image was pushed (docker images --digests).");
        if (digest == ZeroDigest)
        {
            throw new EngineException(EngineFault.Refused, "The app's checksum is zero, so its image cannot be verified.",
                "Deploy the app with the digest that the registry answered when the image was pushed.");
        }

        if (inner is not null && NormaliseDigest(inner) != digest)
        {
            throw new EngineException(EngineFault.DigestMismatch,
                $"The app's address names the image {inner}, but its checksum is {digest}.",
                "Deploy the app again with the digest and the checksum of the same image.");
        }

        return Create(name, digest);
    }

    /// <summary>Reads <c>repository@sha256:…</c>.</summary>
    /// <exception cref="EngineException"><see cref="EngineFault.Refused"/> when there is no digest or the name is malformed.</exception>
    public static ImageReference Parse(string text)
    {
        var (name, digest) = SplitDigest(text.Trim());
        return Create(name, (digest is null ? null : NormaliseDigest(digest))
            ?? throw new EngineException(EngineFault.Refused, $"'{Shorten(text)}' does not name an image by digest.", "Write it as repository@sha256:<64 digits>."));
    }

    private const string DockerHub = "docker.io";
    private static readonly string ZeroDigest = "sha256:" + new string('0', 64);

    private static ImageReference Create(string name, string digest)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? "" : name[..slash];
        var hasRegistry = first == "localhost" || first.Contains('.', StringComparison.Ordinal) || first.Contains(':', StringComparison.Ordinal);
        var registry = hasRegistry ? first.ToLowerInvariant() : DockerHub;
        var repository = hasRegistry ? name[(slash + 1)..] : name;

        // The tag comes after the last colon, if that is behind the last slash.
        var colon = repository.LastIndexOf(':');
        if (colon > repository.LastIndexOf('/'))
        {
            repository = repository[..colon];
        }

        if (registry is "registry.hub.docker.com" or "index.docker.io" or "registry-1.docker.io")
        {
            registry = DockerHub;
        }

        if (registry == DockerHub && !repository.Contains('/', StringComparison.Ordinal))
        {
            repository = "library/" + repository;
        }

        // The name ends up in a URL path of the engine's API, so nothing but the grammar of the distribution specification passes.
        return RepositoryGrammar().IsMatch(repository) && RegistryGrammar().IsMatch(registry) && repository.Length <= 255
            ? new ImageReference(registry, repository, digest)
            : throw new EngineException(EngineFault.Refused, $"'{Shorten(name)}' is not the name of an image.", "Write it as registry/repository.");
    }

    private static (string Name, string? Digest) SplitDigest(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at < 0 ? (text, null) : (text[..at], text[(at + 1)..]);
    }

    private static string? NormaliseDigest(string text)
    {
        var digits = text.Trim();
        if (digits.StartsWith("sha256:", StringComparison.Ordinal))
        {
            digits = digits["sha256:".Length..];
        }
        else if (digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            digits = digits[2..];
        }

        return digits.Length == 64 && digits.All(char.IsAsciiHexDigit) ? "sha256:" + digits.ToLowerInvariant() : null;
    }

    private static string Shorten(string text) => text.Length <= 100 ? text : text[..99] + "…";

    [GeneratedRegex(@"\A[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*)*\z", RegexOptions.NonBacktracking)]
    private static partial Regex RepositoryGrammar();

    [GeneratedRegex(@"\A(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?\z", RegexOptions.NonBacktracking)]
    private static partial Regex RegistryGrammar();
}
