using System.Text.Json;
using System.Text.Json.Serialization;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.Eip712;
using Iexec.Ethereum.Signing;
using Iexec.Sdk.Wallets;

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
    public static async Task<WorkerpoolStatement> CreateAsync(
        ISigner owner, ulong chainId, Address workerpool, string apiUrl, ulong issuedAt, CancellationToken cancellationToken) =>
        new(apiUrl, issuedAt, (await owner.SignDocumentAsync(Document(chainId, workerpool, apiUrl, issuedAt), cancellationToken).ConfigureAwait(false)).ToString());

    /// <summary>What is signed: <c>WorkerpoolLocation(address workerpool,string apiUrl,uint256 issuedAt)</c>.</summary>
    public static TypedDocument Document(ulong chainId, Address workerpool, string apiUrl, ulong issuedAt) => new(
        new Eip712Domain("iExec Compass", "1", chainId, null),
        "WorkerpoolLocation",
        [("workerpool", "address"), ("apiUrl", "string"), ("issuedAt", "uint256")],
        Keccak256.Hash(
        [
            .. Keccak256.Hash("WorkerpoolLocation(address workerpool,string apiUrl,uint256 issuedAt)").AsSpan(),
            .. new byte[Bytes32.Size - Address.Size], .. workerpool.AsSpan(),
            .. Keccak256.Hash(apiUrl).AsSpan(),
            .. ((UInt256)issuedAt).ToBytes32().AsSpan(),
        ]),
        writer =>
        {
            writer.WriteString("workerpool", workerpool.ToString());
            writer.WriteString("apiUrl", apiUrl);
            writer.WriteString("issuedAt", ((UInt256)issuedAt).ToString());
        });

    /// <summary>Who signed it for this chain and pool; null when the signature is malformed.</summary>
    public Address? Signer(ulong chainId, Address workerpool) =>
        Hex.TryDecode(Signature, out var bytes) && Ethereum.Crypto.Signature.TryParse(bytes, out var signature)
            ? PublicKey.RecoverAddress(Document(chainId, workerpool, ApiUrl, IssuedAt).Digest, signature)
            : null;
}

/// <summary>How the compass writes its records.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(WorkerpoolLocation))]
[JsonSerializable(typeof(WorkerpoolStatement))]
internal sealed partial class CompassJson : JsonSerializerContext;
