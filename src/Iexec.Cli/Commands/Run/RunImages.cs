using Iexec.Cli.Frame;
using Iexec.Ethereum;
using Iexec.Host.Images;
using Iexec.Host.Network;
using Iexec.Sdk.Runs;

namespace Iexec.Cli.Commands.Run;

/// <summary>The image of a run: built from a folder and pushed, or named.</summary>
internal sealed class RunImages(CommandContext context, RunWish wish, RunJournal journal)
{
    private readonly string _folder = Path.GetFullPath(wish.Target, context.Project.Path);

    /// <summary>The image if it needs no building; else null.</summary>
    public async Task<RunImage?> FindAsync()
    {
        if (!Directory.Exists(_folder))
        {
            return await ImageName.ResolveAsync(context.Http.Quick, wish.Target, context.Cancellation);
        }

        return journal.Find("images", Key) is { } known && known.Split(' ') is [var digest, var name, var checksum]
            && digest == FolderImages.DigestOf(_folder) && Bytes32.TryParse(checksum, out var parsed)
            && name.StartsWith(Registry + "/", StringComparison.Ordinal) && await FolderImages.IsThereAsync(Registry, name, checksum, context.Cancellation)
            ? new RunImage(name, parsed)
            : null;
    }

    /// <summary>Builds and pushes if need be.</summary>
    public async Task<RunImage> EnsureAsync(Action<string, string, bool> tell)
    {
        if (await FindAsync() is { } found)
        {
            tell("image", $"{found.Name}@sha256:{found.Checksum.ToString()[2..]}", true);
            return found;
        }

        var digest = FolderImages.DigestOf(_folder);
        var name = RunApp.NameOf(Path.GetFileName(Path.TrimEndingDirectorySeparator(_folder)));
        var built = await FolderImages.BuildAsync(_folder, name, Registry, NetworkOptions.DefaultStateFolder(), new BuildOutput(context), context.Time, context.Cancellation);
        journal.Save("images", Key, $"{digest} {built.Name} {built.Checksum}");
        tell("image", built.ToString(), false);
        return new RunImage(built.Name, Bytes32.Parse(built.Checksum));
    }

    private string Key => $"{Registry} {_folder}";

    private string Registry => wish.Registry ?? $"127.0.0.1:{new NetworkPorts().Registry}";

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
