using System.Globalization;
using System.Text;

namespace Tests.Network.Letter;

/// <summary>Finds what a network left running: its state folder stands in the environment, the command line or the mounts of all that belongs to it.</summary>
internal static class LeftProcesses
{
    /// <summary>Command lines, e.g. <c>4711 anvil --port 1234</c>. Linux only; elsewhere empty.</summary>
    public static IReadOnlyList<string> Find(string stateFolder)
    {
        var found = new List<string>();
        if (!OperatingSystem.IsLinux())
        {
            return found;
        }

        // Processes of this name space share this test's mounts, which say nothing of who they are.
        var ownMounts = Link("/proc/self/ns/mnt");
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            var id = Path.GetFileName(folder);
            if (!int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == Environment.ProcessId)
            {
                continue;
            }

            var command = Read(folder, "cmdline");
            var isInContainer = Link(Path.Combine(folder, "ns/mnt")) is { } mounts && mounts != ownMounts && Read(folder, "mountinfo").Contains(stateFolder, StringComparison.Ordinal);
            if (isInContainer || command.Contains(stateFolder, StringComparison.Ordinal) || Read(folder, "environ").Contains(stateFolder, StringComparison.Ordinal))
            {
                found.Add($"{id} {command.Replace('\0', ' ')}");
            }
        }

        return found;
    }

    private static string Read(string folder, string name)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(folder, name)));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static string? Link(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: false)?.Name;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
