using Iexec.Sdk.Errors;

namespace Iexec.Sdk.Project;

/// <summary>
/// One process at a time holds it; the system releases it when the process ends, however it ends. Its empty file stays: whoever deletes it could
/// delete the one that another process has just locked.
/// </summary>
internal sealed class FileLock : IDisposable
{
    // Each but the first takes a millisecond or more.
    private const int MostAttempts = 10_000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    // EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION.
    private static readonly HashSet<int> Held = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Waits until it is free.</summary>
    /// <param name="path">The file.</param>
    /// <param name="time">Clock.</param>
    /// <param name="waits">Told once if another process holds it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="IexecException">ConfigurationError: the file cannot be written.</exception>
    public static async Task<FileLock> TakeAsync(string path, TimeProvider time, Action? waits, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryTake(path) is { } taken)
            {
                return taken;
            }

            waits?.Invoke();
            waits = null;
            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// For the moment of a change: waits for others, and its file goes with it, which the system looks for when another takes it. Null when this folder
    /// takes no file: the change itself will say so.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What is changed, for the message.</param>
    /// <exception cref="IexecException">ConfigurationError: somebody has held it for many seconds.</exception>
    public static FileLock? TakeBriefly(string path, string what)
    {
        var wait = new SpinWait();
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            try
            {
                return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose));
            }
            catch (IOException held) when (Held.Contains(held.HResult))
            {
                wait.SpinOnce();
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }

        throw new IexecException(ErrorCode.ConfigurationError, $"\"{what}\" is being changed by another command", "Try again when that has ended.");
    }

    /// <summary>Null when another process holds it.</summary>
    /// <exception cref="IexecException">ConfigurationError: the file cannot be written.</exception>
    public static FileLock? TryTake(string path)
    {
        try
        {
            return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException held) when (Held.Contains(held.HResult))
        {
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new IexecException(
                ErrorCode.ConfigurationError, $"\"{Path.GetFileName(path)}\" cannot be written", "Check the permissions of this folder and the free space.", refused);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
