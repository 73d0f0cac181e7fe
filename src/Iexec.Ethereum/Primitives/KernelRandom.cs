using System.Runtime.InteropServices;

namespace Iexec.Ethereum;

/// <summary>
/// <c>getrandom(2)</c>: Linux's own cryptographic generator, which blocks until it is seeded. The runtime's goes through OpenSSL, whose loading takes a short
/// command a tenth of its time and several megabytes.
/// </summary>
internal static class KernelRandom
{
    private const int Interrupted = 4; // EINTR

    /// <summary>Overwrites the whole span; false, with nothing to be relied on, where the kernel refuses.</summary>
    public static bool TryFill(Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            var got = GetRandom(ref MemoryMarshal.GetReference(destination), (nuint)destination.Length, 0);
            if (got > 0)
            {
                destination = destination[(int)got..];
            }
            else if (Marshal.GetLastPInvokeError() != Interrupted)
            {
                return false;
            }
        }

        return true;
    }

    [DllImport("libc", EntryPoint = "getrandom", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint GetRandom(ref byte buffer, nuint length, uint flags);
}
