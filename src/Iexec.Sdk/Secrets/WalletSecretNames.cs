using Iexec.Sdk.Errors;

namespace Iexec.Sdk.Secrets;

/// <summary>The reserved names among a wallet's values at the secret service.</summary>
internal static class WalletSecretNames
{
    /// <summary>Base64 of the PEM text of the key that encrypts the wallet's results.</summary>
    public const string ResultEncryptionKey = "iexec-result-encryption-public-key";

    private const string DropboxToken = "iexec-result-dropbox-token";

    /// <summary>The name of a storage provider's token; null for a provider that takes none.</summary>
    /// <exception cref="IexecException">ValidationError: no such provider.</exception>
    public static string? StorageToken(string provider) => provider switch
    {
        "dropbox" => DropboxToken,
        // Workers upload with their pool's authorization.
        "ipfs" or "default" => null,
        _ => throw new IexecException(ErrorCode.ValidationError, $"\"{provider}\" is not a valid storage provider, use one of the supported providers (dropbox, ipfs)"),
    };
}
