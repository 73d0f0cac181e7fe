using System.Text;
using Iexec.Ethereum.Crypto;

namespace Iexec.Ethereum.Eip712;

/// <summary>
/// The domain of EIP-712 signatures. A null <paramref name="VerifyingContract"/> leaves that member out of the type, as
/// the challenge domains of HTTP services do.
/// </summary>
public sealed record Eip712Domain(string Name, string Version, UInt256 ChainId, Address? VerifyingContract)
{
    private static readonly Bytes32 TypeHashWithContract =
        Keccak256.Hash("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");

    private static readonly Bytes32 TypeHashWithoutContract =
        Keccak256.Hash("EIP712Domain(string name,string version,uint256 chainId)");

    /// <summary>hashStruct of the domain.</summary>
    public Bytes32 Separator
    {
        get
        {
            Span<byte> words = stackalloc byte[5 * 32];
            var length = VerifyingContract is null ? 4 * 32 : 5 * 32;
            (VerifyingContract is null ? TypeHashWithoutContract : TypeHashWithContract).AsSpan().CopyTo(words);
            Keccak256.Hash(Encoding.UTF8.GetBytes(Name), words[32..]);
            Keccak256.Hash(Encoding.UTF8.GetBytes(Version), words[64..]);
            ChainId.WriteBigEndian(words[96..]);
            if (VerifyingContract is { } contract)
            {
                words[128..].Clear();
                contract.AsSpan().CopyTo(words[140..]);
            }

            return Keccak256.Hash(words[..length]);
        }
    }

    /// <summary>keccak-256(0x1901 ‖ separator ‖ structHash): what is signed.</summary>
    public Bytes32 Digest(in Bytes32 structHash) => Digest(Separator, structHash);

    internal static Bytes32 Digest(in Bytes32 separator, in Bytes32 structHash)
    {
        Span<byte> preimage = stackalloc byte[66];
        preimage[0] = 0x19;
        preimage[1] = 0x01;
        separator.AsSpan().CopyTo(preimage[2..]);
        structHash.AsSpan().CopyTo(preimage[34..]);
        return Keccak256.Hash(preimage);
    }
}
