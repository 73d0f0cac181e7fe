using Iexec.Sdk.Errors;

namespace Iexec.Host.Network;

/// <summary>Forgets a chain and everything that was built on it. Keys of the roles stay, so that wallets known elsewhere keep their owners.</summary>
public static class NetworkReset
{
    private static readonly string[] KeyFiles = ["key.json", "password"];

    /// <exception cref="IexecException">The network runs.</exception>
    public static void Run(NetworkOptions options)
    {
        if (!Directory.Exists(options.ChainFolder))
        {
            return;
        }

        using (FolderLock.Take(options.ChainFolder))
        {
            foreach (var entry in Directory.EnumerateDirectories(options.ChainFolder))
            {
                Clear(entry);
            }
        }
    }

    private static void Clear(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder).Where(file => !KeyFiles.Contains(Path.GetFileName(file)) && Path.GetExtension(file) != ".pid"))
        {
            File.Delete(file);
        }

        foreach (var child in Directory.EnumerateDirectories(folder))
        {
            Directory.Delete(child, recursive: true);
        }
    }
}
