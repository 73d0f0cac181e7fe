using System.Globalization;
using Iexec.Cli.Frame;
using Iexec.Ethereum;
using Iexec.Host.Images;
using Iexec.Host.Network;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Runs;

namespace Iexec.Cli.Commands.Run;

/// <summary>The image of a run: built from a folder and pushed, or named.</summary>
internal sealed class RunImages(CommandContext context, RunWish wish, RunJournal journal, ulong chainId)
{
    private readonly string _folder = Path.GetFullPath(wish.Target, context.Project.Path);
    private string? _registry;

    /// <summary>The image if it needs no building; else null.</summary>
    /// <exception cref="IexecException">The folder cannot be built, or the name is no image's.</exception>
    public Task<RunImage?> FindAsync() => FindAsync(DigestOfFolder());

    /// <summary>Builds and pushes if need be.</summary>
    public async Task<RunImage> EnsureAsync(RunProgress progress)
    {
        // Of the files before the build, so that what changes meanwhile is built the next time.
        var digest = DigestOfFolder();
        if (await FindAsync(digest) is { } found)
        {
            progress.Tell("image", $"{found.Name}@sha256:{found.Checksum.ToString()[2..]}", wasDone: true);
            return found;
        }

        var name = RunApp.NameOf(Path.GetFileName(Path.TrimEndingDirectorySeparator(_folder)));
        var built = await FolderImages.BuildAsync(_folder, name, Registry, NetworkOptions.DefaultStateFolder(), new BuildOutput(context), context.Time, context.Cancellation);
        await journal.SaveAsync("images", Key, $"{digest} {built.Name} {built.Checksum}", context.Cancellation);
        progress.Tell("image", built.ToString());
        return new RunImage(built.Name, Bytes32.Parse(built.Checksum));
    }

    private string? DigestOfFolder() => Directory.Exists(_folder) ? FolderImages.DigestOf(_folder) : null;

    private async Task<RunImage?> FindAsync(string? digestOfFolder)
    {
        if (digestOfFolder is null)
        {
            return await ImageName.ResolveAsync(context.Http.Quick, wish.Target, context.Warn, context.Cancellation);
        }

        return journal.Find("images", Key) is { } known && known.Split(' ') is [var former, var name, var checksum]
            && former == digestOfFolder && Bytes32.TryParse(checksum, out var parsed)
            && await FolderImages.IsThereAsync(Registry, name, checksum, context.Cancellation)
            ? new RunImage(name, parsed)
            : null;
    }

    private string Key => $"{Registry} {_folder}";

    private string Registry => _registry ??= wish.Registry ?? FindOwnRegistry();

    private string FindOwnRegistry()
    {
        var local = Path.Combine(NetworkOptions.DefaultStateFolder(), chainId.ToString(CultureInfo.InvariantCulture));
        return NetworkStatus.FindRunning(local)?.RegistryAddress ?? throw new IexecException(
            ErrorCode.ConfigurationError, $"No local network of chain {chainId} runs, so there is no registry for the image", "Start it with \"iexec up\", or name a registry with --registry <host:port>.");
    }

    private sealed class BuildOutput(CommandContext context) : IProgress<string>
    {
        public void Report(string value)
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                context.Note($"  {value.TrimEnd()}");
            }
        }
    }
}
