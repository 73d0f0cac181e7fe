using System.Text.Json;
using System.Text.Json.Serialization;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.Eip712;

namespace Iexec.Sdk.Wire.Compass;

/// <summary>Where a pool's scheduler answers: <c>GET /{chainId}/workerpools/{address}</c>.</summary>
internal sealed record WorkerpoolLocation(string ApiUrl);

/// <summary>
/// A pool owner's statement of the URL: body of <c>PUT /{chainId}/workerpools/{address}</c>. <paramref name="IssuedAt"/> is in Unix
/// seconds; a statement that is not newer than the stored one is refused, so that an old one cannot be replayed.
/// </summary>
internal sealed record WorkerpoolStatement(string ApiUrl, ulong IssuedAt, string Signature)
{
    /// <summary>A statement signed by the pool's owner.</summary>
    public static WorkerpoolStatement Create(PrivateKey owner, ulong chainId, Address workerpool, string apiUrl, ulong issuedAt) =>
        new(apiUrl, issuedAt, owner.Sign(Digest(chainId, workerpool, apiUrl, issuedAt)).ToString());

    /// <summary>EIP-712 digest of <c>WorkerpoolLocation(address workerpool,string apiUrl,uint256 issuedAt)</c>.</summary>
    public static Bytes32 Digest(ulong chainId, Address workerpool, string apiUrl, ulong issuedAt) =>
        new Eip712Domain("iExec Compass", "1", chainId, null).Digest(
            Keccak256.Hash(
            [
                .. Keccak256.Hash("WorkerpoolLocation(address workerpool,string apiUrl,uint256 issuedAt)").AsSpan(),
                .. new byte[Bytes32.Size - Address.Size], .. workerpool.AsSpan(),
                .. Keccak256.Hash(apiUrl).AsSpan(),
                .. ((UInt256)issuedAt).ToBytes32().AsSpan(),
            ]));

    /// <summary>Who signed it for this chain and pool; null when the signature is malformed.</summary>
    public Address? Signer(ulong chainId, Address workerpool) =>
        Hex.TryDecode(Signature, out var bytes) && Ethereum.Crypto.Signature.TryParse(bytes, out var signature)
            ? PublicKey.RecoverAddress(Digest(chainId, workerpool, ApiUrl, IssuedAt), signature)
            : null;
}

/// <summary>How the compass writes its records.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(WorkerpoolLocation))]
[JsonSerializable(typeof(WorkerpoolStatement))]
internal sealed partial class CompassJson : JsonSerializerContext;
