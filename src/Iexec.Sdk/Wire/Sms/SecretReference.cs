using System.Text;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;

namespace Iexec.Sdk.Wire.Sms;

/// <summary>
/// Which secret: its kind, the account or asset that it belongs to, and its name (empty for a dataset's, <c>1</c> for an app's). Its routes are
/// those of the official service; its signatures are EIP-191 over the 32 bytes of <see cref="Challenge(string)"/>.
/// </summary>
internal sealed record SecretReference
{
    /// <summary>Longest value, bytes of UTF-8.</summary>
    public const int MaxValueBytes = 4096;

    /// <summary>The only index that apps' secrets have.</summary>
    public const string AppIndex = "1";

    private const int MaxNameLength = 64;
    private static readonly Bytes32 Domain = Keccak256.Hash("IEXEC_SMS_DOMAIN");

    private SecretReference(SecretKind kind, Address owner, string name) => (Kind, Owner, Name) = (kind, owner, name);

    /// <summary>What it belongs to.</summary>
    public SecretKind Kind { get; }

    /// <summary>Dataset, wallet, app or requester.</summary>
    public Address Owner { get; }

    /// <summary>Name among those of the owner.</summary>
    public string Name { get; }

    /// <summary>A dataset's key.</summary>
    public static SecretReference OfDataset(Address dataset) => new(SecretKind.Web3, dataset, "");

    /// <summary>A wallet's named value.</summary>
    public static SecretReference OfWallet(Address wallet, string name) => new(SecretKind.Web2, wallet, name);

    /// <summary>An app's secret.</summary>
    public static SecretReference OfApp(Address app) => new(SecretKind.App, app, AppIndex);

    /// <summary>A requester's named value.</summary>
    public static SecretReference OfRequester(Address requester, string name) => new(SecretKind.Requester, requester, name);

    /// <summary>1 to 64 letters, digits, <c>-</c> or <c>_</c>.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= MaxNameLength && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    /// <summary>Path and query at the service.</summary>
    public string Path => Kind switch
    {
        SecretKind.Web3 => $"/secrets/web3?secretAddress={Owner}",
        SecretKind.Web2 => $"/secrets/web2?ownerAddress={Owner}&secretName={Uri.EscapeDataString(Name)}",
        SecretKind.App => $"/apps/{Owner}/secrets",
        _ => $"/requesters/{Owner}/secrets/{Uri.EscapeDataString(Name)}",
    };

    /// <summary>The digest that is signed for a value.</summary>
    public Bytes32 Challenge(string value) => Challenge(Encoding.UTF8.GetBytes(value));

    /// <summary>keccak256(domain ‖ owner ‖ [keccak256(name) ‖] keccak256(value)); a dataset's key has no name.</summary>
    public Bytes32 Challenge(ReadOnlySpan<byte> value) => Keccak256.Hash(
    [
        .. Domain.AsSpan(), .. Owner.AsSpan(), .. Kind == SecretKind.Web3 ? [] : Keccak256.Hash(Name).AsSpan(), .. Keccak256.Hash(value).AsSpan(),
    ]);

    /// <summary>Why it cannot be set: it has a value. In the official words.</summary>
    public string AlreadyThere => Kind is SecretKind.Web2 or SecretKind.Requester
        ? $"Secret \"{Name}\" already exists for {Owner}"
        : $"Secret already exists for {Owner} and can't be updated";

    /// <summary>What to call it in a message.</summary>
    public override string ToString() => Kind switch
    {
        SecretKind.Web3 => $"dataset {Owner}",
        SecretKind.Web2 => $"\"{Name}\" of {Owner}",
        SecretKind.App => $"app {Owner}",
        _ => $"requester secret \"{Name}\" of {Owner}",
    };
}
