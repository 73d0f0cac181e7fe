using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Iexec.ServiceDefaults.Stores;

/// <summary>
/// Binds the provider to the SQLite of the operating system: the bundles that ship one are older than what every system has,
/// and a system library gets its security fixes from the system.
/// </summary>
internal static class SqliteLibrary
{
    private static readonly Lock Gate = new();
    private static bool _bound;

    public static void Bind()
    {
        lock (Gate)
        {
            if (_bound)
            {
                return;
            }

            NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
            raw.SetProvider(new SQLite3Provider_e_sqlite3());
            _bound = true;
        }
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != "e_sqlite3")
        {
            return 0;
        }

        foreach (var candidate in Candidates())
        {
            if (NativeLibrary.TryLoad(candidate, assembly, path, out var handle))
            {
                return handle;
            }
        }

        throw new DllNotFoundException($"SQLite is missing: none of {string.Join(", ", Candidates())} could be loaded. On Debian: apt-get install libsqlite3-0.");
    }

    private static string[] Candidates() =>
        OperatingSystem.IsWindows() ? ["winsqlite3.dll", "sqlite3.dll"]
        : OperatingSystem.IsMacOS() ? ["libsqlite3.dylib", "/usr/lib/libsqlite3.dylib"]
        : ["libsqlite3.so.0", "libsqlite3.so"];
}
