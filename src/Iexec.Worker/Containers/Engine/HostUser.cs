using System.Globalization;
using System.Runtime.InteropServices;

namespace Iexec.Worker.Containers.Engine;

/// <summary>Users as the kernel counts them: who we are, and whom programs of strangers run as.</summary>
internal static class HostUser
{
    /// <summary>"nobody" of distroless images: known to no system, so it owns nothing.</summary>
    public const uint Nobody = 65532;

    /// <summary>This process is root on a Unix system.</summary>
    public static bool IsRoot => !OperatingSystem.IsWindows() && geteuid() == 0;

    /// <summary>
    /// The user for a container. Root lends a user that owns nothing; anyone else can only lend itself, as it could neither hand
    /// over the output folder nor read what another user wrote. Under a rootless engine, root inside is ourselves outside.
    /// </summary>
    public static (uint User, uint Group) ForContainer(bool engineIsRootless) => engineIsRootless
        ? (0, 0)
        : OperatingSystem.IsWindows() || IsRoot ? (Nobody, Nobody) : (geteuid(), getegid());

    /// <summary>As the engine's API writes it.</summary>
    public static string Format((uint User, uint Group) user) => string.Create(CultureInfo.InvariantCulture, $"{user.User}:{user.Group}");

    /// <summary>Hands a folder to a user; does nothing unless we are root.</summary>
    public static void GiveFolder(string path, (uint User, uint Group) user)
    {
        if (IsRoot && lchown(path, user.User, user.Group) != 0)
        {
            throw new IOException($"chown {path}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [DllImport("libc", ExactSpelling = true)]
    private static extern uint geteuid();

    [DllImport("libc", ExactSpelling = true)]
    private static extern uint getegid();

    [DllImport("libc", ExactSpelling = true, SetLastError = true)]
    private static extern int lchown([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint user, uint group);
}
