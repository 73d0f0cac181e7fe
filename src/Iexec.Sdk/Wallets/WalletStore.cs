using System.Text.Json.Nodes;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.KeyStore;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Project;

namespace Iexec.Sdk.Wallets;

/// <summary>A wallet that was just written; its file by name in the project's folder, elsewhere by path.</summary>
internal sealed record SavedWallet(Address Address, string FileName, JsonObject Content);

/// <summary>Finds and writes the wallets that a project may use.</summary>
internal sealed class WalletStore(ProjectFolder project, KeystoreFolder keystore, TimeProvider time, IEntropySource entropy)
{
    /// <summary>The project's wallet in clear.</summary>
    internal const string InClearName = "wallet.json";

    /// <summary>The project's wallet as V2 encrypted it.</summary>
    internal const string EncryptedName = "encrypted-wallet.json";

    /// <summary>
    /// The wallet to use: the named file; else the newest of the address; else <c>./wallet.json</c>, then <c>./encrypted-wallet.json</c>;
    /// else the newest of the keystore.
    /// </summary>
    /// <exception cref="IexecException">ConfigurationError: there is none.</exception>
    public WalletFile Select(string? fileName, string? address)
    {
        if (fileName is not null)
        {
            return WalletFile.Open(keystore[fileName]);
        }

        if (address is not null)
        {
            if (!Address.TryParse(address, out var account))
            {
                throw new IexecException(ErrorCode.ValidationError, $"{address} is not a valid ethereum address");
            }

            return WalletFile.Open(keystore.FindNewest(account) ?? throw NoWallet($"No wallet of {account} in the keystore"));
        }

        return Find() ?? throw NoWallet("Wallet file not found");
    }

    /// <summary>The wallet that is used when none is named; null when there is none.</summary>
    public WalletFile? Find() =>
        File.Exists(project[InClearName]) ? WalletFile.Open(project[InClearName])
        : File.Exists(project[EncryptedName]) ? WalletFile.Open(project[EncryptedName])
        : keystore.FindNewest() is { } newest ? WalletFile.Open(newest)
        : null;

    /// <summary>Writes <c>UTC--…</c> into the keystore, readable by its owner alone.</summary>
    public SavedWallet SaveEncrypted(PrivateKey key, string password)
    {
        var content = JsonNode.Parse(KeyStoreFile.Encrypt(key, password, entropy))!.AsObject();
        var name = KeyStoreFile.FileName(key.Address, time.GetUtcNow());
        Writing(() =>
        {
            keystore.Create();
            AtomicFile.Write(keystore[name], JsonText.ToIndented(content), AtomicFile.Secret, overwrite: false);
        });
        return new SavedWallet(key.Address, keystore.Path == project.Path ? name : keystore[name], content);
    }

    /// <summary>Writes <c>./wallet.json</c> in clear. An existing one is refused, or put aside when <paramref name="replace"/>: a key is never lost.</summary>
    public SavedWallet SaveInClear(PrivateKey key, bool replace)
    {
        var path = project[InClearName];
        if (File.Exists(path) && !replace)
        {
            throw new IexecException(ErrorCode.ConfigurationError, $"\"{InClearName}\" already exists", new Advice("It can be put aside as a backup.", Remedy.ReplaceWallet));
        }

        var content = WalletFile.InClear(key);
        Writing(() =>
        {
            if (File.Exists(path))
            {
                // A copy: were it moved, a full disk would leave the project without a wallet.
                AtomicFile.Write($"{path}.{time.GetUtcNow():yyyy-MM-ddTHH-mm-ss.fffffff}Z.bak", File.ReadAllBytes(path), AtomicFile.Secret, overwrite: false);
            }

            AtomicFile.Write(path, JsonText.ToIndented(content), AtomicFile.Secret, overwrite: replace);
        });
        return new SavedWallet(key.Address, InClearName, content);
    }

    private static IexecException NoWallet(string message) =>
        new(ErrorCode.ConfigurationError, message, new Advice("Make a wallet, import a private key, or name the folder of the keystore.", Remedy.MakeWallet));

    private static void Writing(Action write)
    {
        try
        {
            write();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new IexecException(ErrorCode.ConfigurationError, "The wallet file cannot be written", "Check the permissions of its folder and the free space.", refused);
        }
    }
}
