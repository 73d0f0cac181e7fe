namespace Iexec.Ethereum.Eip712;

/// <summary>
/// The domain of EIP-712 signatures. A null <paramref name="VerifyingContract"/> leaves that member out of the type, as
/// the challenge domains of HTTP services do.
/// </summary>
public sealed record Eip712Domain(string Name, string Version, UInt256 ChainId, Address? VerifyingContract)
{
    /// <summary>hashStruct of the domain.</summary>
    public Bytes32 Separator => throw new NotImplementedException();

    /// <summary>keccak-256(0x1901 ‖ separator ‖ structHash): what is signed.</summary>
    public Bytes32 Digest(in Bytes32 structHash) => throw new NotImplementedException();
}
