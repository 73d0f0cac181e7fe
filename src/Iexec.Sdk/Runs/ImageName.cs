using System.Net;
using System.Text.RegularExpressions;
using Iexec.Ethereum;
using Iexec.Sdk.Errors;

namespace Iexec.Sdk.Runs;

/// <summary>An image as a person names it: <c>host:port/repository@sha256:…</c>, or with a tag that its registry resolves.</summary>
internal static partial class ImageName
{
    private static readonly string[] Manifests =
    [
        "application/vnd.docker.distribution.manifest.v2+json", "application/vnd.oci.image.manifest.v1+json",
        "application/vnd.docker.distribution.manifest.list.v2+json", "application/vnd.oci.image.index.v1+json",
    ];

    /// <summary>Finds the digest. A registry of one's own is asked; others want the digest, since a tag of theirs may change between now and the run.</summary>
    /// <param name="http">For the question to the registry.</param>
    /// <param name="text">What the person wrote.</param>
    /// <param name="warn">Told when a registry of others cannot be asked from here: the workers may still reach it.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <exception cref="IexecException">ValidationError: no image, or no digest; ConfigurationError: the registry does not have it.</exception>
    public static async Task<RunImage> ResolveAsync(HttpClient http, string text, Action<string> warn, CancellationToken cancellationToken)
    {
        if (Parts().Match(text) is not { Success: true } parts)
        {
            throw new IexecException(ErrorCode.ValidationError, $"\"{text}\" is neither a folder nor an image", "Name a folder with a Dockerfile, or an image as repository@sha256:<digest>.");
        }

        var (host, repository, tag, digest) = (parts.Groups["host"].Value, parts.Groups["repository"].Value, parts.Groups["tag"].Value, parts.Groups["digest"].Value);
        var name = host.Length == 0 ? repository : $"{host}/{repository}";
        if (digest.Length > 0)
        {
            // The registry is asked, since a digest that it does not have would be found out only after the purchase.
            if (IsLoopback(host))
            {
                return new RunImage(name, await AskAsync(http, new Uri($"http://{host}/v2/{repository}/manifests/sha256:{digest}"), text, cancellationToken).ConfigureAwait(false));
            }

            await LookAsync(http, host.Length == 0 ? "docker.io" : host, repository, digest, text, warn, cancellationToken).ConfigureAwait(false);
            return new RunImage(name, Bytes32.Parse("0x" + digest));
        }

        if (!IsLoopback(host))
        {
            throw new IexecException(
                ErrorCode.ValidationError, $"The image \"{text}\" is named without digest", "Name it as repository@sha256:<digest>: \"docker pull\" and \"docker push\" print the digest.");
        }

        return new RunImage(name, await AskAsync(http, new Uri($"http://{host}/v2/{repository}/manifests/{(tag.Length == 0 ? "latest" : tag)}"), text, cancellationToken)
            .ConfigureAwait(false));
    }

    private static bool IsLoopback(string host) => host.StartsWith("127.0.0.1:", StringComparison.Ordinal) || host.StartsWith("localhost:", StringComparison.Ordinal);

    // A registry that wants a login first says nothing about the image, and the workers may have one.
    private static async Task LookAsync(
        HttpClient http, string host, string repository, string digest, string text, Action<string> warn, CancellationToken cancellationToken)
    {
        var isHub = host is "docker.io" or "index.docker.io";
        var (server, path) = isHub ? ("registry-1.docker.io", repository.Contains('/', StringComparison.Ordinal) ? repository : $"library/{repository}") : (host, repository);
        try
        {
            using var request = Question(new Uri($"https://{server}/v2/{path}/manifests/sha256:{digest}"));
            using var reply = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (reply.StatusCode != HttpStatusCode.NotFound)
            {
                return;
            }
        }
        catch (Exception silent) when (silent is HttpRequestException || (silent is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            warn($"The registry {host} cannot be reached from here. If the workers cannot either, the execution fails, and is paid.");
            return;
        }

        throw Missing(text);
    }

    private static IexecException Missing(string text) =>
        new(ErrorCode.ConfigurationError, $"The registry has no image \"{text}\"", "Push it first: docker push <image>.");

    private static HttpRequestMessage Question(Uri manifest)
    {
        var request = new HttpRequestMessage(HttpMethod.Head, manifest);
        foreach (var type in Manifests)
        {
            request.Headers.Accept.ParseAdd(type);
        }

        return request;
    }

    private static async Task<Bytes32> AskAsync(HttpClient http, Uri manifest, string text, CancellationToken cancellationToken)
    {
        using var request = Question(manifest);
        try
        {
            using var reply = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (reply.IsSuccessStatusCode && reply.Headers.TryGetValues("Docker-Content-Digest", out var values)
                && values.First() is ['s', 'h', 'a', '2', '5', '6', ':', .. var digits] && Bytes32.TryParse("0x" + digits, out var digest))
            {
                return digest;
            }
        }
        catch (Exception silent) when (silent is HttpRequestException || (silent is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new IexecException(ErrorCode.ConfigurationError, $"The registry of \"{text}\" does not answer", "Check its address, and that it runs.", silent);
        }

        throw Missing(text);
    }

    [GeneratedRegex(@"^(?:(?<host>localhost:\d+|[a-z0-9.-]+\.[a-z0-9.-]+(?::\d+)?|[a-z0-9.-]+:\d+)/)?(?<repository>[a-z0-9]+(?:[._/-]+[a-z0-9]+)*)(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@sha256:(?<digest>[0-9a-f]{64}))?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Parts();
}
