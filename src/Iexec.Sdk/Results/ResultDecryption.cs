using System.Security.Cryptography;
using Iexec.Sdk.Errors;

namespace Iexec.Sdk.Results;

/// <summary>Decrypts the file of a result into another file, which appears whole or not at all.</summary>
internal static class ResultDecryption
{
    /// <summary>Decrypts <paramref name="source"/> into <paramref name="target"/>.</summary>
    /// <exception cref="IexecException">ConfigurationError: missing, unreadable or no space; ValidationError: see <see cref="EncryptedResult"/>.</exception>
    public static async Task RunAsync(string source, string target, RSA beneficiary, CancellationToken cancellationToken)
    {
        if (!File.Exists(source))
        {
            throw new IexecException(ErrorCode.ConfigurationError, $"There is no file \"{Path.GetFileName(source)}\"", new Advice("Download the result first, then name the file.", Remedy.DownloadResult));
        }

        var partial = $"{target}.{Environment.ProcessId}.part";
        try
        {
            var plain = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None);
            await using (plain.ConfigureAwait(false))
            using (var archive = File.OpenRead(source))
            {
                await EncryptedResult.DecryptAsync(archive, beneficiary, plain, cancellationToken).ConfigureAwait(false);
            }

            File.Move(partial, target, overwrite: true);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new IexecException(ErrorCode.ConfigurationError, $"The result cannot be decrypted: {refused.Message}", "Check the permissions and the free space.", refused);
        }
        finally
        {
            if (File.Exists(partial))
            {
                File.Delete(partial);
            }
        }
    }
}
