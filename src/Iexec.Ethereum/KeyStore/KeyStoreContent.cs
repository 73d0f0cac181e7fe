namespace Iexec.Ethereum.KeyStore;

/// <summary>What a keystore file says, decoded and within bounds.</summary>
internal sealed record KeyStoreContent(
    Address? Address, Guid? Id, byte[] Iv, byte[] Ciphertext, KeyDerivation Derivation, Bytes32 Mac);
