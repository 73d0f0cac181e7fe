using Iexec.Sdk.Errors;

namespace Iexec.Host.Network;

/// <summary>Forgets a chain and everything that was built on it. Keys of the roles stay, so that wallets known elsewhere keep their owners.</summary>
public static class NetworkReset
{
    private static readonly string[] Kept = ["key.json", "password", FolderLock.FileName];

    /// <exception cref="IexecException">The network runs, or a single role of its chain does. Nothing was forgotten.</exception>
    public static void Run(NetworkOptions options)
    {
        if (!Directory.Exists(options.ChainFolder))
        {
            return;
        }

        using var network = FolderLock.Take(options.ChainFolder, options.Whereabouts);
        using var roles = TakeRoles(options);
        foreach (var entry in Directory.EnumerateDirectories(options.ChainFolder))
        {
            foreach (var folder in entry == options.ServeFolder ? Directory.EnumerateDirectories(entry) : [entry])
            {
                Clear(folder);
            }
        }
    }

    /// <summary>Locks of all roles that were ever served alone on this chain; none is kept if one is refused.</summary>
    private static Locks TakeRoles(NetworkOptions options)
    {
        var locks = new Locks();
        var folder = options.ServeFolder;
        try
        {
            foreach (var role in Directory.Exists(folder) ? Directory.EnumerateDirectories(folder) : [])
            {
                locks.Add(FolderLock.Take(role, $"The role '{Path.GetFileName(role)}' is served there. End it first (Ctrl-C where it runs), then reset."));
            }

            return locks;
        }
        catch
        {
            locks.Dispose();
            throw;
        }
    }

    // Locks stay: who came between a removal and our end would get a lock of its own on the same folder.
    private static void Clear(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder).Where(file => !Kept.Contains(Path.GetFileName(file)) && Path.GetExtension(file) != ".pid"))
        {
            File.Delete(file);
        }

        foreach (var child in Directory.EnumerateDirectories(folder))
        {
            Directory.Delete(child, recursive: true);
        }
    }

    private sealed class Locks : IDisposable
    {
        private readonly List<FolderLock> _held = [];

        public void Add(FolderLock taken) => _held.Add(taken);

        public void Dispose()
        {
            foreach (var taken in _held)
            {
                taken.Dispose();
            }
        }
    }
}
