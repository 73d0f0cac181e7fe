using System.Globalization;

namespace Iexec.Worker.Containers.Images;

/// <summary>
/// Removes images of applications that were not used for longest, when all of them together exceed a budget. Only images this worker
/// pulled are ever removed: each has a small file of its own in the worker's folder, whose time is that of the last use.
/// </summary>
/// <param name="engine">The engine that holds the images.</param>
/// <param name="folder">Where the files are kept; one engine, one folder.</param>
/// <param name="budgetBytes">Unpacked bytes that may stay.</param>
/// <param name="time">The clock.</param>
public sealed class ImageCollector(IContainerEngine engine, string folder, long budgetBytes, TimeProvider time)
{
    /// <summary>Notes that an image is used now.</summary>
    public void Touch(ImageReference image, ImageDescription description)
    {
        Directory.CreateDirectory(folder);
        var path = PathOf(image);
        File.WriteAllText(path, string.Create(CultureInfo.InvariantCulture, $"{image}\n{description.SizeBytes}\n"));
        File.SetLastWriteTimeUtc(path, time.GetUtcNow().UtcDateTime);
    }

    /// <summary>Removes images until the rest fits the budget; answers what was removed. Images in use stay, whatever they take.</summary>
    public async Task<IReadOnlyList<string>> CollectAsync(IReadOnlySet<ImageReference> inUse, CancellationToken cancellationToken)
    {
        var known = Directory.Exists(folder) ? new DirectoryInfo(folder).GetFiles().Select(Read).OfType<UsedImage>().ToList() : [];
        var removed = new List<string>();
        foreach (var image in Superfluous(known, inUse, budgetBytes))
        {
            // An image that something else uses stays, and is tried again the next time.
            if (await engine.RemoveImageAsync(image.Reference.ToString(), cancellationToken))
            {
                File.Delete(PathOf(image.Reference));
                removed.Add(image.Reference.ToString());
            }
        }

        return removed;
    }

    /// <summary>The images to give up, oldest use first, so that the rest takes no more than the budget.</summary>
    internal static IEnumerable<UsedImage> Superfluous(IReadOnlyCollection<UsedImage> images, IReadOnlySet<ImageReference> inUse, long budgetBytes)
    {
        var total = images.Sum(image => image.SizeBytes);
        foreach (var image in images.Where(image => !inUse.Contains(image.Reference)).OrderBy(image => image.LastUse))
        {
            if (total <= budgetBytes)
            {
                yield break;
            }

            total -= image.SizeBytes;
            yield return image;
        }
    }

    private string PathOf(ImageReference image) =>
        Path.Combine(folder, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(image.ToString()))));

    private static UsedImage? Read(FileInfo file)
    {
        try
        {
            return File.ReadAllLines(file.FullName) is [var reference, var size, ..] && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
                ? new UsedImage(ImageReference.Parse(reference), bytes, file.LastWriteTimeUtc)
                : null;
        }
        catch (EngineException)
        {
            return null;
        }
    }

    /// <summary>An image and its last use.</summary>
    internal sealed record UsedImage(ImageReference Reference, long SizeBytes, DateTime LastUse);
}
