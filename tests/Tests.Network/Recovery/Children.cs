using Iexec.Host.Children;

namespace Tests.Network.Recovery;

/// <summary>The processes that a network started beside itself, as its pid files name them.</summary>
internal sealed record Children(IReadOnlyList<ProcessIdentity> Known)
{
    public static Children Of(string home) => new(
        [.. Directory.EnumerateFiles(home, "*.pid", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 3, AttributesToSkip = FileAttributes.ReparsePoint })
            .Select(ProcessIdentity.Read).OfType<ProcessIdentity>()]);

    /// <summary>Names of those that live.</summary>
    public IReadOnlyList<string> Alive
    {
        get
        {
            var alive = new List<string>();
            foreach (var child in Known)
            {
                using var process = child.FindAlive();
                if (process is not null && !IsZombie(child.Id))
                {
                    alive.Add($"{child.Program} {child.Id}");
                }
            }

            return alive;
        }
    }

    /// <summary>Ends all at once, and waits until they are gone.</summary>
    public async Task KillAsync()
    {
        foreach (var child in Known)
        {
            using var process = child.FindAlive();
            process?.Kill();
        }

        while (Alive.Count > 0)
        {
            await Task.Delay(10);
        }
    }

    // An orphan is reaped by whoever adopts it, at its leisure.
    private static bool IsZombie(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
