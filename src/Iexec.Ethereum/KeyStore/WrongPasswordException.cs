namespace Iexec.Ethereum.KeyStore;

/// <summary>The password does not open the keystore file.</summary>
public sealed class WrongPasswordException() : Exception("incorrect password");
