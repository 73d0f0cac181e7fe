using Iexec.Ethereum;
using Iexec.Sdk.Errors;

namespace Iexec.Sdk.Datasets;

/// <summary>A dataset that was encrypted; the paths are absolute.</summary>
internal sealed record EncryptedDataset(string Original, string Encrypted, string KeyFile, Bytes32 Checksum);

/// <summary>Encrypts the files of a folder, each with a key of its own.</summary>
internal sealed class DatasetEncryption(DatasetFolders folders, IEntropySource entropy)
{
    /// <summary>The files to encrypt, by name.</summary>
    /// <exception cref="IexecException">ConfigurationError: no such folder, or nothing in it.</exception>
    public IReadOnlyList<string> FindFiles()
    {
        var hint = new Advice($"Put the files to encrypt into {folders.Original}.", Remedy.FillDatasetFolder, folders.Original);
        if (!Directory.Exists(folders.Original))
        {
            throw new IexecException(ErrorCode.ConfigurationError, "There is no folder of datasets to encrypt", hint);
        }

        // What begins with a dot was put there by the system, not by a person.
        var files = Directory.EnumerateFiles(folders.Original).Where(file => Path.GetFileName(file)[0] != '.').Order(StringComparer.Ordinal).ToList();
        return files.Count > 0 ? files : throw new IexecException(ErrorCode.ConfigurationError, $"Folder \"{Path.GetFileName(folders.Original)}\" holds no file to encrypt", hint);
    }

    /// <summary>Names of what is not a file, and so not encrypted.</summary>
    public IReadOnlyList<string> FindFolders() => [.. Directory.EnumerateDirectories(folders.Original).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    /// <summary>True if the file was encrypted before.</summary>
    public bool IsEncrypted(string file) => File.Exists(Target(file)) || folders.Keys.Has(KeyName(file));

    /// <summary>
    /// Encrypts one file. The encrypted form appears whole or not at all, and never before its key is stored; a former key is put aside.
    /// </summary>
    /// <exception cref="IexecException">ConfigurationError: encrypted before and not <paramref name="replace"/>, unreadable, or no space.</exception>
    public async Task<EncryptedDataset> EncryptAsync(string file, bool replace, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        if (IsEncrypted(file) && !replace)
        {
            throw new IexecException(ErrorCode.ConfigurationError, $"\"{Path.GetFileName(file)}\" is encrypted already", new Advice("It can be encrypted again with a new key; the former key is put aside then.", Remedy.EncryptAgain));
        }

        var partial = $"{Target(file)}.{Environment.ProcessId}.part";
        try
        {
            folders.Create();
            var key = DatasetKey.Generate(entropy);
            Bytes32 checksum;
            var encrypted = new FileStream(partial, Writing);
            await using (encrypted.ConfigureAwait(false))
            using (var plain = new FileStream(file, Reading))
            {
                checksum = await DatasetCipher.EncryptAsync(plain, encrypted, key, entropy, progress, cancellationToken).ConfigureAwait(false);
            }

            folders.Keys.Write(KeyName(file), key.ExportText());
            folders.Keys.WriteCopy(DatasetFolders.NewestKey, key.ExportText());
            File.Move(partial, Target(file), overwrite: true);
            return new EncryptedDataset(file, Target(file), Path.Combine(folders.Keys.Path, KeyName(file)), checksum);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new IexecException(ErrorCode.ConfigurationError, $"\"{Path.GetFileName(file)}\" cannot be encrypted: {refused.Message}", "Check the permissions and the free space.", refused);
        }
        finally
        {
            if (File.Exists(partial))
            {
                File.Delete(partial);
            }
        }
    }

    private static FileStreamOptions Reading => new() { Mode = FileMode.Open, Access = FileAccess.Read, BufferSize = 0, Options = FileOptions.SequentialScan };

    private static FileStreamOptions Writing => new() { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };

    private string Target(string file) => Path.Combine(folders.Encrypted, Path.GetFileName(file) + ".enc");

    private static string KeyName(string file) => Path.GetFileName(file) + ".key";
}
