using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Iexec.Host.Children;

/// <summary>
/// A process told from every later one that gets its number: the pid and the moment it was started.
/// Written to a pid file, it finds a child again after its parent was killed.
/// </summary>
/// <param name="Pid">Process id.</param>
/// <param name="StartedAt">On Linux the boot id and the kernel's clock ticks since boot; elsewhere the start time. Compared, never computed with.</param>
internal sealed partial record ProcessIdentity(int Pid, string StartedAt)
{
    /// <summary>The running process with this id; null when there is none.</summary>
    public static ProcessIdentity? OfRunning(int pid)
    {
        if (OperatingSystem.IsLinux())
        {
            return OfProc(pid);
        }

        try
        {
            using var process = Process.GetProcessById(pid);
            return new ProcessIdentity(pid, process.StartTime.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    /// <summary>This very process still runs.</summary>
    public bool IsRunning => OfRunning(Pid) == this;

    /// <summary>Reads a pid file; null when there is none or it is torn.</summary>
    public static ProcessIdentity? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), IdentityJson.Default.ProcessIdentity);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes a pid file in one step, so that nobody reads half of it.</summary>
    public void Write(string path)
    {
        var next = path + ".new";
        File.WriteAllBytes(next, JsonSerializer.SerializeToUtf8Bytes(this, IdentityJson.Default.ProcessIdentity));
        File.Move(next, path, overwrite: true);
    }

    private static ProcessIdentity? OfProc(int pid)
    {
        try
        {
            // proc(5): the name in parentheses may hold anything, so fields are counted from the last one. State is field 3, start time 22.
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : new ProcessIdentity(pid, $"{File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim()}/{fields[19]}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [JsonSerializable(typeof(ProcessIdentity))]
    private sealed partial class IdentityJson : JsonSerializerContext;
}
