using Iexec.Ethereum.Crypto;

namespace Iexec.Ethereum.KeyStore;

/// <summary>The password does not open the keystore file.</summary>
public sealed class WrongPasswordException() : Exception("incorrect password");

/// <summary>
/// Web3 Secret Storage version 3 ("UTC/JSON"): aes-128-ctr under scrypt or pbkdf2. Reads both spellings of the member
/// <c>crypto</c>/<c>Crypto</c>; writes scrypt with n = 131072, r = 8, p = 1 and the spelling <c>Crypto</c>, as the official client does.
/// </summary>
public static class KeyStoreFile
{
    /// <summary>The JSON text, one line.</summary>
    public static string Encrypt(PrivateKey key, string password, IEntropySource entropy) => throw new NotImplementedException();

    /// <summary>Opens the file. Work factors are bounded, so that a hostile file cannot eat the machine.</summary>
    /// <exception cref="WrongPasswordException">The MAC does not fit.</exception>
    /// <exception cref="FormatException">Not a version 3 keystore; says which member.</exception>
    public static PrivateKey Decrypt(string json, string password) => throw new NotImplementedException();

    /// <summary>The address written in the file, without the password; null when the file has none.</summary>
    public static Address? ReadAddress(string json) => throw new NotImplementedException();

    /// <summary><c>UTC--2026-11-21T09-32-57.532000000Z--{checksummed address without 0x}</c>.</summary>
    public static string FileName(Address address, DateTimeOffset now) => throw new NotImplementedException();
}
