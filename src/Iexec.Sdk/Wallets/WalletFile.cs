using System.Text.Json;
using System.Text.Json.Nodes;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.KeyStore;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Project;

namespace Iexec.Sdk.Wallets;

/// <summary>A file with a key: encrypted (UTC/JSON) or in clear (<c>{privateKey, publicKey, address}</c>, as V2 wrote it).</summary>
public sealed class WalletFile
{
    private readonly JsonFileContent _content;
    private readonly string? _privateKey;
    private readonly string _path;

    private WalletFile(string path, JsonFileContent content)
    {
        _path = path;
        _content = content;
        _privateKey = content.Root["privateKey"] is { } key
            ? key.GetValueKind() == JsonValueKind.String ? key.GetValue<string>() : throw NotAWallet(null)
            : null;
        Address = ReadAddress();
    }

    /// <summary>Name without folder.</summary>
    public string Name => Path.GetFileName(_path);

    /// <summary>The account, known without the password.</summary>
    public Address Address { get; }

    /// <summary>True if a password is needed.</summary>
    public bool IsEncrypted => _privateKey is null;

    /// <summary>Reads the file.</summary>
    /// <exception cref="IexecException">ConfigurationError: missing, or not a wallet.</exception>
    public static WalletFile Open(string path)
    {
        var file = new JsonFile(path);
        return new WalletFile(path, file.TryRead() ?? throw new IexecException(
            ErrorCode.ConfigurationError, $"Missing wallet file \"{file.Name}\"", new Advice("Check its name and folder, or make a wallet.", Remedy.CheckWalletFile)));
    }

    /// <summary>The key. The password is ignored by a file in clear.</summary>
    /// <exception cref="IexecException">Web3ProviderSignMessageError: wrong password; ConfigurationError: damaged file.</exception>
    public PrivateKey Unlock(string? password)
    {
        try
        {
            return _privateKey is not null ? PrivateKey.Parse(_privateKey) : KeyStoreFile.Decrypt(_content.Root.ToJsonString(), password ?? "");
        }
        catch (WrongPasswordException)
        {
            throw new IexecException(ErrorCode.Web3ProviderSignMessageError, "incorrect password", $"The file \"{Name}\" was encrypted with another one.");
        }
        catch (FormatException damaged)
        {
            throw NotAWallet(damaged);
        }
    }

    /// <summary>The form in clear.</summary>
    internal static JsonObject InClear(PrivateKey key) => new()
    {
        ["privateKey"] = Hex.Encode(key.ExportSecret()),
        ["publicKey"] = Hex.Encode(key.PublicKey.ToUncompressed()),
        ["address"] = key.Address.ToString(),
    };

    private Address ReadAddress()
    {
        try
        {
            if (_privateKey is not null)
            {
                using var key = PrivateKey.Parse(_privateKey);
                return key.Address;
            }

            return KeyStoreFile.ReadAddress(_content.Root.ToJsonString()) ?? KeystoreFolder.AddressInName(_path) ?? throw NotAWallet(null);
        }
        catch (FormatException damaged)
        {
            throw NotAWallet(damaged);
        }
    }

    private IexecException NotAWallet(Exception? inner) => new(
        ErrorCode.ConfigurationError, $"\"{Name}\" is not a wallet file{(inner is null ? "" : $": {inner.Message}")}", new Advice("Choose another file.", Remedy.ChooseWallet), inner);
}
