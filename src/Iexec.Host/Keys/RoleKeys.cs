using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.KeyStore;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Project;

namespace Iexec.Host.Keys;

/// <summary>Keys of roles: a keystore file and a file whose first line is its password. Never an argument, never the environment.</summary>
public static class RoleKeys
{
    /// <summary>Opens the key of a role.</summary>
    /// <exception cref="IexecException">A file is missing or readable by others, the password is wrong, or it is no keystore.</exception>
    public static PrivateKey Open(string keystoreFile, string passwordFile)
    {
        const string Hint = "Give the role's keystore with --keystore and its password with --password-file.";
        SecretFile.Check(keystoreFile, Hint);
        SecretFile.Check(passwordFile, Hint);
        try
        {
            return KeyStoreFile.Decrypt(File.ReadAllText(keystoreFile), File.ReadLines(passwordFile).FirstOrDefault() ?? "");
        }
        catch (WrongPasswordException error)
        {
            throw new IexecException(
                ErrorCode.Web3ProviderSignMessageError, $"The password in {Path.GetFileName(passwordFile)} does not open {Path.GetFileName(keystoreFile)}.", "The first line of the file is the password.", error);
        }
        catch (FormatException error)
        {
            throw new IexecException(ErrorCode.ConfigurationError, $"{Path.GetFileName(keystoreFile)} is not a keystore: {error.Message}", "Make one with: iexec wallet create", error);
        }
    }

    /// <summary>The role's key in a folder of ours; made on the first start.</summary>
    public static PrivateKey OpenOrCreate(string folder, IEntropySource entropy)
    {
        var keystore = Path.Combine(folder, "key.json");
        var password = Path.Combine(folder, "password");
        if (File.Exists(keystore))
        {
            return Open(keystore, password);
        }

        PrivateFolder.Create(folder);
        var key = PrivateKey.Generate(entropy);
        Span<byte> secret = stackalloc byte[24];
        entropy.Fill(secret);
        var text = Convert.ToBase64String(secret);

        // The password first: a crash between the two leaves no keystore that nobody can open.
        AtomicFile.Write(password, System.Text.Encoding.ASCII.GetBytes(text + "\n"), AtomicFile.Secret);
        AtomicFile.Write(keystore, System.Text.Encoding.UTF8.GetBytes(KeyStoreFile.Encrypt(key, text, entropy)), AtomicFile.Secret);
        return key;
    }
}
