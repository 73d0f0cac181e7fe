using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.Eip712;
using Iexec.Ethereum.Signing;
using Iexec.Ethereum.Transactions;
using Iexec.Poco.Orders;
using Iexec.Sdk.Errors;

namespace Iexec.Sdk.Wallets;

/// <summary>
/// Everything that the client signs, signed by whoever holds the key. What comes back from a device or a service is checked before it is used:
/// an order under a foreign signature would be refused only when somebody wants to fill it, and a transaction would be another account's.
/// </summary>
internal static class WalletSignatures
{
    /// <summary>Signs a transaction.</summary>
    /// <exception cref="IexecException">Web3ProviderSendError: the signer declined, failed, or gave another's signature.</exception>
    public static async ValueTask<SignedTransaction> SignTransactionAsync(this ISigner signer, TransactionRequest request, CancellationToken cancellationToken) =>
        request.With(await SignAsync(signer, new SigningRequest.Transaction(request), ErrorCode.Web3ProviderSendError, cancellationToken)
            .ConfigureAwait(false));

    /// <summary>Signs a document.</summary>
    /// <exception cref="IexecException">Web3ProviderSignMessageError: as above.</exception>
    public static ValueTask<Signature> SignDocumentAsync(this ISigner signer, TypedDocument document, CancellationToken cancellationToken) =>
        SignAsync(signer, new SigningRequest.TypedData(document), ErrorCode.Web3ProviderSignMessageError, cancellationToken);

    /// <summary>Signs bytes as <c>personal_sign</c> does.</summary>
    /// <exception cref="IexecException">Web3ProviderSignMessageError: as above.</exception>
    public static ValueTask<Signature> SignMessageAsync(this ISigner signer, ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        SignAsync(signer, new SigningRequest.Message(message), ErrorCode.Web3ProviderSignMessageError, cancellationToken);

    /// <summary>Signs a copy of an order with a fresh salt.</summary>
    /// <exception cref="IexecException">Web3ProviderSignMessageError: as above.</exception>
    public static async ValueTask<Signed<TOrder>> SignOrderAsync<TOrder>(
        this ISigner signer, OrderSchema<TOrder> schema, TOrder order, Eip712Domain domain, IEntropySource entropy, CancellationToken cancellationToken)
        where TOrder : Order
    {
        var salted = schema.WithFreshSalt(order, entropy);
        return new(salted, (await signer.SignDocumentAsync(schema.Document(salted, domain), cancellationToken).ConfigureAwait(false)).ToArray());
    }

    private static async ValueTask<Signature> SignAsync(ISigner signer, SigningRequest request, ErrorCode code, CancellationToken cancellationToken)
    {
        // A key of ours needs no second look: recovering costs as much as signing.
        if (signer is PrivateKey key)
        {
            return key.Sign(request.Digest);
        }

        Signature signature;
        try
        {
            signature = await signer.SignAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (SigningDeclinedException declined)
        {
            throw new IexecException(code, declined.Message, "Nothing was signed.", declined) { IsUserRejection = true };
        }
        catch (Exception failed) when (failed is not (IexecException or OperationCanceledException))
        {
            throw new IexecException(
                code, $"The signer of {signer.Address} did not sign: {failed.Message}", "Check that the device or the service is there and unlocked.", failed);
        }

        return PublicKey.RecoverAddress(request.Digest, signature) == signer.Address
            ? signature
            : throw new IexecException(
                code,
                $"The signer of {signer.Address} gave a signature that is not this account's",
                "Nothing was sent. Check which account the device or the service signs with, that it signs the digest as it is, and that s is low and v is 27 or 28.");
    }
}
