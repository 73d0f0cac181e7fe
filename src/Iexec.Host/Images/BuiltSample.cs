namespace Iexec.Host.Images;

/// <summary>A sample's image in a registry, as an app registers it.</summary>
/// <param name="Name">Registry and repository, the app's multiaddr.</param>
/// <param name="Checksum">The manifest's digest as 0x and 64 digits, the app's checksum.</param>
public sealed record BuiltSample(string Name, string Checksum)
{
    internal static async Task<BuiltSample> OfAsync(SampleImages images, SampleImage sample, IProgress<string> output, CancellationToken cancellationToken)
    {
        var image = await images.EnsureAsync(sample, output, cancellationToken);
        return new BuiltSample(image.Name, "0x" + image.Digest["sha256:".Length..]);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}@sha256:{Checksum[2..]}";
}
