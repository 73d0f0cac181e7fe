using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Ethereum.Crypto;
using Iexec.Poco;
using Iexec.Simulation.World;

namespace Iexec.Simulation.Hub;

/// <summary>Who signed what: keys (ECDSA), contracts (ERC-1271), consents on the chain, and membership in groups (ERC-734).</summary>
internal static class Signatures
{
    private static readonly AbiSignature IsValidSignature = new("isValidSignature(bytes32,bytes)");
    private static readonly AbiSignature KeyHasPurpose = new("keyHasPurpose(bytes32,uint256)");

    /// <summary>ERC-734 purpose that makes a member of a group.</summary>
    public const int GroupMemberPurpose = 4;

    /// <summary>
    /// Whether the signature of a digest is by the account: by its key (65 bytes, or 64 as in EIP-2098), or by the word of its code (ERC-1271). Nobody has the key of a
    /// contract, but an account that delegates to one (EIP-7702) has both, and either counts.
    /// </summary>
    /// <exception cref="Refusal">"invalid-signature-format": another length, where there is no code.</exception>
    public static bool IsSignature(this Execution execution, Address account, Bytes32 digest, ReadOnlyMemory<byte> sign)
    {
        if (IsByKey(account, digest, sign.Span))
        {
            return true;
        }

        Refusal.Unless(execution.HasCode(account) || sign.Length is Signature.Size or Signature.CompactSize, "invalid-signature-format");
        return execution.HasCode(account) && execution.Answers(account, IsValidSignatureCall(digest, sign), MagicValue);
    }

    /// <summary><see cref="IsSignature"/> of the 32 bytes of a hash as a personal message (EIP-191).</summary>
    public static bool IsPersonalSignature(this Execution execution, Address account, Bytes32 hash, ReadOnlyMemory<byte> sign) =>
        execution.IsSignature(account, Eip191.HashMessage(hash.AsSpan()), sign);

    /// <summary>Whether the account consented to the order on the chain.</summary>
    public static bool IsPresigned(this Execution execution, Address account, OrderHash order) =>
        !account.IsZero && execution.State.Hub.Consents.GetValueOrDefault(order) is { OnChain: true } consent && consent.Account == account;

    /// <summary>
    /// Whether an order that is being matched binds the account: it consented on the chain, or its key signed at an earlier match, or the signature is good now.
    /// <paramref name="byKey"/> tells a key's signature that is seen for the first time.
    /// </summary>
    public static bool IsBound(this Execution execution, Address account, OrderHash order, ReadOnlyMemory<byte> sign, out bool byKey)
    {
        byKey = false;
        if (!account.IsZero && execution.State.Hub.Consents.GetValueOrDefault(order)?.Account == account)
        {
            return true;
        }

        byKey = IsByKey(account, order.Value, sign.Span);
        return byKey || execution.IsSignature(account, order.Value, sign);
    }

    /// <summary>Either of the two; a consent is looked up first, so that it needs no well-formed signature.</summary>
    public static bool IsConsent(this Execution execution, Address account, OrderHash order, ReadOnlyMemory<byte> sign) =>
        execution.IsPresigned(account, order) || execution.IsSignature(account, order.Value, sign);

    /// <summary>Whether the account passes the restriction of an order: zero lets everybody in, an address itself, a group its members.</summary>
    public static bool IsAllowed(this Execution execution, Address restriction, Address account) =>
        restriction.IsZero || restriction == account || execution.IsMember(restriction, account);

    /// <summary>Whether a group contract calls the account its member.</summary>
    public static bool IsMember(this Execution execution, Address group, Address account) =>
        execution.HasCode(group) && execution.Answers(
            group,
            new AbiWriter().Bytes32(EventKind.Word(account)).Uint(GroupMemberPurpose).ToCallData(KeyHasPurpose.Selector),
            UInt256.One.ToBytes32());

    private static Bytes32 MagicValue => new([.. IsValidSignature.Selector, .. new byte[28]]);

    private static byte[] IsValidSignatureCall(Bytes32 digest, ReadOnlyMemory<byte> sign) =>
        new AbiWriter().Bytes32(digest).Bytes(sign.Span).ToCallData(IsValidSignature.Selector);

    private static bool Answers(this Execution execution, Address target, byte[] data, Bytes32 expected)
    {
        var answer = execution.Try(new Message(execution.Settings.Hub, target, data), isStatic: true);
        return answer.Succeeded && answer.Data.Length >= Bytes32.Size && answer.Data.AsSpan(0, Bytes32.Size).SequenceEqual(expected.AsSpan());
    }

    // v is 27 or 28 for the precompile, whatever other forms clients take.
    private static bool IsByKey(Address account, Bytes32 digest, ReadOnlySpan<byte> sign) =>
        (sign.Length == Signature.CompactSize || (sign.Length == Signature.Size && sign[^1] is 27 or 28))
        && Signature.TryParse(sign, out var signature)
        && PublicKey.RecoverAddress(digest, signature) == account;
}
