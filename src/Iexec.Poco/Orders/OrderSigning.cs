using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.Eip712;

namespace Iexec.Poco.Orders;

/// <summary>Signs orders and tells who signed them.</summary>
public static class OrderSigning
{
    /// <summary>Signs a copy with a fresh salt, so that signing an offer again makes a new order.</summary>
    public static Signed<TOrder> Sign<TOrder>(
        this OrderSchema<TOrder> schema, TOrder order, PrivateKey key, Eip712Domain domain, IEntropySource entropy)
        where TOrder : Order => schema.SignAsIs(schema.WithFreshSalt(order, entropy), key, domain);

    /// <summary>A copy with a salt that no other order has.</summary>
    public static TOrder WithFreshSalt<TOrder>(this OrderSchema<TOrder> schema, TOrder order, IEntropySource entropy)
        where TOrder : Order
    {
        Span<byte> salt = stackalloc byte[Bytes32.Size];
        entropy.Fill(salt);
        return schema.WithSalt(order, new Bytes32(salt));
    }

    /// <summary>Signs the order with the salt it has.</summary>
    public static Signed<TOrder> SignAsIs<TOrder>(this OrderSchema<TOrder> schema, TOrder order, PrivateKey key, Eip712Domain domain)
        where TOrder : Order =>
        new(order, key.Sign(schema.Hash(order, domain).Value).ToArray());

    /// <summary>The account whose ECDSA signature the order carries; null when it carries none (presigned, contract, malformed).</summary>
    public static Address? RecoverSigner<TOrder>(this OrderSchema<TOrder> schema, Signed<TOrder> order, Eip712Domain domain)
        where TOrder : Order =>
        Signature.TryParse(order.Sign.Span, out var signature)
            ? PublicKey.RecoverAddress(schema.Hash(order.Order, domain).Value, signature)
            : null;
}
