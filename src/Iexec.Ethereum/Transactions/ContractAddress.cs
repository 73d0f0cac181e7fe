using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.Rlp;

namespace Iexec.Ethereum.Transactions;

/// <summary>Where a contract will live before it is created.</summary>
public static class ContractAddress
{
    /// <summary>CREATE: keccak-256(rlp([sender, nonce])), last 20 bytes.</summary>
    public static Address Create(Address sender, ulong nonce) =>
        new(Keccak256.Hash(new RlpWriter().List(list => list.Bytes(sender.AsSpan()).Scalar(nonce)).ToArray()).AsSpan()[12..]);

    /// <summary>CREATE2 (EIP-1014): keccak-256(0xff ‖ factory ‖ salt ‖ keccak-256(initCode)), last 20 bytes.</summary>
    public static Address Create2(Address factory, Bytes32 salt, ReadOnlySpan<byte> initCode) =>
        new(Keccak256.Hash([0xff, .. factory.AsSpan(), .. salt.AsSpan(), .. Keccak256.Hash(initCode).AsSpan()]).AsSpan()[12..]);
}
