using Iexec.Ethereum;
using Iexec.Ethereum.KeyStore;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Project;

namespace Iexec.Sdk.Wallets;

/// <summary>
/// Turns the project's <c>wallet.json</c> into <c>encrypted-wallet.json</c> and back, as V2 did. A key is written and read back before its
/// former file goes, and no file of another account is replaced.
/// </summary>
internal sealed class WalletConversion(ProjectFolder project, IEntropySource entropy)
{
    /// <summary>Encrypts; <c>wallet.json</c> is removed.</summary>
    /// <exception cref="IexecException">ConfigurationError: nothing to encrypt, or the target is another account's.</exception>
    public SavedWallet Encrypt(string password)
    {
        using var key = OpenInClear().Unlock(null);
        RefuseOther(WalletStore.EncryptedName, key.Address);
        var content = System.Text.Json.Nodes.JsonNode.Parse(KeyStoreFile.Encrypt(key, password, entropy))!.AsObject();
        Write(WalletStore.EncryptedName, JsonText.ToIndented(content));
        using (var readBack = WalletFile.Open(project[WalletStore.EncryptedName]).Unlock(password))
        {
            if (readBack.Address != key.Address)
            {
                throw new IexecException(ErrorCode.Error, $"\"{WalletStore.EncryptedName}\" does not hold the key; \"{WalletStore.InClearName}\" was kept.");
            }
        }

        File.Delete(project[WalletStore.InClearName]);
        return new SavedWallet(key.Address, WalletStore.EncryptedName, content);
    }

    /// <summary>Writes <c>wallet.json</c> in clear; the encrypted file is kept.</summary>
    /// <exception cref="IexecException">ConfigurationError as above; Web3ProviderSignMessageError: wrong password.</exception>
    public SavedWallet Decrypt(string password)
    {
        using var key = OpenEncrypted().Unlock(password);
        RefuseOther(WalletStore.InClearName, key.Address);
        var content = WalletFile.InClear(key);
        Write(WalletStore.InClearName, JsonText.ToIndented(content));
        return new SavedWallet(key.Address, WalletStore.InClearName, content);
    }

    /// <summary>The wallet to encrypt.</summary>
    public WalletFile OpenInClear() => Open(WalletStore.InClearName) is { IsEncrypted: false } wallet
        ? wallet
        : throw new IexecException(ErrorCode.ConfigurationError, $"\"{WalletStore.InClearName}\" is encrypted already");

    /// <summary>The wallet to decrypt.</summary>
    public WalletFile OpenEncrypted() => Open(WalletStore.EncryptedName) is { IsEncrypted: true } wallet
        ? wallet
        : throw new IexecException(ErrorCode.ConfigurationError, $"\"{WalletStore.EncryptedName}\" is not encrypted");

    private WalletFile Open(string name) => File.Exists(project[name])
        ? WalletFile.Open(project[name])
        : throw new IexecException(ErrorCode.ConfigurationError, $"Missing \"{name}\" file", "The wallets of the keystore are encrypted as they are; this is for a wallet in the project folder.");

    private void RefuseOther(string name, Address account)
    {
        if (File.Exists(project[name]) && WalletFile.Open(project[name]).Address is var other && other != account)
        {
            throw new IexecException(ErrorCode.ConfigurationError, $"\"{name}\" is the wallet of {other}", "Move it away first: its key might be its only copy.");
        }
    }

    private void Write(string name, byte[] content)
    {
        try
        {
            AtomicFile.Write(project[name], content, AtomicFile.Secret);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new IexecException(ErrorCode.ConfigurationError, "The wallet file cannot be written", "Check the permissions of its folder and the free space.", refused);
        }
    }
}
