using Iexec.Ethereum;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Project;

namespace Iexec.Sms.Store;

/// <summary>The file with the master key: 32 random bytes that only its owner may read.</summary>
internal static class MasterKeyFile
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>The key.</summary>
    /// <exception cref="IexecException">Missing, of another size, or open to other users.</exception>
    public static byte[] Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new IexecException(
                ErrorCode.ConfigurationError, $"The key of the secret service, {path}, is gone, and its store holds secrets.",
                "Put the file back; without it nobody can open them.");
        }

        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
        {
            throw new IexecException(ErrorCode.ConfigurationError, $"{path} can be read by other users.", $"Run: chmod 600 {path}");
        }

        var key = File.ReadAllBytes(path);
        return key.Length == SecretVault.KeySize
            ? key
            : throw new IexecException(ErrorCode.ConfigurationError, $"{path} must hold {SecretVault.KeySize} bytes, it has {key.Length}.",
                "Put back the file that the service made.");
    }

    /// <summary>Makes the file, on the disk when this returns. Another copy that made it first has made the key of both.</summary>
    public static void CreateIfMissing(string path, IEntropySource entropy)
    {
        if (File.Exists(path))
        {
            return;
        }

        PrivateFolder.Create(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var key = new byte[SecretVault.KeySize];
        entropy.Fill(key);
        try
        {
            AtomicFile.Write(path, key, AtomicFile.Secret, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // The other copy was faster.
        }
    }
}
